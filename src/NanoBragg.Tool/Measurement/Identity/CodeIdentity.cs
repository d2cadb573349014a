using System.Reflection.Metadata;
using System.Text.Json;

namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>
/// What the scenarios of an assembly are as code: a hash for each over all intermediate language that it can reach, read from the files alone. Equal
/// hashes mean equal code; where a file's bytes differ by a comment, the names of files or the order of methods, they are equal.
/// </summary>
/// <param name="Assembly">The assembly's simple name.</param>
/// <param name="Version">What the assembly says of its version, without build metadata.</param>
/// <param name="Scenarios">The hash of each scenario, 16 hexadecimal digits, by name.</param>
internal sealed record CodeIdentity(string Assembly, string Version, IReadOnlyDictionary<string, string> Scenarios)
{
    private const string BenchmarkAttribute = "NanoBragg.KernelBenchmarkAttribute";
    private const string VersionAttribute = "System.Reflection.AssemblyInformationalVersionAttribute";

    /// <summary>Reads an assembly. Nothing is loaded or run.</summary>
    /// <param name="path">The assembly.</param>
    /// <returns>The identity; null where the files cannot be read, which whoever loads them will explain better.</returns>
    public static CodeIdentity? Of(string path)
    {
        try
        {
            using var all = new OwnAssemblies(path);
            return Of(all);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static CodeIdentity Of(OwnAssemblies all)
    {
        var metadata = all.Tested.Metadata;
        var graph = new CodeGraph(all);
        var scenarios = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var handle in metadata.MethodDefinitions)
        {
            if (Attribute(all.Tested, metadata.GetMethodDefinition(handle).GetCustomAttributes(), BenchmarkAttribute) is { Length: > 0 } scenario)
            {
                scenarios.TryAdd(scenario, graph.IdentityFrom(new(all.Tested, handle)));
            }
        }

        var assembly = metadata.GetAssemblyDefinition();

        // The revision after the plus is another with each commit, and no entry of a baseline is for one.
        return new(all.Tested.Name, $"{assembly.Version} {Attribute(all.Tested, assembly.GetCustomAttributes(), VersionAttribute)?.Split('+')[0]}", scenarios);
    }

    /// <summary>Gets the first argument, a text, of an attribute.</summary>
    private static string? Attribute(OwnAssembly assembly, CustomAttributeHandleCollection attributes, string name)
    {
        var metadata = assembly.Metadata;
        foreach (var handle in attributes)
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (TypeOf(assembly, attribute.Constructor) == name)
            {
                // The value begins with two bytes that say so (ECMA-335, II.23.3).
                var value = metadata.GetBlobReader(attribute.Value);
                _ = value.ReadUInt16();
                return value.ReadSerializedString();
            }
        }

        return null;
    }

    private static string? TypeOf(OwnAssembly assembly, EntityHandle constructor)
    {
        var metadata = assembly.Metadata;
        switch (constructor.Kind)
        {
            case HandleKind.MethodDefinition:
                return assembly.FullNameOf(metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType());
            case HandleKind.MemberReference when metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent:
                var type = metadata.GetTypeReference((TypeReferenceHandle)parent);
                return assembly.FullNameOf(type.Namespace, type.Name);
            default:
                return null;
        }
    }
}
