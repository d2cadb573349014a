using System.Text.Json;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>Finds an earlier diagnostic of the same scenario, and compares with it.</summary>
internal static class EarlierBundle
{
    /// <summary>Reads the bundle that the user named, before anything is run.</summary>
    /// <exception cref="UserError">The folder holds no bundle that can be read.</exception>
    public static DiagnosticReport Read(string folder) =>
        Read(folder, out var problem) ?? throw new UserError($"cannot compare with '{folder}': {problem}; name the folder of a bundle with --compare");

    /// <summary>Compares with the newest bundle of the same scenario beside the new one.</summary>
    /// <param name="folder">The new bundle's folder, which is not looked in.</param>
    /// <param name="root">The folder that bundles are written to; it and its folders are looked in.</param>
    /// <param name="report">The new diagnostic, complete but for this comparison.</param>
    public static ChangeTable CompareWithNewest(string folder, string root, DiagnosticReport report)
    {
        var earlier = Candidates(folder, root)
            .Select(candidate => Read(candidate, out _))
            .OfType<DiagnosticReport>()
            .Where(other => other.Scenario == report.Scenario && string.CompareOrdinal(other.Stamp, report.Stamp) <= 0 && other.Main is { Cases.Count: > 0 })
            .MaxBy(other => other.Stamp, StringComparer.Ordinal);
        return earlier is null
            ? new ChangeTable { With = $"No earlier bundle of {report.Scenario} lies beside this one; `--compare DIR` names another." }
            : Compare(earlier, report);
    }

    /// <summary>Compares two reports, median over processes against median over processes.</summary>
    public static ChangeTable Compare(DiagnosticReport earlier, DiagnosticReport report)
    {
        var before = RepeatedFigures.Of(earlier.Alone).ToDictionary(f => f.Figure, StringComparer.Ordinal);
        var rows = new List<Change>();
        foreach (var now in RepeatedFigures.Of(report.Alone))
        {
            if (before.TryGetValue(now.Figure, out var then) && MedianOf(then) is { } a && MedianOf(now) is { } b)
            {
                rows.Add(new Change(now.Figure, now.Unit, a, b, Overlap(then, now)));
            }
        }

        var conditions = new[]
        {
            (earlier.Guards.Device != report.Guards.Device, $"device {earlier.Guards.Device}, now {report.Guards.Device}"),
            (earlier.Guards.JitTiering != report.Guards.JitTiering, $"JIT tiering {(earlier.Guards.JitTiering ? "on" : "off")}, now {(report.Guards.JitTiering ? "on" : "off")}"),
            (earlier.Machine.Id != report.Machine.Id, $"machine {earlier.Machine.Id}, now {report.Machine.Id}"),
        }.Where(c => c.Item1).Select(c => c.Item2).ToList();
        return new ChangeTable
        {
            With = $"Compared with the bundle of {earlier.Stamp} ({earlier.Assembly} {earlier.KernelVersion}, {earlier.Status.ToText()}), medians over {Quantity.Count(earlier.Alone.Count)} and {Quantity.Count(report.Alone.Count)} processes."
                + (conditions.Count > 0 ? $" The conditions differ: {string.Join("; ", conditions)}." : " Device, JIT tiering and machine are the same."),
            Rows = rows,
        };
    }

    private static double? MedianOf(RepeatedFigure figure) => SampleSpread.Of(figure.Values.OfType<double>())?.Median;

    /// <summary>Says whether the processes of then and now can be told apart at all.</summary>
    private static string Overlap(RepeatedFigure then, RepeatedFigure now)
    {
        var (a, b) = (then.Values.OfType<double>().ToList(), now.Values.OfType<double>().ToList());
        return a.Count < 2 || b.Count < 2 ? "one process only" : a.Max() < b.Min() ? "every process higher" : b.Max() < a.Min() ? "every process lower" : "ranges overlap";
    }

    private static IEnumerable<string> Candidates(string folder, string root)
    {
        var full = Path.GetFullPath(folder);
        var rootFull = Path.GetFullPath(root);
        var all = Directory.Exists(rootFull) ? Directory.EnumerateDirectories(rootFull).Prepend(rootFull) : [];
        return all.Where(candidate => candidate != full);
    }

    private static DiagnosticReport? Read(string folder, out string problem)
    {
        var path = Path.Combine(folder, "metrics.json");
        try
        {
            problem = "";
            return MetricsJson.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            problem = e is JsonException ? "its metrics.json is not a report of this version" : "it holds no metrics.json that can be read";
            return null;
        }
    }
}
