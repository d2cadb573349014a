using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Reports;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Reports;

/// <summary>The forms of the report, each read back with a reader of its own kind.</summary>
public sealed class ReportFileTests
{
    /// <summary>A name and a message that every form has to escape.</summary>
    private const string Awkward = "a<b>&\"c\"|*_[x](y)";

    [Fact]
    public void Junit_parses_and_its_counts_are_those_of_its_tests()
    {
        var report = Everything();
        var root = XDocument.Parse(ReportFile.Text(report, "r.xml")).Root!;
        var suite = root.Elements("testsuite").ShouldHaveSingleItem();
        foreach (var counted in new[] { root, suite })
        {
            Count(counted, "tests").ShouldBe(suite.Elements("testcase").Count());
            Count(counted, "failures").ShouldBe(suite.Descendants("failure").Count());
            Count(counted, "errors").ShouldBe(suite.Descendants("error").Count());
            Count(counted, "skipped").ShouldBe(suite.Descendants("skipped").Count());
        }

        // Each error of the report fails a test, and nothing else does.
        suite.Descendants().Where(e => e.Name.LocalName is "failure" or "error").Select(e => e.Attribute("message")!.Value)
            .ShouldBe(report.Findings.Where(f => f.Severity == Severity.Error).Select(f => f.Message.Replace('\u0001', '\uFFFD')), ignoreOrder: true);
        suite.Elements("testcase").Where(test => test.Attribute("classname")!.Value == "good" && test.Attribute("name")!.Value == "time")
            .ShouldHaveSingleItem().Element("failure")!.Attribute("type")!.Value.ShouldBe("NB1001");
        suite.Descendants("failure").ShouldContain(e => e.Attribute("type")!.Value == "NB1008");
        suite.Descendants("error").ShouldContain(e => e.Attribute("type")!.Value == "NB1003");
        suite.Descendants("skipped").ShouldNotBeEmpty();
    }

