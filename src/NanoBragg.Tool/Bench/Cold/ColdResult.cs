using System.Globalization;
using NanoBragg.Tool.Diagnostics;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Bench.Cold;

/// <summary>What the suite <c>cold</c> found.</summary>
/// <param name="Suite">The suite's name.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Runtime">The runtime with its full version.</param>
/// <param name="Threads">Threads that drew.</param>
/// <param name="Contention">What else went on on the machine.</param>
/// <param name="Rows">The cases.</param>
internal sealed record ColdResult(string Suite, MachineFingerprint Machine, string Runtime, int Threads, Contention Contention, IReadOnlyList<ColdRow> Rows)
{
    /// <summary>Gets the figures as text, each line ended.</summary>
    public string Text()
    {
        var table = new MarkdownTable("case", "precision", "processes:", "runtime, ms:", "plan, ms:", "first picture, ms:", "least, ms:", "most, ms:", "second picture takes, ms:");
        foreach (var row in Rows)
        {
            table.Add(
                row.Case, row.Precision, Quantity.Count(row.Processes), Quantity.Milliseconds(row.OwnSeconds), Quantity.Milliseconds(row.PlannedSeconds), Quantity.Milliseconds(row.DrawnSeconds),
                Quantity.Milliseconds(row.LeastDrawnSeconds), Quantity.Milliseconds(row.MostDrawnSeconds), Quantity.Milliseconds(row.SecondSeconds));
        }

        var notes = Rows.Select(row => row.Case).Distinct().Select(name => $"{name}: {BenchCase.Choose(ColdSuite.Cases, [name], ColdSuite.Name)[0].Shows}\n");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Suite {Suite} on {Machine.Processor} ({Machine.Id}), {Runtime}, {Threads} thread{(Threads == 1 ? "" : "s")}; load {Quantity.Figures(Contention.LoadBefore)} before and {Quantity.Figures(Contention.LoadAfter)} after.

            {table}
            {string.Concat(notes)}Medians of fresh processes, all from the process's start: until its own first instruction, until the flags are read, until the first whole picture is in memory.

            """);
    }
}

/// <summary>The processes of one case in one arithmetic: medians, s, from the process's start unless said otherwise.</summary>
/// <param name="Case">The case.</param>
/// <param name="Precision">The arithmetic.</param>
/// <param name="Processes">How many processes.</param>
/// <param name="OwnSeconds">To the process's first own instruction.</param>
/// <param name="PlannedSeconds">To the plan.</param>
/// <param name="DrawnSeconds">To the first picture.</param>
/// <param name="LeastDrawnSeconds">The least of these.</param>
/// <param name="MostDrawnSeconds">The most of these.</param>
/// <param name="SecondSeconds">What a second picture took.</param>
internal sealed record ColdRow(
    string Case, string Precision, int Processes, double OwnSeconds, double PlannedSeconds, double DrawnSeconds, double LeastDrawnSeconds, double MostDrawnSeconds, double SecondSeconds)
{
    /// <summary>Sums processes up.</summary>
    /// <param name="name">The case.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="times">The processes, at least one.</param>
    public static ColdRow Of(string name, string precision, IReadOnlyList<ColdTimes> times) => new(
        name, precision, times.Count,
        Statistics.Median([.. times.Select(process => process.Own)]),
        Statistics.Median([.. times.Select(process => process.Planned)]),
        Statistics.Median([.. times.Select(process => process.Drawn)]),
        times.Min(process => process.Drawn),
        times.Max(process => process.Drawn),
        Statistics.Median([.. times.Select(process => process.Second)]));
}
