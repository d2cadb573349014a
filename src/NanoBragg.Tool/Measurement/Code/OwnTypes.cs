using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NanoBragg.Tool.Measurement.Code;

/// <summary>The types whose code is the user's: those of the assembly under test and of the assemblies beside it that it refers to, however indirectly.</summary>
/// <param name="Names">Their full names as the JIT writes them, such as <c>My.Outer`1+Inner</c>.</param>
/// <param name="Pattern">The value of <c>DOTNET_JitDisasm</c> that lists their methods, and perhaps some more.</param>
internal sealed record OwnTypes(IReadOnlySet<string> Names, string Pattern)
{
    // The benchmark attributes, which hold no code worth reading; the tool's own namespaces begin with it, too.
    private const string ContractNamespace = "NanoBragg";

    /// <summary>Reads the types. Nothing is loaded.</summary>
    /// <param name="assemblyPath">The assembly under test.</param>
    public static OwnTypes Of(string assemblyPath)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(assemblyPath))!;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var roots = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Queue<string>([Path.GetFileName(assemblyPath)]);
        while (open.TryDequeue(out var file))
        {
            var path = Path.Combine(folder, file);
            if (!seen.Add(file) || !File.Exists(path))
            {
                continue;
            }

            using var image = new PEReader(File.OpenRead(path));
            if (!image.HasMetadata)
            {
                continue;
            }

            var metadata = image.GetMetadataReader();
            foreach (var handle in metadata.TypeDefinitions)
            {
                names.Add(NameOf(metadata, handle));
                if (metadata.GetTypeDefinition(handle) is { IsNested: false } type)
                {
                    var space = metadata.GetString(type.Namespace);
                    if (space == ContractNamespace)
                    {
                        continue;
                    }

                    roots.Add(space.Length > 0 ? space + "." : metadata.GetString(type.Name));
                }
            }

            foreach (var reference in metadata.AssemblyReferences)
            {
                open.Enqueue(metadata.GetString(metadata.GetAssemblyReference(reference).Name) + ".dll");
            }
        }

        // A name that begins with another is listed by that; what the compiler made up in no namespace has no loops.
        var shortest = roots.Where(root => root[0] != '<' && !roots.Any(other => other != root && root.StartsWith(other, StringComparison.Ordinal)));
        return new(names, string.Join(' ', shortest.Select(root => $"{root}*:*")));
    }

    private static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.IsNested ? $"{NameOf(metadata, type.GetDeclaringType())}+{name}"
            : type.Namespace.IsNil ? name
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
