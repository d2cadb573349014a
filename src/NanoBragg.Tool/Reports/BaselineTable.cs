using System.Globalization;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using Spectre.Console;

namespace NanoBragg.Tool.Reports;

/// <summary>A baseline as a table for people.</summary>
internal static class BaselineTable
{
    /// <summary>Writes the table.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="output">Where to.</param>
    public static void Write(Baseline baseline, TextWriter output)
    {
        foreach (var (id, machine) in baseline.Machines)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id}: {machine.Processor}, {machine.InstructionSets}, {machine.Processors} processors, {machine.Platform}, {machine.Runtime}"));
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("scenario", "kernel", "metric", "value", "tolerance", "machine", "reason or note");
        foreach (var entry in baseline.Entries.OrderBy(entry => entry.Scenario, StringComparer.Ordinal).ThenBy(entry => entry.Kernel.MinVersion))
        {
            void Row(string metric, string value, string tolerance, string machine, string? remark) => table.AddRow(
                [.. ((string[])[entry.Scenario, entry.Kernel.OriginalString ?? "", metric, value, tolerance, machine, remark ?? entry.Note ?? ""]).Select(cell => new Text(cell))]);
            foreach (var (metric, figure) in entry.Exact)
            {
                Row(metric, Words.Figure(figure.Value, figure.Unit), Tolerance(figure), "any", figure.Reason ?? figure.Note);
            }

            foreach (var (machine, figures) in entry.Machines)
            {
                foreach (var (metric, figure) in figures)
                {
                    var limit = figure.Limit is { } own ? string.Create(CultureInfo.InvariantCulture, $"{100 * own:0.#} %") : "";
                    Row(metric, Words.Figure(figure.Value, figure.Unit, figure.Yardstick), limit, machine, figure.Reason ?? figure.Note);
                }
            }

            foreach (var (machine, figures) in entry.Pins)
            {
                foreach (var (metric, figure) in figures)
                {
                    Row(metric, Words.Figure(figure.Value, figure.Unit), Tolerance(figure), machine, figure.Reason ?? figure.Note);
                }
            }
        }

        PlainConsole.Draw(table, output);
        foreach (var waiver in baseline.Waivers)
        {
            output.WriteLine($"waived: {waiver.Scenario}: {waiver.Metric} up to {Words.Factor(waiver.Ceiling)} {Words.End(waiver)}: {waiver.Reason}");
        }
    }

    private static string Tolerance(ExactFigure figure)
    {
        var absolute = figure.AbsoluteTolerance is { } value ? $"±{Words.Figure(value, figure.Unit)}" : null;
        var relative = figure.RelativeTolerance is { } share ? string.Create(CultureInfo.InvariantCulture, $"±{share:G3} of it") : null;
        return string.Join(" or ", ((string?[])[absolute, relative]).Where(part => part is not null));
    }
}