    [Fact]
    public void Sarif_has_what_the_standard_requires_and_points_into_the_baseline()
    {
        var report = Everything();
        var root = JsonDocument.Parse(ReportFile.Text(report, "r.sarif")).RootElement;
        root.GetProperty("version").GetString().ShouldBe("2.1.0");
        root.GetProperty("$schema").GetString().ShouldEndWith("sarif-schema-2.1.0.json");
        var run = root.GetProperty("runs").EnumerateArray().ShouldHaveSingleItem();
        run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean().ShouldBeTrue();
        run.GetProperty("invocations")[0].GetProperty("exitCode").GetInt32().ShouldBe(2);
        var driver = run.GetProperty("tool").GetProperty("driver");
        driver.GetProperty("name").GetString().ShouldBe("dotnet-nanobragg");
        var rules = driver.GetProperty("rules").EnumerateArray().ToList();
        foreach (var rule in rules)
        {
            var code = rule.GetProperty("id").GetString()!;
            rule.GetProperty("shortDescription").GetProperty("text").GetString().ShouldBe(CodesPage.Title(code));
            rule.GetProperty("help").GetProperty("markdown").GetString()!.ShouldContain("**What.**");
            var help = new Uri(rule.GetProperty("helpUri").GetString()!, UriKind.Absolute);
            help.Fragment.ShouldBe($"#{code.ToLowerInvariant()}");
        }

        var results = run.GetProperty("results").EnumerateArray().ToList();
        results.Count.ShouldBe(report.Findings.Count);
        foreach (var (result, finding) in results.Zip(report.Findings))
        {
            result.GetProperty("ruleId").GetString().ShouldBe(finding.Code);
            rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString().ShouldBe(finding.Code);
            result.GetProperty("message").GetProperty("text").GetString().ShouldBe(finding.Message);
            result.GetProperty("level").GetString().ShouldBe(finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" });
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            place.GetProperty("artifactLocation").GetProperty("uri").GetString().ShouldBe("nanobragg.baseline.json");
            place.GetProperty("region").GetProperty("startLine").GetInt32().ShouldBe(finding.Line);
            place.GetProperty("region").GetProperty("startColumn").GetInt32().ShouldBe(finding.Column);
        }

        results.Select(result => result.GetProperty("partialFingerprints").GetProperty("nanobragg/v1").GetString()).ShouldBeUnique();
    }

    [Fact]
    public void Sarif_names_a_file_by_an_address_whatever_its_path()
    {
        string Address(string path) => JsonDocument.Parse(ReportFile.Text(One(path, "x"), "r.sarif")).RootElement
            .GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;
        Address("my files/b#1.json").ShouldBe("my%20files/b%231.json");
        var path = Path.Combine(Path.GetTempPath(), "my files", "b.json");
        new Uri(Address(path)).LocalPath.ShouldBe(path);
    }

    [Fact]
    public void Markdown_lists_each_finding_and_a_table_whose_rows_have_equal_cells()
    {
        var report = Everything();
        var lines = ReportFile.Text(report, "r.md").Split('\n');
        lines[0].ShouldStartWith("## gate: regressed (");
        lines.Count(line => line.StartsWith("- **", StringComparison.Ordinal)).ShouldBe(report.Findings.Count);
        var rows = lines.Where(line => line.StartsWith('|')).ToList();
        rows.Count.ShouldBe(2 + GateText.Rows(report).Count);
        rows.ShouldAllBe(row => Regex.Count(row, @"(?<!\\)\|") == 8);
        lines.ShouldContain(line => line.Contains("`dotnet nanobragg baseline update --scenario good --metric time --reason \"…\"`"));
        lines.ShouldContain(line => line.Contains(@"a&lt;b&gt;&amp;""c""\|\*\_\[x\](y)"));
    }

    [Fact]
    public void Html_escapes_names_draws_bounds_and_loads_nothing()
    {
        var page = ReportFile.Text(Everything(), "r.html");
        page.ShouldContain("a&lt;b&gt;&amp;&quot;c&quot;|*_[x](y)");
        page.ShouldNotContain("a<b>");
        Regex.Count(page, "<svg ").ShouldBeGreaterThan(0);
        foreach (var loading in new[] { "<script", "<link", "<img", "<iframe", "src=", "url(", "@import", "http://", "https://", "onerror" })
        {
            page.ShouldNotContain(loading);
        }

        // Each element is closed, so it can be read as XML once the elements without an end are taken out.
        var body = page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("</html>", StringComparison.Ordinal)];
        var read = XDocument.Parse(body.Replace("\u0001", "", StringComparison.Ordinal));
        var anchors = read.Descendants("h2").Select(e => e.Attribute("id")?.Value).ToList();
        read.Descendants("a").Select(a => a.Attribute("href")!.Value[1..]).ShouldAllBe(target => anchors.Contains(target));
        foreach (var number in read.Descendants("rect").Attributes().Where(a => a.Name.LocalName is "x" or "width"))
        {
            double.Parse(number.Value, CultureInfo.InvariantCulture).ShouldBeInRange(0, 200);
        }
    }

    [Theory]
    [InlineData("r.html", HtmlReport.MostBytes)]
    [InlineData("r.md", 1 << 20)]
    public void A_report_of_any_size_is_cut_where_its_readers_have_a_limit_and_says_so(string file, int limit)
    {
        var cases = Enumerable.Range(0, 3000).Select(i => Sample.Usual($"case/{i}", slower: 2)).ToArray();
        var known = Sample.File(Acceptance.Apply(Baseline.Empty, Sample.Run([.. cases.Select(c => Sample.Usual(c.Name))]), new(), new()).Baseline);
        var text = ReportFile.Text(RunJudgement.Judge(Sample.Run(cases), known, new(), new()), file);
        Encoding.UTF8.GetByteCount(text).ShouldBeLessThanOrEqualTo(limit);
        text.ShouldContain(" more findings");
        text.ShouldContain(" more metrics");
        Encoding.UTF8.GetByteCount(ReportFile.Text(One("b.json", new string('<', 2_000_000)), file)).ShouldBeLessThanOrEqualTo(limit);
    }

