using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>
/// Finds the methods that declare a benchmark in an assembly's metadata. To ask every type for its methods takes a good part of a worker's life in a large
/// assembly, and loads what the benchmarks do not need.
/// </summary>
internal static class BenchmarkMethods
{
    /// <summary>Finds them.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>The methods, in the order of the source file, which metadata keeps.</returns>
    /// <exception cref="FileNotFoundException">A method's type needs a library that is missing.</exception>
    /// <exception cref="FileLoadException">A method's type needs a library of another version.</exception>
    /// <exception cref="TypeLoadException">A method's type needs what a library lacks.</exception>
    public static unsafe IEnumerable<MethodInfo> Of(Assembly assembly)
    {
        if (!assembly.TryGetRawMetadata(out var blob, out var length))
        {
            return [];
        }

        var metadata = new MetadataReader(blob, length);
        var tokens = new SortedSet<int>();
        foreach (var handle in metadata.CustomAttributes)
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (attribute.Parent.Kind == HandleKind.MethodDefinition && IsBenchmark(metadata, attribute.Constructor))
            {
                tokens.Add(MetadataTokens.GetToken(attribute.Parent));
            }
        }

        return [.. tokens.Select(token => (MethodInfo)assembly.ManifestModule.ResolveMethod(token)!)];
    }

    private static bool IsBenchmark(MetadataReader metadata, EntityHandle constructor)
    {
        var (name, space) = constructor.Kind == HandleKind.MethodDefinition ? Own((MethodDefinitionHandle)constructor) : Other((MemberReferenceHandle)constructor);
        return metadata.StringComparer.Equals(name, BenchmarkDeclaration.AttributeName) && metadata.StringComparer.Equals(space, BenchmarkDeclaration.AttributeNamespace);

        (StringHandle Name, StringHandle Space) Own(MethodDefinitionHandle method)
        {
            var type = metadata.GetTypeDefinition(metadata.GetMethodDefinition(method).GetDeclaringType());
            return (type.Name, type.Namespace);
        }

        // An attribute's type may be generic; ours is not.
        (StringHandle Name, StringHandle Space) Other(MemberReferenceHandle method)
        {
            var parent = metadata.GetMemberReference(method).Parent;
            return parent.Kind == HandleKind.TypeReference && metadata.GetTypeReference((TypeReferenceHandle)parent) is var type ? (type.Name, type.Namespace) : default;
        }
    }
}
