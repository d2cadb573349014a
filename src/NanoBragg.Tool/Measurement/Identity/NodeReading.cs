using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>
/// Reads the nodes of the graph. Of a method: its code. Of a type: what lays out its memory and what may be called without being named, which is its static
/// constructor, its virtual methods, its constructor without parameters, and all types of the user's that derive from it or implement it.
/// </summary>
internal sealed class NodeReading
{
    // They tell compilers and debuggers something, and the JIT nothing.
    private static readonly string[] SilentAttributes =
    [
        "System.Runtime.CompilerServices.NullableAttribute", "System.Runtime.CompilerServices.NullableContextAttribute", "System.Runtime.CompilerServices.NullablePublicOnlyAttribute",
        "System.Runtime.CompilerServices.TupleElementNamesAttribute", "System.Diagnostics.Debugger",
    ];

    // Of an assembly's attributes most tell versions and authors.
    private static readonly string[] TellingAssemblyAttributes =
    [
        "System.Diagnostics.DebuggableAttribute", "System.Runtime.CompilerServices.RuntimeCompatibilityAttribute", "System.Runtime.CompilerServices.CompilationRelaxationsAttribute",
        "System.Runtime.CompilerServices.DisableRuntimeMarshallingAttribute", "System.Runtime.InteropServices.DefaultDllImportSearchPathsAttribute",
        "System.Runtime.Versioning.TargetFrameworkAttribute",
    ];

    private readonly OwnAssemblies _all;
    private readonly Dictionary<OwnAssembly, SymbolicNames> _names = [];
    private readonly Dictionary<CodePlace, List<CodePlace>> _subtypes = [];

    /// <summary>Prepares to read.</summary>
    /// <param name="all">The assemblies.</param>
    public NodeReading(OwnAssemblies all)
    {
        _all = all;
        foreach (var assembly in all.All)
        {
            foreach (var handle in assembly.Metadata.TypeDefinitions)
            {
                AddToItsSupertypes(assembly, handle);
            }
        }
    }

    /// <summary>Reads a node.</summary>
    /// <param name="place">Where it is.</param>
    /// <returns>The node.</returns>
    public CodeNode Read(CodePlace place)
    {
        using var page = new NodePage(place.Assembly, NamesOf(place.Assembly));
        switch (place.Handle.Kind)
        {
            case HandleKind.MethodDefinition:
                Method(page, place.Assembly, (MethodDefinitionHandle)place.Handle);
                break;
            case HandleKind.TypeDefinition:
                Type(page, place.Assembly, (TypeDefinitionHandle)place.Handle);
                break;
            case HandleKind.FieldDefinition:
                Field(page, place.Assembly, (FieldDefinitionHandle)place.Handle);
                break;
            default:
                Attributes(page, place.Assembly.Metadata.GetAssemblyDefinition().GetCustomAttributes(), name => TellingAssemblyAttributes.Contains(name));
                return page.Node(place.Assembly.Name);
        }

        return page.Node(NamesOf(place.Assembly).Of(place.Handle).Text);
    }

    private SymbolicNames NamesOf(OwnAssembly assembly)
    {
        if (!_names.TryGetValue(assembly, out var names))
        {
            names = new(_all, assembly, NamesOf);
            _names.Add(assembly, names);
        }

        return names;
    }

    private void AddToItsSupertypes(OwnAssembly assembly, TypeDefinitionHandle handle)
    {
        var type = assembly.Metadata.GetTypeDefinition(handle);
        var place = new CodePlace(assembly, handle);
        AddTo(type.BaseType);
        foreach (var row in type.GetInterfaceImplementations())
        {
            AddTo(assembly.Metadata.GetInterfaceImplementation(row).Interface);
        }

        void AddTo(EntityHandle parent)
        {
            if (!parent.IsNil && NamesOf(assembly).OwnTypeOf(parent) is { } own)
            {
                if (!_subtypes.TryGetValue(own, out var subtypes))
                {
                    _subtypes.Add(own, subtypes = []);
                }

                subtypes.Add(place);
            }
        }
    }

