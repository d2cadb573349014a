using System.Reflection.Metadata;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>What one node says, while it is written down.</summary>
/// <param name="assembly">The assembly that it lies in.</param>
/// <param name="names">The names of that assembly's tokens.</param>
internal sealed class NodePage(OwnAssembly assembly, SymbolicNames names) : IDisposable
{
    private readonly BinaryWriter _text = new(new MemoryStream());
    private readonly HashSet<CodePlace> _reached = [];
    private readonly HashSet<string> _packages = new(StringComparer.Ordinal);

    /// <summary>Gets the assembly that the node lies in.</summary>
    public OwnAssembly Assembly => assembly;

    /// <summary>Gets the names of that assembly's tokens.</summary>
    public SymbolicNames Names => names;

    /// <summary>Gets or sets a value indicating whether the node may find code, or data, that no token names.</summary>
    public bool LooksAround { get; set; }

    /// <summary>Writes a number.</summary>
    /// <param name="number">The number.</param>
    public void Write(int number) => _text.Write(number);

    /// <summary>Writes words.</summary>
    /// <param name="words">The words.</param>
    public void Write(string words) => _text.Write(words);

    /// <summary>Writes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Write(byte[] bytes)
    {
        _text.Write(bytes.Length);
        _text.Write(bytes);
    }

    /// <summary>Writes bytes of the metadata.</summary>
    /// <param name="blob">Where they lie; nil for none.</param>
    public void WriteBlob(BlobHandle blob) => Write(blob.IsNil ? [] : assembly.Metadata.GetBlobBytes(blob));

    /// <summary>Writes how a value is passed to native code.</summary>
    /// <param name="blob">Where it lies; nil for the usual way.</param>
    public void WriteMarshalling(BlobHandle blob)
    {
        WriteBlob(blob);

        // A marshaller of the user's own is found by its name (ECMA-335, II.23.4 and II.23.1.8).
        LooksAround |= !blob.IsNil && assembly.Metadata.GetBlobReader(blob) is { Length: > 0 } native && native.ReadByte() == (byte)UnmanagedType.CustomMarshaler;
    }

    /// <summary>Writes a name, and reaches what it names.</summary>
    /// <param name="name">The name.</param>
    public void Write(SymbolicName name)
    {
        _text.Write(name.Text);
        _reached.UnionWith(name.Reached);
        _packages.UnionWith(name.Packages);
        LooksAround |= name.LooksAround;
    }

    /// <summary>Writes names whose order says nothing.</summary>
    /// <param name="several">The names.</param>
    public void WriteSorted(List<SymbolicName> several)
    {
        several.Sort(static (a, b) => string.CompareOrdinal(a.Text, b.Text));
        several.ForEach(Write);
    }

    /// <summary>Writes the code of a method: all but how deep its stack gets, which follows from the rest.</summary>
    /// <param name="body">The code.</param>
    public void Write(MethodBodyBlock body)
    {
        _text.Write(body.LocalVariablesInitialized);
        if (!body.LocalSignature.IsNil)
        {
            Write(names.Of(body.LocalSignature));
        }

        Instructions.Write(body.GetILReader(), _text, token =>
        {
            var name = names.OfToken(token);
            _reached.UnionWith(name.Reached);
            _packages.UnionWith(name.Packages);
            LooksAround |= name.LooksAround;
            return name.Text;
        });
        foreach (var region in body.ExceptionRegions)
        {
            int[] numbers = [(int)region.Kind, region.TryOffset, region.TryLength, region.HandlerOffset, region.HandlerLength, region.FilterOffset];
            Array.ForEach(numbers, _text.Write);
            if (!region.CatchType.IsNil)
            {
                Write(names.Of(region.CatchType));
            }
        }
    }

    /// <summary>Reaches something of the same assembly.</summary>
    /// <param name="handle">Its row.</param>
    public void Reach(EntityHandle handle) => Reach(new CodePlace(assembly, handle));

    /// <summary>Reaches something.</summary>
    /// <param name="place">Where it is.</param>
    public void Reach(CodePlace place) => _reached.Add(place);

    /// <summary>Closes the page.</summary>
    /// <param name="name">The node's name.</param>
    /// <returns>The node.</returns>
    public CodeNode Node(string name)
    {
        _text.Write(name);
        return new(name, SHA256.HashData(((MemoryStream)_text.BaseStream).ToArray()), _reached, _packages, LooksAround);
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();
}
