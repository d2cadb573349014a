using System.Globalization;
using System.Net;
using System.Text;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Reports;

/// <summary>
/// The gate's report as one HTML page that loads nothing: findings, a table with the bounds of each ratio drawn as a bar, and what the codes
/// that occur mean. At most <see cref="MostBytes"/>.
/// </summary>
internal static class HtmlReport
{
    /// <summary>The largest page that is written.</summary>
    public const int MostBytes = 300_000;

    // What a reader needs first comes first, so that what is left out of a huge report are metrics that pass.
    private const int FindingBytes = 120_000;
    private const int RowBytes = 120_000;
    private const int MostCharacters = 1000;

    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1b1f24; background: #fff }
        table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #d8dee4 }
        td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums } code { background: #f0f2f4; padding: 0 .2em }
        pre { white-space: pre-wrap; font: inherit } li { margin: .4rem 0 } svg { display: block }
        .bad { color: #b3151b } .good { color: #116329 } .unsure { color: #8a5a00 }
        """;

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <returns>HTML with a final newline.</returns>
    public static string Write(GateReport report)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{Text(GateText.Closing(report))}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{Text(GateText.Closing(report))}</h1>\n");
        if (report is { Assembly: { } assembly, Machine: { } machine })
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{Text(assembly)} {Text(report.KernelVersion ?? "")} on {Text(machine.Id)}, {GateText.Workers(report)}{(Words.Together(report) is { } together ? $". {Text(together)}" : "")}</p>\n");
        }

        if (GateText.Reused(report) is { } reused)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{Text(reused)}</p>\n");
        }

        if (report.Findings.Count > 0)
        {
            page.Append("<h2>Findings</h2>\n<ul>\n");
            var left = AppendWithin(page, FindingBytes, report.Findings.Select(Item));
            page.Append(CultureInfo.InvariantCulture, $"</ul>\n{More(left, "findings")}");
        }

        if (report.Comparisons.Count > 0)
        {
            var scale = Scale(report.Comparisons);
            page.Append("<h2>Metrics</h2>\n<table>\n<thead><tr><th>scenario</th><th>metric</th><th>then</th><th>now</th><th>change</th><th>bounds</th><th></th><th>verdict</th></tr></thead>\n<tbody>\n");
            var left = AppendWithin(page, RowBytes, report.Comparisons.OrderBy(c => c.Outcome == Outcome.Pass).ThenBy(c => c.Kind != MetricKind.Ratio).Select(c => Row(c, scale)));
            page.Append(CultureInfo.InvariantCulture, $"</tbody>\n</table>\n{More(left, "metrics")}");
            page.Append(CultureInfo.InvariantCulture, $"<p>Bars: where a ratio's change certainly lies, from {Words.Percent(-scale, MetricKind.Ratio)} to {Words.Percent(scale, MetricKind.Ratio)}; grey line no change, red line the limit.</p>\n");
        }

        foreach (var code in report.Findings.Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2 id=\"{code.ToLowerInvariant()}\">{code}: {Text(CodesPage.Title(code))}</h2>\n<pre>{Text(CodesPage.Text(code))}</pre>\n");
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static string Item(Finding f)
    {
        var message = f.Message.Length > MostCharacters ? f.Message[..MostCharacters] + " …" : f.Message;

        // Commands stand between back-ticks.
        var parts = message.Split('`').Select(Text).ToList();
        var told = parts.Count % 2 == 0 ? Text(message) : string.Concat(parts.Select((part, i) => i % 2 == 0 ? part : $"<code>{part}</code>"));
        var look = f.Severity switch { Severity.Error => "bad", Severity.Warning => "unsure", _ => "good" };
        return string.Create(CultureInfo.InvariantCulture, $"<li><b class=\"{look}\">{f.Severity.ToString().ToLowerInvariant()}</b> <a href=\"#{f.Code.ToLowerInvariant()}\">{f.Code}</a> ({Text(f.File)}, line {f.Line}): {told}</li>\n");
    }

    private static string Row(Comparison c, double scale)
    {
        var look = c.Outcome switch
        {
            Outcome.Regressed or Outcome.Failed => " class=\"bad\"",
            Outcome.Improved => " class=\"good\"",
            Outcome.Pass or Outcome.NotAvailable or Outcome.OtherMachine => "",
            _ => " class=\"unsure\"",
        };
        return $"<tr><td>{Text(c.Scenario)}</td><td>{Text(c.Metric)}</td><td class=\"n\">{Text(GateText.Then(c))}</td><td class=\"n\">{Text(GateText.Now(c))}</td>"
            + $"<td class=\"n\">{Text(GateText.Change(c))}</td><td class=\"n\">{Text(GateText.Bounds(c))}</td><td>{Bar(c, scale)}</td><td{look}>{GateText.Verdict(c.Outcome)}</td></tr>\n";
    }

    private static string Bar(Comparison c, double scale)
    {
        const double Width = 200;
        if (c is not { ChangeAtLeast: { } least, ChangeAtMost: { } most, Change: { } change })
        {
            return "";
        }

        double X(double value) => Math.Round((Math.Clamp(value / scale, -1, 1) + 1) / 2 * Width, 1);
        var limit = c.Allowed is { } allowed ? string.Create(CultureInfo.InvariantCulture, $"<path d=\"M{X(allowed)} 0v16\" stroke=\"#d1242f\"/>") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg width=\"{Width}\" height=\"16\" role=\"img\" aria-label=\"{Text(GateText.Bounds(c))}\"><path d=\"M{Width / 2} 0v16\" stroke=\"#8c959f\"/>{limit}<rect x=\"{X(least)}\" y=\"5\" width=\"{Math.Max(1, Math.Round(X(most) - X(least), 1))}\" height=\"6\" fill=\"#54aeff\"/><circle cx=\"{X(change)}\" cy=\"8\" r=\"3\" fill=\"#0550ae\"/></svg>");
    }

    /// <summary>One scale for all bars, or they could not be compared: wide enough for each limit, and for all bounds but the absurd.</summary>
    private static double Scale(IReadOnlyList<Comparison> comparisons)
    {
        var reach = comparisons.Where(c => c.Kind == MetricKind.Ratio)
            .SelectMany(c => new[] { c.ChangeAtLeast, c.ChangeAtMost, c.Allowed }).Select(value => Math.Abs(value ?? 0)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return Math.Clamp(1.1 * reach, 0.15, 2);
    }

    /// <summary>Appends pieces while they fit, and says how many did not.</summary>
    private static int AppendWithin(StringBuilder page, int bytes, IEnumerable<string> pieces)
    {
        var left = 0;
        foreach (var piece in pieces)
        {
            bytes -= Encoding.UTF8.GetByteCount(piece);
            if (bytes < 0)
            {
                left++;
            }
            else
            {
                page.Append(piece);
            }
        }

        return left;
    }

    private static string More(int left, string what) =>
        left == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"<p>… and {left} more {what}: <code>--report FILE.json</code> has them all.</p>\n");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
