using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>An assembly of the user's as a file: read, never loaded.</summary>
internal sealed class OwnAssembly : IDisposable
{
    private readonly PEReader _image;
    private readonly Dictionary<string, TypeDefinitionHandle> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _forwarded = new(StringComparer.Ordinal);

    private OwnAssembly(PEReader image)
    {
        _image = image;
        Metadata = image.GetMetadataReader();
        Name = Metadata.GetString(Metadata.GetAssemblyDefinition().Name);
        foreach (var handle in Metadata.TypeDefinitions)
        {
            _types.TryAdd(FullNameOf(handle), handle);
        }

        foreach (var handle in Metadata.ExportedTypes)
        {
            var type = Metadata.GetExportedType(handle);
            if (type.Implementation.Kind == HandleKind.AssemblyReference)
            {
                var target = Metadata.GetAssemblyReference((AssemblyReferenceHandle)type.Implementation);
                _forwarded.TryAdd(FullNameOf(type.Namespace, type.Name), Metadata.GetString(target.Name));
            }
        }
    }

    /// <summary>Gets its tables.</summary>
    public MetadataReader Metadata { get; }

    /// <summary>Gets its simple name.</summary>
    public string Name { get; }

    /// <summary>Opens an assembly.</summary>
    /// <param name="path">The file; it is closed again at once.</param>
    /// <returns>The assembly, or null where the file is no .NET assembly.</returns>
    /// <exception cref="BadImageFormatException">The file is damaged.</exception>
    public static OwnAssembly? Open(string path)
    {
        var image = new PEReader(File.OpenRead(path), PEStreamOptions.PrefetchEntireImage);
        try
        {
            if (image.HasMetadata && image.GetMetadataReader().IsAssembly)
            {
                return new(image);
            }
        }
        catch
        {
            image.Dispose();
            throw;
        }

        image.Dispose();
        return null;
    }

    /// <summary>Finds a type.</summary>
    /// <param name="fullName">Its full name, such as <c>My.Outer`1+Inner</c>.</param>
    /// <returns>The type, or null.</returns>
    public TypeDefinitionHandle? Find(string fullName) => _types.TryGetValue(fullName, out var handle) ? handle : null;

    /// <summary>Finds where a type went that this assembly once had.</summary>
    /// <param name="fullName">Its full name.</param>
    /// <returns>The simple name of the other assembly, or null.</returns>
    public string? ForwardedTo(string fullName) => _forwarded.GetValueOrDefault(fullName.Split('+')[0]);

    /// <summary>Gets the full name of a type.</summary>
    /// <param name="handle">The type.</param>
    /// <returns>The name, such as <c>My.Outer`1+Inner</c>.</returns>
    public string FullNameOf(TypeDefinitionHandle handle)
    {
        var type = Metadata.GetTypeDefinition(handle);
        return type.IsNested ? $"{FullNameOf(type.GetDeclaringType())}+{Metadata.GetString(type.Name)}" : FullNameOf(type.Namespace, type.Name);
    }

    /// <summary>Gets the full name of a type that is not nested.</summary>
    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The name.</returns>
    public string FullNameOf(StringHandle space, StringHandle name) =>
        space.IsNil ? Metadata.GetString(name) : $"{Metadata.GetString(space)}.{Metadata.GetString(name)}";

    /// <summary>Gets the code of a method.</summary>
    /// <param name="method">The method, which has code.</param>
    /// <returns>The code.</returns>
    public MethodBodyBlock BodyOf(MethodDefinition method) => _image.GetMethodBody(method.RelativeVirtualAddress);

    /// <summary>Gets the bytes that a data field begins with.</summary>
    /// <param name="field">The field, which has data.</param>
    /// <param name="size">How many bytes; fewer are given where the section ends before.</param>
    /// <returns>The bytes.</returns>
    public byte[] DataOf(FieldDefinition field, int size)
    {
        var section = _image.GetSectionData(field.GetRelativeVirtualAddress());
        return section.GetReader(0, Math.Min(size, section.Length)).ReadBytes(Math.Min(size, section.Length));
    }

    /// <summary>Gets the bytes of all its resources.</summary>
    /// <returns>The bytes, with what else lies in their directory.</returns>
    public byte[] Resources()
    {
        var directory = _image.PEHeaders.CorHeader!.ResourcesDirectory;
        return directory.Size == 0 ? [] : _image.GetSectionData(directory.RelativeVirtualAddress).GetReader(0, directory.Size).ReadBytes(directory.Size);
    }

    /// <inheritdoc/>
    public void Dispose() => _image.Dispose();
}