    [Theory]
    [InlineData("r.md")]
    [InlineData("r.html")]
    public void A_figure_whose_unit_changed_is_told_in_each_sides_unit(string file)
    {
        var known = Sample.File(Acceptance.Apply(Baseline.Empty, Sample.Run(Sample.Case("good", Sample.Exact("steps", 5, "calls"))), new(), new()).Baseline);
        var text = ReportFile.Text(RunJudgement.Judge(Sample.Run(Sample.Case("good", Sample.Exact("steps", 5, "rows"))), known, new(), new()), file);
        Regex.IsMatch(text, @"steps( \| |</td><td class=.n.>)5 calls( \| |</td><td class=.n.>)5 rows").ShouldBeTrue(text);
    }

    [Theory]
    [InlineData("r.json")]
    [InlineData("r.xml")]
    [InlineData("r.sarif")]
    [InlineData("r.md")]
    [InlineData("r.html")]
    public void No_form_names_the_host_the_user_or_the_home_folder(string file)
    {
        var text = ReportFile.Text(Everything(), file);
        foreach (var name in new[] { Environment.MachineName, Environment.UserName, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), AppContext.BaseDirectory }.Where(name => name.Length > 2))
        {
            Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(name)}(?!\w)").ShouldBeFalse(name);
        }
    }

    [Theory]
    [InlineData("r.json")]
    [InlineData("r.xml")]
    [InlineData("r.sarif")]
    [InlineData("r.md")]
    [InlineData("R.HTML")]
    public void A_run_without_a_baseline_can_be_told_in_each_form(string file)
    {
        var text = ReportFile.Text(RunJudgement.NoBaseline(BaselineFile.Read("/nowhere/b.json"), new()), file);
        text.ShouldContain("there is no baseline yet");
        text.ShouldEndWith("\n");
        text.ShouldNotContain("\r");
    }

    [Fact]
    public void Each_code_has_a_title_and_a_text_for_the_reports()
    {
        foreach (var code in typeof(FindingCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!))
        {
            CodesPage.Title(code).ShouldNotBeNullOrWhiteSpace();
            CodesPage.Text(code).ShouldStartWith("**What.**");
            CodesPage.Text(code).ShouldNotContain("<a id=");
        }
    }

    /// <summary>A report with a regression, a failed kernel, a wrong result, noise, an improvement, a case too many and one too few, and names that need escaping.</summary>
    private static GateReport Everything()
    {
        MeasuredCase Noisy(string name) => Sample.Case(name, [.. Sample.Usual(name).Metrics.Where(m => m.Kind == MetricKind.Exact), Sample.Ratio("time", "fma-1", 3, 4.5, 3.6, 5, 2.9)]);
        string[] names = ["good", "fast", "failed", "noisy", "gone", "quiet", Awkward];
        var known = Sample.File(Acceptance.Apply(Baseline.Empty, Sample.Run([.. names.Select(name => Sample.Usual(name))]), new(), new()).Baseline);
        return RunJudgement.Judge(
            Sample.Run(
                Sample.Usual("good", slower: 1.4),
                Sample.Usual("fast", slower: 0.5),
                Sample.Usual("failed") with { Failure = $"pixel \u0001 is {Awkward}", Metrics = [] },
                Noisy("noisy"),
                Sample.Usual("quiet"),
                Sample.Usual("fresh"),
                Sample.Usual(Awkward, allocated: 4096)),
            known,
            new(),
            new());
    }

    private static GateReport One(string file, string message) =>
        GateReport.Of(Verdict.Unusable, ExitCode.BaselineUnusable, Finding.At(file, JsonPosition.Start, FindingCodes.BaselineUnreadable, Severity.Error, message));

    private static int Count(XElement element, string name) => int.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
