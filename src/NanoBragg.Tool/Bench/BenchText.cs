using System.Globalization;
using NanoBragg.Tool.Diagnostics;

namespace NanoBragg.Tool.Bench;

/// <summary>A suite's figures as text: the machine, how fast, how right, and what a reader must know to compare.</summary>
internal static class BenchText
{
    /// <summary>Gets the text, each line ended.</summary>
    /// <param name="result">The figures.</param>
    public static string Of(BenchResult result) => string.Join('\n', [Heading(result), Speed(result).ToString(), RightnessTable.Of(result.Rows.Select(row => (row.Case, row.Precision, row.Errors))), Notes(result)]);

    private static string Heading(BenchResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        Suite {result.Suite} on {result.Machine.Processor} ({result.Machine.Id}), {result.Runtime}, vectors of {result.VectorBits} bits, {Threads(result)}.
        Peaks with {Threads(result)}: multiply-add {Quantity.Figures(result.Peaks.FloatGigaflops)} GFLOP/s in float, {Quantity.Figures(result.Peaks.DoubleGigaflops)} in double; STREAM triad {Quantity.Figures(result.Peaks.TriadGigabytesPerSecond)} GB/s.
        Other work: {Disturbance(result)}.

        """);

    private static string Threads(BenchResult result) => string.Create(CultureInfo.InvariantCulture, $"{result.Threads} thread{(result.Threads == 1 ? "" : "s")}");

    private static string Disturbance(BenchResult result) =>
        $"load {Quantity.Figures(result.Contention.LoadBefore)} before and {Quantity.Figures(result.Contention.LoadAfter)} after, "
        + $"some task waited for a processor {Quantity.Percent(result.Contention.CpuPressure)} of the time, stolen {Quantity.Percent(result.Contention.Steal)}";

    private static MarkdownTable Speed(BenchResult result)
    {
        var table = new MarkdownTable(
            "case", "precision", "drawn by", "pixels:", "steps/pixel:", "threads:", "first, ms:", "best, ms:", "median, ms:", "steps/s:", "pixels/s:", "GFLOP/s:",
            "of FMA peak:", "image GB/s:", "of triad:");
        foreach (var row in result.Rows)
        {
            table.Add(
                row.Case,
                row.Precision,
                row.SameAsDouble ? "simd-double" : row.BackEnd,
                Size(row),
                Quantity.Count(row.StepsPerPixel),
                Quantity.Count(row.Threads),
                Quantity.Milliseconds(row.FirstSeconds),
                Quantity.Milliseconds(row.BestSeconds),
                Quantity.Milliseconds(row.MedianSeconds),
                Exponential(row.StepsPerSecond),
                Exponential(row.PixelsPerSecond),
                Quantity.Figures(row.UsefulGigaflops),
                Quantity.Percent(row.ShareOfFmaPeak),
                Quantity.Figures(row.ImageGigabytesPerSecond),
                Quantity.Figures(100 * row.ShareOfTriadPeak) + " %");
        }

        return table;
    }

    private static string Notes(BenchResult result)
    {
        var notes = new List<string>();
        foreach (var rows in result.Rows.GroupBy(row => row.Case))
        {
            var row = rows.First();
            notes.Add(string.Concat(
                $"{row.Case}: {BenchCase.Choose(CpuSuite.Cases(result.Suite), [row.Case], result.Suite)[0].Shows}",
                row.Edge < row.WholeEdge ? $"; only the middle is drawn, scale {Quantity.Figures(row.Scale)} ({row.Pixels:N0} of {(long)row.WholeEdge * row.WholeEdge:N0} pixels)" : "",
                row.HandedOverBecauseOf is { } what ? $"; handed to reference, which alone draws {what}" : "",
                rows.Where(same => same.SameAsDouble).Select(same => same.Precision).ToArray() is { Length: > 0 } same ? $"; in {string.Join(" and ", same)} it is drawn as in double" : ""));
        }

        notes.Add("Rates and shares are those of the best time; docs/performance.md says what each column means.");
        return string.Concat(notes.Select(note => note + "\n"));
    }

    private static string Size(BenchRow row) => row.Edge == row.WholeEdge
        ? string.Create(CultureInfo.InvariantCulture, $"{row.Edge}²")
        : string.Create(CultureInfo.InvariantCulture, $"{row.Edge}² of {row.WholeEdge}²");

    private static string Exponential(double value) => value.ToString("0.00e+0", CultureInfo.InvariantCulture);
}
