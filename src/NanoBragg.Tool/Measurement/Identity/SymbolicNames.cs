using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text.RegularExpressions;

namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>Names what the tokens of one assembly stand for.</summary>
/// <param name="all">All assemblies of the user's.</param>
/// <param name="assembly">The assembly whose tokens are named.</param>
/// <param name="namesOf">The names of another assembly's tokens.</param>
internal sealed partial class SymbolicNames(OwnAssemblies all, OwnAssembly assembly, Func<OwnAssembly, SymbolicNames> namesOf) : ISignatureTypeProvider<string, object?>
{
    private readonly MetadataReader _metadata = assembly.Metadata;
    private readonly Dictionary<int, SymbolicName> _names = [];

    // What the name that is being made has named so far.
    private Found _found = new();

    /// <summary>Names a token of code.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The name; of a string, what it says.</returns>
    public SymbolicName OfToken(int token)
    {
        var handle = MetadataTokens.Handle(token);
        return handle.Kind == HandleKind.UserString ? new(_metadata.GetUserString((UserStringHandle)handle), [], []) : Of((EntityHandle)handle);
    }

    /// <summary>Names a row of the metadata.</summary>
    /// <param name="handle">The row: a type, a member, or a signature that stands alone.</param>
    /// <returns>The name.</returns>
    public SymbolicName Of(EntityHandle handle)
    {
        var token = MetadataTokens.GetToken(handle);
        if (!_names.TryGetValue(token, out var name))
        {
            name = Collect(() => TextOf(handle));
            _names.Add(token, name);
        }

        return name;
    }

    /// <summary>Names the signature of a method.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The method's own name with its signature, without the type that declares it.</returns>
    public SymbolicName SignatureOf(MethodDefinition method) => Collect(() => _metadata.GetString(method.Name) + Text(method.DecodeSignature(this, null)));

    /// <summary>Names the type of a field.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The field's own name with its type, without the type that declares it.</returns>
    public SymbolicName SignatureOf(FieldDefinition field) => Collect(() => $"{_metadata.GetString(field.Name)}:{field.DecodeSignature(this, null)}");

