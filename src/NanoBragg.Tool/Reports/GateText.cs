using System.Globalization;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using Spectre.Console;

namespace NanoBragg.Tool.Reports;

/// <summary>The gate's report for people: findings as MSBuild and editors read them, a table of what is worth a look, one closing line.</summary>
internal static class GateText
{
    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">Where to.</param>
    public static void Write(GateReport report, TextWriter output)
    {
        foreach (var finding in report.Findings)
        {
            output.WriteLine(Canonical(finding));
        }

        // What the base says has columns of its own.
        var rows = Rows(report).Where(c => c.Kind != MetricKind.Duet).ToList();
        if (rows.Count > 0)
        {
            PlainConsole.Draw(Table(rows), output);
        }

        var duets = report.Comparisons.Where(c => c.Kind == MetricKind.Duet).ToList();
        if (duets.Count > 0)
        {
            PlainConsole.Draw(DuetTable(duets), output);
        }

        if (Reused(report) is { } reused)
        {
            output.WriteLine(reused);
        }

        if (report.ReplacedWorkers is not null)
        {
            output.WriteLine(Workers(report));
        }

        if (Words.Together(report) is { } together)
        {
            output.WriteLine(together);
        }

        output.WriteLine(Closing(report));
    }

    /// <summary>Says how many worker processes measured.</summary>
    /// <param name="report">The report of a run that measured.</param>
    /// <returns>The words.</returns>
    public static string Workers(GateReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Workers} worker processes{(report.ReplacedWorkers is { } replaced ? $"; {replaced} more {(replaced == 1 ? "was" : "were")} killed from outside and replaced" : "")}");

    /// <summary>Says a finding in MSBuild's canonical form, which editors make clickable and <c>Exec</c> recognises.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>One line.</returns>
    public static string Canonical(Finding finding)
    {
        var severity = finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "info" };
        return string.Create(CultureInfo.InvariantCulture, $"{finding.File}({finding.Line},{finding.Column}): {severity} {finding.Code}: {finding.Message}");
    }

    /// <summary>Says what a metric was.</summary>
    /// <param name="c">The comparison.</param>
    /// <returns>The words, or an empty text.</returns>
    public static string Then(Comparison c) => c.Then is { } figure ? $"{Words.Figure(figure, c.ThenUnit ?? c.Unit, c.Yardstick)}{(c.AgainstBase ? " (base)" : "")}" : "";

    /// <summary>Says what a metric is.</summary>
    /// <param name="c">The comparison.</param>
    /// <returns>The words, or an empty text.</returns>
    public static string Now(Comparison c) => c.Now is { } figure ? Words.Figure(figure, c.Unit, c.Yardstick) : "";

    /// <summary>Says by how much a metric changed, or that there was nothing to measure.</summary>
    /// <param name="c">The comparison.</param>
    /// <returns>The words, or an empty text.</returns>
    public static string Change(Comparison c) => c is { Kind: MetricKind.Duet, SameCode: true } ? "same code" : c.Change is { } change ? Words.Percent(change, c.Kind) : "";

    /// <summary>Says the bounds of a ratio's change.</summary>
    /// <param name="c">The comparison.</param>
    /// <returns>The words, or an empty text.</returns>
    public static string Bounds(Comparison c) =>
        c is { ChangeAtLeast: { } least, ChangeAtMost: { } most } ? $"{Words.Percent(least, c.Kind)} … {Words.Percent(most, c.Kind)}" : "";

    /// <summary>Says a verdict on one metric.</summary>
    /// <param name="outcome">The verdict.</param>
    /// <returns>The words.</returns>
    public static string Verdict(Outcome outcome) => outcome == Outcome.OtherMachine ? "other machine" : outcome == Outcome.NotAvailable ? "not available" : outcome.ToString().ToLowerInvariant();

    /// <summary>Says the verdict on the run, with the count of each verdict on a metric.</summary>
    /// <param name="report">The report.</param>
    /// <returns>One line.</returns>
    public static string Closing(GateReport report)
    {
        var counts = report.Comparisons.GroupBy(c => c.Outcome).OrderBy(group => group.Key).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {Verdict(group.Key)}"));
        var verdict = report.Verdict == Gate.Verdict.TimedOut ? "timed out" : report.Verdict.ToString().ToLowerInvariant();
        return report.Comparisons.Count == 0 ? $"gate: {verdict}" : $"gate: {verdict} ({string.Join(", ", counts)})";
    }

    /// <summary>Says why nothing was measured.</summary>
    /// <param name="report">The report.</param>
    /// <returns>One line; null where something was measured.</returns>
    public static string? Reused(GateReport report) => report.PassedAt is { } when
        ? string.Create(CultureInfo.InvariantCulture, $"nothing to measure: same code, runtime, machine and baseline as when the gate passed on {when.UtcDateTime:yyyy-MM-dd HH:mm} UTC")
        : null;

    /// <summary>Picks what is worth a look: exact metrics that pass are many and all the same, and what only informs is in the JSON report.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The comparisons to show.</returns>
    public static List<Comparison> Rows(GateReport report) => [.. report.Comparisons.Where(c => (c.Kind is MetricKind.Ratio or MetricKind.Duet || c.Outcome != Outcome.Pass) && c.Outcome != Outcome.Information)];

    private static Table Table(List<Comparison> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("scenario", "metric", "then", "now", "change", "bounds", "verdict");
        foreach (var c in rows)
        {
            string[] cells =
            [
                c.Scenario, c.Metric, Then(c), Now(c), Change(c), Bounds(c), Verdict(c.Outcome),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell, Style(c.Outcome)))]);
        }

        return table;
    }

    private static Table DuetTable(List<Comparison> duets)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("scenario", "time against the base", "bounds", "processes", "would find", "verdict");
        foreach (var c in duets)
        {
            string[] cells =
            [
                c.Scenario,
                Change(c),
                c is { ChangeAtLeast: { } least, ChangeAtMost: { } most } ? $"{Words.Percent(least, c.Kind)} … {Words.Percent(most, c.Kind)} ({(100 * c.Confidence)?.ToString("0.#", CultureInfo.InvariantCulture)} %)" : "",
                c.Groups is > 0 and var groups ? groups.ToString(CultureInfo.InvariantCulture) : "",
                c.DetectableChange is { } detectable ? Words.Percent(detectable, c.Kind) : "",
                Verdict(c.Outcome),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell, Style(c.Outcome)))]);
        }

        return table;
    }

    private static Style Style(Outcome outcome) => outcome switch
    {
        Outcome.Regressed or Outcome.Failed => new(Color.Red),
        Outcome.Improved => new(Color.Green),
        Outcome.Inconclusive or Outcome.New or Outcome.Missing or Outcome.Waived => new(Color.Yellow),
        _ => Spectre.Console.Style.Plain,
    };
}
