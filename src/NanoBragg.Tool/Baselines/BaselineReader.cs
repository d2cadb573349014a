using System.Collections.Immutable;
using System.Text.Json;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Baselines;

/// <summary>Reads the layout of a baseline. Strict about what it knows, and keeps what it does not.</summary>
internal static class BaselineReader
{
    /// <summary>Reads a baseline.</summary>
    /// <param name="utf8">Valid UTF-8 without a byte order mark.</param>
    /// <param name="positions">The index of the same text.</param>
    /// <returns>The baseline, its entries in the order of the text.</returns>
    /// <exception cref="JsonTextException">Something is missing, wrong or twice.</exception>
    public static Baseline Read(ReadOnlyMemory<byte> utf8, JsonPositions positions)
    {
        // Not disposed: the members that are kept for rewriting point into it.
        var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var file = new JsonMembers(document.RootElement, "", positions);
        var format = file.Integer("formatVersion", 1);
        if (format > Baseline.CurrentFormatVersion)
        {
            throw file.Wrong("formatVersion", $"{format} is newer than this tool, which knows {Baseline.CurrentFormatVersion}; update it with `dotnet tool update NanoBragg.Tool`");
        }

        _ = file.OptionalText("$schema");
        var machines = file.Objects("machines").ToImmutableSortedDictionary(m => m.Name, m => Machine(m.Members), StringComparer.Ordinal);
        var read = file.Array("entries").Select(members => (Entry: Entry(members), members.Position)).ToList();
        RefuseOverlaps(read);
        var waivers = file.OptionalArray("waivers").Select(WaiverReader.Read).ToList();
        var pin = file.OptionalObject("base") is { } members ? PinnedBase.Read(members) : null;
        return new Baseline { Machines = machines, Entries = [.. read.Select(r => r.Entry)], Waivers = [.. WaiverReader.OneEach(waivers)], Base = pin, Unknown = file.Rest };
    }

    private static BaselineMachine Machine(JsonMembers members) => new()
    {
        Processor = members.Text("processor"),
        InstructionSets = members.Text("instructionSets"),
        Processors = members.Integer("processors", 1),
        Platform = members.Text("platform"),
        Runtime = members.Text("runtime"),
        Graphics = members.OptionalText("graphics"),
        Unknown = members.Rest,
    };

    private static BaselineEntry Entry(JsonMembers members)
    {
        var machines = members.Objects("machines").Select(m => (m.Name, Lines: m.Members.Each().Select(line => (line.Name, line.Members, IsRatio: IsRatio(line.Members))).ToList())).ToList();
        return EntryWithoutMachines(members) with
        {
            Machines = OnMachines(areRatios: true, Ratio),
            Pins = OnMachines(areRatios: false, Exact),
        };

        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, T>> OnMachines<T>(bool areRatios, Func<JsonMembers, T> read) =>
            machines.Where(m => m.Lines.Exists(line => line.IsRatio == areRatios)).ToImmutableSortedDictionary(
                m => m.Name,
                m => m.Lines.Where(line => line.IsRatio == areRatios).ToImmutableSortedDictionary(line => line.Name, line => read(line.Members), StringComparer.Ordinal),
                StringComparer.Ordinal);
    }

    /// <summary>A machine's line is a ratio where it has a member that only ratios have; else it pins an exact figure.</summary>
    private static bool IsRatio(JsonMembers line) => line.Has("yardstick") || line.Has("spread") || line.Has("groups");

    private static BaselineEntry EntryWithoutMachines(JsonMembers members) => new()
    {
        Scenario = members.Text("scenario"),
        Kernel = members.Range("kernel"),
        Note = members.OptionalText("note"),
        Exact = members.Objects("exact").ToImmutableSortedDictionary(m => m.Name, m => Exact(m.Members), StringComparer.Ordinal),
        Unknown = members.Rest,
    };

    private static ExactFigure Exact(JsonMembers members) => new()
    {
        Value = members.Number("value"),
        Unit = members.OptionalText("unit") ?? "",
        Better = members.Word("better", Better.Lower, Better.Higher, Better.Equal),
        AbsoluteTolerance = members.OptionalNumber("absoluteTolerance", 0),
        RelativeTolerance = members.OptionalNumber("relativeTolerance", 0),
        Idle = members.OptionalNumber("idle", 0),
        Identity = members.OptionalText("identity"),
        Reason = members.OptionalText("reason"),
        Note = members.OptionalText("note"),
        Unknown = members.Rest,
    };

    private static RatioFigure Ratio(JsonMembers members) => new()
    {
        // A ratio is judged on a logarithmic scale, so it must be above zero.
        Value = members.Number("value", double.Epsilon),
        Unit = members.Text("unit"),
        Yardstick = members.Text("yardstick"),
        Spread = members.Number("spread", 0),
        Groups = members.Integer("groups", 1),
        Better = members.Word("better", Better.Lower, Better.Higher),
        Identity = members.OptionalText("identity"),
        Limit = members.OptionalNumber("limit", 0),
        Reason = members.OptionalText("reason"),
        Note = members.OptionalText("note"),
        Unknown = members.Rest,
    };

    private static void RefuseOverlaps(List<(BaselineEntry Entry, JsonPosition Position)> read)
    {
        foreach (var same in read.GroupBy(r => r.Entry.Scenario).Where(group => group.Count() > 1))
        {
            var entries = same.ToList();
            for (var second = 1; second < entries.Count; second++)
            {
                var first = entries.Take(second).Where(e => KernelVersions.Overlap(e.Entry.Kernel, entries[second].Entry.Kernel)).ToList();
                if (first.Count > 0)
                {
                    throw new JsonTextException(
                        entries[second].Position,
                        $"\"{same.Key}\" has two entries for the same kernel versions, on lines {first[0].Position.Line} and {entries[second].Position.Line}; remove one of them");
                }
            }
        }
    }
}
