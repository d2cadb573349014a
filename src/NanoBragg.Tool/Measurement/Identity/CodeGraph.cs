using System.Security.Cryptography;
using System.Text;

namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>The code of the user's own as a graph. Each node is read once, when it is reached first.</summary>
/// <param name="all">The assemblies.</param>
internal sealed class CodeGraph(OwnAssemblies all)
{
    private readonly Dictionary<CodePlace, CodeNode> _nodes = [];
    private readonly NodeReading _reading = new(all);
    private string? _everything;

    /// <summary>Hashes all that is reached from a place.</summary>
    /// <param name="start">The place.</param>
    /// <returns>16 hexadecimal digits.</returns>
    public string IdentityFrom(CodePlace start)
    {
        var reached = Reach([start]);

        // What looks around may find anything, so anything counts; the start is then told apart by its name.
        return reached.Exists(node => node.LooksAround) ? Hash([Of(start).Name, _everything ??= Everything()], []) : Hash([Of(start).Name], reached);
    }

    private string Everything()
    {
        var places = new List<CodePlace>();
        foreach (var assembly in all.All)
        {
            foreach (var type in assembly.Metadata.TypeDefinitions)
            {
                places.Add(new(assembly, type));
            }

            foreach (var method in assembly.Metadata.MethodDefinitions)
            {
                places.Add(new(assembly, method));
            }

            foreach (var field in assembly.Metadata.FieldDefinitions)
            {
                places.Add(new(assembly, field));
            }
        }

        var resources = all.All.Select(assembly => Convert.ToHexStringLower(SHA256.HashData(assembly.Resources()))).Order(StringComparer.Ordinal);
        return Hash([.. resources], Reach(places));
    }

    private List<CodeNode> Reach(IEnumerable<CodePlace> start)
    {
        var open = new Queue<CodePlace>(start);
        var seen = open.ToHashSet();
        var reached = new List<CodeNode>();
        while (open.TryDequeue(out var place))
        {
            var node = Of(place);
            reached.Add(node);
            foreach (var next in node.Reached)
            {
                if (seen.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return reached;
    }

    private CodeNode Of(CodePlace place)
    {
        if (!_nodes.TryGetValue(place, out var node))
        {
            node = _reading.Read(place);
            _nodes.Add(place, node);
        }

        return node;
    }

    private static string Hash(IReadOnlyList<string> first, IReadOnlyList<CodeNode> nodes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in first.Concat(nodes.SelectMany(node => node.Packages).Distinct().Order(StringComparer.Ordinal)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        }

        // In an order that is theirs alone, not that of the source file.
        var sorted = nodes.ToArray();
        Array.Sort(sorted, static (a, b) => a.Digest.AsSpan().SequenceCompareTo(b.Digest));
        Array.ForEach(sorted, node => hash.AppendData(node.Digest));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
