using System.Text;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>Renders <c>summary.md</c>: a pure function of the report.</summary>
internal static class Summary
{
    /// <summary>The files of a bundle, with what each holds.</summary>
    public static readonly IReadOnlyList<(string File, string Holds)> Artefacts =
    [
        ("summary.md", "this page"),
        ("metrics.json", "every figure of this page, machine-readable; names carry their units"),
        ("commands.txt", "the commands that were run, ready to paste into a shell"),
        ("env.txt", "names of all environment variables; values where they cannot be secrets"),
        ("runtime_env.txt", "machine, limits, .NET runtime, versions"),
        ("run.log", "each step with its time, and what the workers wrote"),
        ("exit_code.txt", "the exit code"),
    ];

    /// <summary>Renders the page.</summary>
    public static string Render(DiagnosticReport report)
    {
        var page = new StringBuilder();
        page.Append($"# Diagnostic of {report.Scenario}\n\n");
        page.Append($"**{report.Status.ToText()}**: {report.StatusReason}\n\n");
        if (report.Measures.Length > 0)
        {
            page.Append($"{report.Measures}\n\n");
        }

        page.Append(Head(report)).Append('\n');
        Section(page, "Cases", SummaryTables.Cases(report));
        Section(page, "Result of each case", SummaryTables.ResultFigures(report));
        Section(page, "Checks", SummaryTables.Comparisons(report));
        Section(page, "Process", SummaryTables.Process(report));
        Section(page, "Kernel cost and process cost", SummaryTables.Stages(report));
        Section(page, "Repeats", SummaryTables.Repeats(report));
        Section(page, "Alone and under load", SummaryTables.Load(report));
        Section(page, "Key observations", Numbered(Observations.Of(report)));
        Section(page, "Environment", EnvironmentTable(report));
        Section(page, "Comparison with the committed baseline", SummaryTables.Changes(report.Baseline));
        Section(page, "Comparison with an earlier bundle", SummaryTables.Changes(report.Earlier));
        Section(page, "Guards", Guards(report.Guards));
        Section(page, "Artefacts", string.Concat(Artefacts.Select(a => $"- `{a.File}`: {a.Holds}\n")));
        Section(page, "Next actions", Numbered(NextActions.Of(report)));
        return page.ToString();
    }

    private static void Section(StringBuilder page, string heading, string text)
    {
        if (text.Length > 0)
        {
            page.Append($"## {heading}\n\n{text}\n");
        }
    }

    private static string Numbered(IEnumerable<string> sentences) => string.Concat(sentences.Select((s, i) => FormattableString.Invariant($"{i + 1}. {s}\n")));

    private static string Head(DiagnosticReport report)
    {
        var table = new MarkdownTable("", "");
        table.Add("Stamp (UTC)", report.Stamp);
        table.Add("Status", report.Status.ToText());
        table.Add("Exit code", Quantity.Count(report.ExitCode));
        table.Add("Assembly under test", $"{report.Assembly} {report.KernelVersion ?? "(version unknown: no worker reported)"}");
        table.Add("Command", $"`{Shell.Join(report.Command)}`");
        table.Add("Whole diagnostic", Quantity.Seconds(report.WallSeconds));
        return table.ToString();
    }

    private static string EnvironmentTable(DiagnosticReport report)
    {
        var table = new MarkdownTable("", "");
        table.Add("dotnet-nanobragg", report.ToolVersion);
        table.Add("machine", report.Machine.Id);
        foreach (var fact in report.Environment.Where(f => f.Section is "System" or "Processor" or "Memory" or "Runtime"))
        {
            table.Add(fact.Name, fact.Value);
        }

        return table.ToString();
    }

    private static string Guards(DiagnosticGuards guards) =>
        $"- Timeout: {Quantity.Figures(guards.TimeoutSeconds)} s for each worker process; past it the worker and its children are killed and the exit code is 5.\n"
        + $"- JIT tiering: {(guards.JitTiering ? "on" : "off (`--no-jit-tiering`): every method is compiled fully at its first call")}.\n"
        + $"- Device: {guards.Device}.\n"
        + $"- Processes alone: {Quantity.Count(guards.Repeats)}.\n"
        + $"- Load: {(guards.LoadThreads > 0 ? $"{Quantity.Count(guards.LoadThreads)} busy threads during one more process" : "not applied (`--no-load`)")}.\n";
}
