using System.Globalization;
using System.Text;
using NanoBragg.Tool.Gate;

namespace NanoBragg.Tool.Reports;

/// <summary>The gate's report as Markdown, short enough for the step summary of a build service (1 MiB at most).</summary>
internal static class MarkdownReport
{
    /// <summary>Findings, and metrics, that are listed; whoever has more of them reads the JSON report.</summary>
    private const int MostRows = 300;

    /// <summary>The characters of a message that are kept: a kernel's may be of any length.</summary>
    private const int MostCharacters = 1000;

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <returns>Markdown with a final newline.</returns>
    public static string Write(GateReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {Escaped(GateText.Closing(report))}\n");
        if (report is { Assembly: { } assembly, Machine: { } machine })
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Escaped(assembly)} {Escaped(report.KernelVersion ?? "")} on {Escaped(machine.Id)}, {GateText.Workers(report)}\n");
        }

        if (Words.Together(report) is { } together)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Escaped(together)}\n");
        }

        if (GateText.Reused(report) is { } reused)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Escaped(reused)}\n");
        }

        if (report.Findings.Count > 0)
        {
            text.Append('\n');
            foreach (var f in report.Findings.Take(MostRows))
            {
                var message = f.Message.Length > MostCharacters ? f.Message[..MostCharacters] + " …" : f.Message;
                text.Append(CultureInfo.InvariantCulture, $"- **{f.Severity.ToString().ToLowerInvariant()} {f.Code}** ({Escaped(f.File)}, line {f.Line}): {Message(message)}\n");
            }

            More(text, report.Findings.Count, "findings");
        }

        var rows = GateText.Rows(report);
        if (rows.Count > 0)
        {
            text.Append("\n| scenario | metric | then | now | change | bounds | verdict |\n|---|---|--:|--:|--:|---|---|\n");
            foreach (var c in rows.OrderBy(c => c.Outcome == Outcome.Pass).Take(MostRows))
            {
                var verdict = GateText.Verdict(c.Outcome);
                string[] cells = [c.Scenario, c.Metric, GateText.Then(c), GateText.Now(c), GateText.Change(c), GateText.Bounds(c)];
                text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells.Select(Escaped))} | {(c.Outcome == Outcome.Pass ? verdict : $"**{verdict}**")} |\n");
            }

            More(text, rows.Count, "metrics");
        }

        return text.ToString();
    }

    private static void More(StringBuilder text, int count, string what)
    {
        if (count > MostRows)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n… and {count - MostRows} more {what}: `--report FILE.json` has them all.\n");
        }
    }

    /// <summary>Keeps the commands between back-ticks as they are, so that they can be pasted, and escapes all else.</summary>
    private static string Message(string message)
    {
        var parts = message.Split('`');
        return parts.Length % 2 == 0 ? Escaped(message) : string.Join('`', parts.Select((part, i) => i % 2 == 0 ? Escaped(part) : part));
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '\n' or '\r' => escaped.Append(' '),
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#' => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
