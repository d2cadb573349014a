using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Reports;

/// <summary>
/// The gate's report as JUnit XML: a test for each metric, named by its scenario, and one for each finding that is about no single metric.
/// What fails the gate is a failure (worse or wrong) or an error (nothing to compare with); what could not be judged is skipped.
/// </summary>
internal static class JUnitReport
{
    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <returns>XML with a final newline.</returns>
    public static string Write(GateReport report)
    {
        var tests = Tests(report).ToList();
        XAttribute[] counts =
        [
            new("name", Clean(report.Assembly ?? "gate")),
            new("tests", tests.Count),
            new("failures", tests.Count(test => test.Element("failure") is not null)),
            new("errors", tests.Count(test => test.Element("error") is not null)),
            new("skipped", tests.Count(test => test.Element("skipped") is not null)),
        ];
        var suite = new XElement("testsuite", counts, tests, new XElement("system-out", Clean(string.Join('\n', new[] { GateText.Reused(report), GateText.Closing(report) }.OfType<string>()))));
        var document = new XDocument(new XElement("testsuites", counts.Select(count => new XAttribute(count)), suite));
        using var text = new Utf8Text();
        using (var writer = XmlWriter.Create(text, new() { Indent = true, NewLineChars = "\n" }))
        {
            document.Save(writer);
        }

        return text + "\n";
    }

    private static IEnumerable<XElement> Tests(GateReport report)
    {
        var told = new HashSet<Finding>(ReferenceEqualityComparer.Instance);
        foreach (var c in report.Comparisons)
        {
            // A kernel that failed is one finding for all its metrics.
            var metric = c.Outcome == Outcome.Failed ? null : c.Metric;
            var findings = report.Findings.Where(finding => finding.Scenario == c.Scenario && finding.Metric == metric).ToList();
            told.UnionWith(findings);
            yield return Test(c.Scenario, c.Metric, findings, Skipped(c.Outcome), c is { Kind: MetricKind.Duet, SameCode: true } ? GateText.Change(c) : null);
        }

        foreach (var finding in report.Findings.Where(finding => !told.Contains(finding)))
        {
            yield return Test(finding.Scenario ?? "baseline", $"{finding.Code}: {CodesPage.Title(finding.Code)}", [finding], skipped: null);
        }
    }

    private static XElement Test(string scenario, string name, List<Finding> findings, string? skipped, string? remark = null)
    {
        var test = new XElement("testcase", new XAttribute("classname", Clean(scenario)), new XAttribute("name", Clean(name)));
        var error = findings.Find(finding => finding.Severity == Severity.Error);
        if (error is not null)
        {
            var failed = error.Code is FindingCodes.Regression or FindingCodes.KernelFailed or FindingCodes.Improvement or FindingCodes.Creep;
            test.Add(new XElement(failed ? "failure" : "error", new XAttribute("type", error.Code), new XAttribute("message", Clean(error.Message)), Clean(GateText.Canonical(error))));
        }
        else if (skipped is not null)
        {
            test.Add(new XElement("skipped", new XAttribute("message", Clean(findings.FirstOrDefault()?.Message ?? skipped))));
        }

        var others = findings.Where(finding => finding != error).Select(GateText.Canonical).Concat(remark is null ? [] : [remark]).ToList();
        if (others.Count > 0)
        {
            test.Add(new XElement("system-out", Clean(string.Join('\n', others))));
        }

        return test;
    }

    private static string? Skipped(Outcome outcome) =>
        outcome is Outcome.Inconclusive or Outcome.New or Outcome.Missing or Outcome.NotAvailable or Outcome.OtherMachine ? $"not judged: {GateText.Verdict(outcome)}" : null;

    /// <summary>Replaces what no XML may hold, such as the control characters of a kernel's message.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value is '\t' or '\n' or (>= 0x20 and not (0xFFFE or 0xFFFF)) ? rune.ToString() : "\uFFFD");
        }

        return clean.ToString();
    }

    /// <summary>A text whose XML declaration says what the file will be.</summary>
    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }
}