    private void Method(NodePage page, OwnAssembly assembly, MethodDefinitionHandle handle)
    {
        var metadata = assembly.Metadata;
        var method = metadata.GetMethodDefinition(handle);
        page.Write((int)method.Attributes);
        page.Write((int)method.ImplAttributes);
        page.Write(NamesOf(assembly).SignatureOf(method));
        page.Reach(method.GetDeclaringType());
        GenericParameters(page, metadata, method.GetGenericParameters());
        Attributes(page, method.GetCustomAttributes(), IsNotSilent);
        foreach (var row in method.GetParameters())
        {
            var parameter = metadata.GetParameter(row);
            page.Write(parameter.SequenceNumber);
            page.Write((int)parameter.Attributes);
            page.WriteMarshalling(parameter.GetMarshallingDescriptor());
            Attributes(page, parameter.GetCustomAttributes(), IsNotSilent);
        }

        if (method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
        {
            var import = method.GetImport();
            var library = import.Module.IsNil ? "" : metadata.GetString(metadata.GetModuleReference(import.Module).Name);
            page.Write(library);
            page.Write(metadata.GetString(import.Name));
            page.Write((int)import.Attributes);
            page.Write(NativeCode.Beside(_all.Folder, library));
        }

        if (method.RelativeVirtualAddress != 0 && (method.ImplAttributes & MethodImplAttributes.CodeTypeMask) == MethodImplAttributes.IL)
        {
            page.Write(assembly.BodyOf(method));
        }
    }

    private void Type(NodePage page, OwnAssembly assembly, TypeDefinitionHandle handle)
    {
        var metadata = assembly.Metadata;
        var type = metadata.GetTypeDefinition(handle);
        var layout = type.GetLayout();
        page.Write((int)type.Attributes);
        page.Write(layout.Size);
        page.Write(layout.PackingSize);
        GenericParameters(page, metadata, type.GetGenericParameters());
        Attributes(page, type.GetCustomAttributes(), IsNotSilent);
        if (!type.BaseType.IsNil)
        {
            page.Write(NamesOf(assembly).Of(type.BaseType));
        }

        var names = new List<SymbolicName>();
        foreach (var row in type.GetInterfaceImplementations())
        {
            names.Add(page.Names.Of(metadata.GetInterfaceImplementation(row).Interface));
        }

        foreach (var row in type.GetMethodImplementations())
        {
            var implementation = metadata.GetMethodImplementation(row);
            var (declaration, body) = (page.Names.Of(implementation.MethodDeclaration), page.Names.Of(implementation.MethodBody));
            names.Add(new($"{body.Text} for {declaration.Text}", [.. body.Reached, .. declaration.Reached], [.. body.Packages, .. declaration.Packages]));
        }

        page.WriteSorted(names);
        Fields(page, metadata, type.GetFields());
        foreach (var row in type.GetMethods())
        {
            if (IsCalledUnnamed(metadata, metadata.GetMethodDefinition(row)))
            {
                page.Reach(row);
            }
        }

        foreach (var subtype in _subtypes.GetValueOrDefault(new(assembly, handle)) ?? [])
        {
            page.Reach(subtype);
        }

        // The module's own initialiser runs before anything of the assembly does.
        page.Reach(MetadataTokens.TypeDefinitionHandle(1));
        page.Reach(EntityHandle.AssemblyDefinition);
    }

    private static void Fields(NodePage page, MetadataReader metadata, FieldDefinitionHandleCollection fields)
    {
        var isEnum = false;
        foreach (var row in fields)
        {
            // What holds the value of an enumeration comes before its names.
            var field = metadata.GetFieldDefinition(row);
            isEnum |= field.Attributes.HasFlag(FieldAttributes.RTSpecialName);

            // Constants are in the code that uses them, except the names of an enumeration. Data is a node of its own.
            var isConstant = field.Attributes.HasFlag(FieldAttributes.Literal);
            if (isConstant ? isEnum : !field.Attributes.HasFlag(FieldAttributes.HasFieldRVA))
            {
                page.Write(page.Names.SignatureOf(field));
                page.Write((int)field.Attributes);
                page.Write(field.GetOffset());
                page.WriteMarshalling(field.GetMarshallingDescriptor());
                page.WriteBlob(isConstant ? metadata.GetConstant(field.GetDefaultValue()).Value : default);
                Attributes(page, field.GetCustomAttributes(), IsNotSilent);
            }
        }
    }

    private void Field(NodePage page, OwnAssembly assembly, FieldDefinitionHandle handle)
    {
        var field = assembly.Metadata.GetFieldDefinition(handle);
        page.Reach(field.GetDeclaringType());
        page.Write(NamesOf(assembly).SignatureOf(field));
        if (field.Attributes.HasFlag(FieldAttributes.HasFieldRVA))
        {
            page.Write(assembly.DataOf(field, SizeOf(assembly, field)));
        }
    }

    private int SizeOf(OwnAssembly assembly, FieldDefinition field)
    {
        var named = NamesOf(assembly).SignatureOf(field).Reached;
        var size = named.Count == 0 ? 0 : named[0].Assembly.Metadata.GetTypeDefinition((TypeDefinitionHandle)named[0].Handle).GetLayout().Size;

        // Compilers keep data in structures made for its size, or in a primitive field, none of which is larger than 8 bytes.
        return size > 0 ? size : sizeof(long);
    }

    private static bool IsCalledUnnamed(MetadataReader metadata, MethodDefinition method) =>
        method.Attributes.HasFlag(MethodAttributes.Virtual)
        || metadata.StringComparer.Equals(method.Name, ".cctor")
        || (metadata.StringComparer.Equals(method.Name, ".ctor") && !HasParameters(metadata, method));

    private static bool HasParameters(MetadataReader metadata, MethodDefinition method)
    {
        // After the header of the signature, which of a constructor says no more, comes the count (ECMA-335, II.23.2.1).
        var signature = metadata.GetBlobReader(method.Signature);
        _ = signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger() > 0;
    }

    private static void GenericParameters(NodePage page, MetadataReader metadata, GenericParameterHandleCollection parameters)
    {
        foreach (var row in parameters)
        {
            var parameter = metadata.GetGenericParameter(row);
            page.Write((int)parameter.Attributes);
            var constraints = new List<SymbolicName>();
            foreach (var constraint in parameter.GetConstraints())
            {
                constraints.Add(page.Names.Of(metadata.GetGenericParameterConstraint(constraint).Type));
            }

            page.WriteSorted(constraints);
        }
    }

    private static bool IsNotSilent(string name) => !Array.Exists(SilentAttributes, silent => name.StartsWith(silent, StringComparison.Ordinal));

    private static void Attributes(NodePage page, CustomAttributeHandleCollection attributes, Func<string, bool> counts)
    {
        var metadata = page.Assembly.Metadata;
        var lines = new List<string>();
        foreach (var row in attributes)
        {
            var attribute = metadata.GetCustomAttribute(row);

            // "[Assembly]Full.Name::.ctor…"
            var constructor = page.Names.Of(attribute.Constructor).Text;
            var name = constructor[(constructor.IndexOf(']', StringComparison.Ordinal) + 1)..constructor.IndexOf("::", StringComparison.Ordinal)];
            if (counts(name))
            {
                lines.Add($"{constructor} {Convert.ToHexString(metadata.GetBlobBytes(attribute.Value))}");

                // The body of such a method is what the runtime finds by name.
                page.LooksAround |= name == "System.Runtime.CompilerServices.UnsafeAccessorAttribute";
            }
        }

        lines.Sort(StringComparer.Ordinal);
        lines.ForEach(page.Write);
    }
}