    /// <summary>Gets the user's own type that a token leads to: of a generic type with arguments, the type without them.</summary>
    /// <param name="handle">The token of a type.</param>
    /// <returns>The type, or null where it is not the user's own.</returns>
    public CodePlace? OwnTypeOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => new(assembly, handle),
        HandleKind.TypeReference => Resolve((TypeReferenceHandle)handle),
        HandleKind.TypeSpecification when RootOf(handle) is { IsNil: false } root => OwnTypeOf(root),
        _ => null,
    };

    /// <inheritdoc/>
    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Named(handle);

    /// <inheritdoc/>
    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Named(handle);

    /// <inheritdoc/>
    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Named(handle);

    /// <inheritdoc/>
    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    /// <inheritdoc/>
    public string GetSZArrayType(string elementType) => elementType + "[]";

    /// <inheritdoc/>
    public string GetArrayType(string elementType, ArrayShape shape) =>
        string.Create(CultureInfo.InvariantCulture, $"{elementType}[{shape.Rank};{string.Join(',', shape.LowerBounds)};{string.Join(',', shape.Sizes)}]");

    /// <inheritdoc/>
    public string GetByReferenceType(string elementType) => elementType + "&";

    /// <inheritdoc/>
    public string GetPointerType(string elementType) => elementType + "*";

    /// <inheritdoc/>
    public string GetPinnedType(string elementType) => elementType + " pinned";

    /// <inheritdoc/>
    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => $"{unmodifiedType} {(isRequired ? "modreq" : "modopt")}({modifier})";

    /// <inheritdoc/>
    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(',', typeArguments)}>";

    /// <inheritdoc/>
    public string GetGenericTypeParameter(object? genericContext, int index) => string.Create(CultureInfo.InvariantCulture, $"!{index}");

    /// <inheritdoc/>
    public string GetGenericMethodParameter(object? genericContext, int index) => string.Create(CultureInfo.InvariantCulture, $"!!{index}");

    /// <inheritdoc/>
    public string GetFunctionPointerType(MethodSignature<string> signature) => $"method {Text(signature)}";

    private static string Text(MethodSignature<string> signature) => string.Create(
        CultureInfo.InvariantCulture,
        $"`{signature.GenericParameterCount} {signature.Header.RawValue}({string.Join(',', signature.ParameterTypes)};{signature.RequiredParameterCount}):{signature.ReturnType}");

    // The compiler names a type that is its file's alone <File>F, a hash of the file's path, and __Name: the same source in another folder would be other code.
    [GeneratedRegex("(<[^<>]*>F)[0-9A-F]{64}(?=__)")]
    private static partial Regex FolderOfFile();

    private SymbolicName Collect(Func<string> text)
    {
        var outer = _found;
        _found = new();
        var words = FolderOfFile().Replace(text(), "$1");
        var name = new SymbolicName(words, [.. _found.Places], [.. _found.Packages], _found.LooksAround);
        _found = outer;
        return name;
    }

    /// <summary>Names a row inside another name, which then names all that the row does.</summary>
    private string Named(EntityHandle handle)
    {
        var name = Of(handle);
        _found.Places.UnionWith(name.Reached);
        _found.Packages.UnionWith(name.Packages);
        _found.LooksAround |= name.LooksAround;
        return name.Text;
    }

    private string TextOf(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                _found.Places.Add(new(assembly, handle));
                return $"[{assembly.Name}]{assembly.FullNameOf((TypeDefinitionHandle)handle)}";
            case HandleKind.TypeReference:
                return TextOf((TypeReferenceHandle)handle);
            case HandleKind.TypeSpecification:
                return _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
            case HandleKind.MethodDefinition:
                _found.Places.Add(new(assembly, handle));
                var method = _metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return $"{Named(method.GetDeclaringType())}::{_metadata.GetString(method.Name)}{Text(method.DecodeSignature(this, null))}";
            case HandleKind.FieldDefinition:
                _found.Places.Add(new(assembly, handle));
                var field = _metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                return $"{Named(field.GetDeclaringType())}::{_metadata.GetString(field.Name)}:{field.DecodeSignature(this, null)}";
            case HandleKind.MemberReference:
                return TextOf(_metadata.GetMemberReference((MemberReferenceHandle)handle));
            case HandleKind.MethodSpecification:
                return TextOf(_metadata.GetMethodSpecification((MethodSpecificationHandle)handle));
            case HandleKind.StandaloneSignature:
                var signature = _metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle);
                return signature.GetKind() == StandaloneSignatureKind.Method ? Text(signature.DecodeMethodSignature(this, null)) : string.Join(',', signature.DecodeLocalSignature(this, null));
            default:
                return handle.Kind.ToString();
        }
    }

    private string TextOf(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        if (Resolve(handle) is { } own)
        {
            _found.Places.Add(own);
        }

        switch (type.ResolutionScope.Kind)
        {
            case HandleKind.TypeReference:
                return $"{Named(type.ResolutionScope)}+{_metadata.GetString(type.Name)}";
            case HandleKind.AssemblyReference:
                var reference = _metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
                var name = _metadata.GetString(reference.Name);
                if (all.Find(name) is null && all.PackageOf(reference, assembly) is { } package)
                {
                    _found.Packages.Add(package);
                }

                return $"[{name}]{assembly.FullNameOf(type.Namespace, type.Name)}";
            default:
                return $"[{assembly.Name}]{assembly.FullNameOf(type.Namespace, type.Name)}";
        }
    }

    private string TextOf(MemberReference member)
    {
        var name = _metadata.GetString(member.Name);
        var parent = Named(member.Parent);
        var ofOwn = OwnTypeOf(member.Parent);
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            var type = member.DecodeFieldSignature(this, null);
            AddMembers(ofOwn, place => FieldsOf(place, name));
            return $"{parent}::{name}:{type}";
        }

        var decoded = member.DecodeMethodSignature(this, null);
        var signature = Text(decoded);
        if (ofOwn is null)
        {
            // Of packages one cannot know what they do with a type that they are given: containers and serialisers look into it.
            _found.LooksAround |= LookingAround.Does(FrameworkTypeOf(member.Parent), name, isNew: decoded is { GenericParameterCount: 1, ParameterTypes.Length: 0 })
                || (_found.Packages.Count > 0 && (_found.Places.Count > 0 || decoded.ParameterTypes.Any(parameter => parameter.EndsWith("]System.Type", StringComparison.Ordinal))));
        }
        else
        {
            AddMembers(ofOwn, place => MethodsOf(place, name, signature));
        }

        return $"{parent}::{name}{signature}";
    }

    private string TextOf(MethodSpecification method)
    {
        var generic = Named(method.Method);
        var ofPackage = _found.Packages.Count > 0;
        var places = _found.Places.Count;
        var arguments = method.DecodeSignature(this, null);

        _found.LooksAround |= ofPackage && _found.Places.Count > places;
        return $"{generic}<{string.Join(',', arguments)}>";
    }

    /// <summary>Adds members of a type, or of its bases of the user's own. Where none fits exactly all of that name are added.</summary>
    private void AddMembers(CodePlace? type, Func<CodePlace, List<CodePlace>> find)
    {
        for (var place = type; place is { } own; place = namesOf(own.Assembly).BaseOf(own))
        {
            _found.Places.Add(own);
            _found.Places.UnionWith(find(own));
        }
    }

    private List<CodePlace> MethodsOf(CodePlace type, string name, string signature)
    {
        var (metadata, names) = (type.Assembly.Metadata, namesOf(type.Assembly));
        var (named, exact) = (new List<CodePlace>(), new List<CodePlace>());
        foreach (var row in metadata.GetTypeDefinition((TypeDefinitionHandle)type.Handle).GetMethods())
        {
            var method = metadata.GetMethodDefinition(row);
            if (metadata.StringComparer.Equals(method.Name, name))
            {
                (names.SignatureOf(method).Text == name + signature ? exact : named).Add(new(type.Assembly, row));
            }
        }

        return exact.Count > 0 ? exact : named;
    }

    private static List<CodePlace> FieldsOf(CodePlace type, string name)
    {
        var fields = new List<CodePlace>();
        foreach (var row in type.Assembly.Metadata.GetTypeDefinition((TypeDefinitionHandle)type.Handle).GetFields())
        {
            if (type.Assembly.Metadata.StringComparer.Equals(type.Assembly.Metadata.GetFieldDefinition(row).Name, name))
            {
                fields.Add(new(type.Assembly, row));
            }
        }

        return fields;
    }

    private CodePlace? BaseOf(CodePlace type)
    {
        var parent = _metadata.GetTypeDefinition((TypeDefinitionHandle)type.Handle).BaseType;
        return parent.IsNil ? null : OwnTypeOf(parent);
    }

    private CodePlace? Resolve(TypeReferenceHandle handle)
    {
        var fullName = FullNameOf(handle, out var scope);
        var found = scope.Kind == HandleKind.AssemblyReference ? all.Find(_metadata.GetString(_metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)) : assembly;

        // A chain of forwards has no more links than there are assemblies.
        for (var links = 0; found is not null && links <= all.All.Count(); links++)
        {
            if (found.Find(fullName) is { } type)
            {
                return new(found, type);
            }

            found = found.ForwardedTo(fullName) is { } next ? all.Find(next) : null;
        }

        return null;
    }

    /// <summary>Gets the full name of a type that is not the user's own; empty where it has none, as arrays do.</summary>
    private string FrameworkTypeOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => FullNameOf((TypeReferenceHandle)handle, out _),
        HandleKind.TypeSpecification when RootOf(handle) is { Kind: HandleKind.TypeReference } root => FullNameOf((TypeReferenceHandle)root, out _),
        _ => "",
    };

    private string FullNameOf(TypeReferenceHandle handle, out EntityHandle scope)
    {
        var type = _metadata.GetTypeReference(handle);
        scope = type.ResolutionScope;
        return scope.Kind == HandleKind.TypeReference
            ? $"{FullNameOf((TypeReferenceHandle)scope, out scope)}+{_metadata.GetString(type.Name)}"
            : assembly.FullNameOf(type.Namespace, type.Name);
    }

    /// <summary>Gets the generic type of a generic type with arguments; nil of any other.</summary>
    private EntityHandle RootOf(EntityHandle specification)
    {
        var signature = _metadata.GetBlobReader(_metadata.GetTypeSpecification((TypeSpecificationHandle)specification).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return default;
        }

        // Whether it is a class or a value type.
        _ = signature.ReadByte();
        return signature.ReadTypeHandle();
    }

    /// <summary>What a name names.</summary>
    private sealed class Found
    {
        public HashSet<CodePlace> Places { get; } = [];

        public HashSet<string> Packages { get; } = new(StringComparer.Ordinal);

        public bool LooksAround { get; set; }
    }
}
