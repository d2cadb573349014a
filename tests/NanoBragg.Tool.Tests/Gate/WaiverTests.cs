using System.Globalization;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using NuGet.Versioning;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>Waivers in the baseline, judged on the first of December 2026.</summary>
public class WaiverTests
{
    private static readonly Waiver ForTime = new() { Scenario = "good", Metric = "time", Ceiling = 1.5, Expires = Day("2026-12-31"), Issue = "#12", Reason = "the new lattice is slower" };

    [Fact]
    public void A_waived_regression_is_a_warning_that_names_the_waiver_and_passes()
    {
        var report = Judge([ForTime], Sample.Usual("good", slower: 1.4));
        report.ExitCode.ShouldBe(0);
        report.Verdict.ShouldBe(Verdict.Pass);
        report.Comparisons.Single(c => c.Metric == "time").Outcome.ShouldBe(Outcome.Waived);
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Severity, finding.Scenario, finding.Metric).ShouldBe((FindingCodes.Waived, Severity.Warning, "good", "time"));
        finding.Message.ShouldStartWith("good: time is 4.494 × fma-1, was 3.21 × fma-1, +40.0 %");
        finding.Message.ShouldEndWith("; waived until 2026-12-31, up to 1.5 times: the new lattice is slower (#12)");
        BaselineText.Write(With([ForTime])).Split('\n')[finding.Line - 1].ShouldContain("\"ceiling\": 1.5");
    }

    [Theory]
    [InlineData(1.4, 0)]
    [InlineData(1.6, 2)]
    public void Time_against_a_base_can_be_waived_too(double slower, int exitCode)
    {
        var measured = Sample.Usual("good");
        var duet = new MeasuredMetric { Name = "time", Yardstick = "base", Kind = MetricKind.Duet, Unit = "×", Better = Better.Lower, Value = slower, Groups = [.. Enumerable.Repeat(slower, 12)] };
        var report = Judge([ForTime], Sample.Run(measured with { Metrics = [.. measured.Metrics, duet] }) with { BaseVersion = "1.2.2" });
        report.ExitCode.ShouldBe(exitCode);
        report.Findings.Select(f => f.Code).ShouldBe(exitCode == 0 ? [FindingCodes.Waived] : [FindingCodes.Regression, FindingCodes.WaiverEnded]);
        report.Findings[0].Message.ShouldStartWith(exitCode == 0 ? "good: time is +40.0 % against the base" : "good: time is +60.0 % against the base");
    }

    [Fact]
    public void Only_the_metric_that_is_named_is_waived()
    {
        var report = Judge([ForTime], Sample.Usual("good", allocated: 4096, slower: 1.4));
        report.ExitCode.ShouldBe(2);
        report.Findings.Select(f => (f.Code, f.Metric)).ShouldBe([(FindingCodes.Regression, "allocatedBytes"), (FindingCodes.Waived, "time")]);
    }

    [Theory]
    [InlineData("2026-12-01", true)]
    [InlineData("2026-11-30", false)]
    [InlineData("2027-03-01", true)]
    [InlineData("2027-03-02", false)]
    public void A_date_holds_through_its_last_day_and_at_most_ninety_days_ahead(string expires, bool holds) => Holds(ForTime with { Expires = Day(expires) }, holds);

    [Theory]
    [InlineData("[1.0.0, 2.0.0)", true)]
    [InlineData("[1.0.0, 1.2.3)", false)]
    public void A_range_of_kernel_versions_ends_a_waiver_without_a_date(string until, bool holds) =>
        Holds(ForTime with { Expires = null, Until = VersionRange.Parse(until) }, holds);

    [Theory]
    [InlineData(1.4001, true)]
    [InlineData(1.39, false)]
    public void Past_the_ceiling_a_waiver_does_not_count(double ceiling, bool holds) => Holds(ForTime with { Ceiling = ceiling }, holds);

    [Fact]
    public void A_waiver_that_ended_leaves_the_error_and_a_line_that_says_so()
    {
        var report = Judge([ForTime with { Expires = Day("2026-11-30") }], Sample.Usual("good", slower: 1.4));
        report.ExitCode.ShouldBe(2);
        report.Findings.Select(f => (f.Code, f.Severity)).ShouldBe([(FindingCodes.Regression, Severity.Error), (FindingCodes.WaiverEnded, Severity.Warning)]);
        report.Findings[1].Message.ShouldContain("does not cover this regression: it expired on 2026-11-30");
        Judge([ForTime with { Ceiling = 1.25 }], Sample.Usual("good", slower: 1.4)).Findings[1].Message.ShouldContain("its ceiling is 1.25 times, and this is 1.4 times");
    }

    [Fact]
    public void A_changed_result_cannot_be_waived()
    {
        var report = Judge([ForTime with { Metric = "sum", Ceiling = 100 }], Sample.Usual("good", sum: 12346));
        report.ExitCode.ShouldBe(2);
        report.Findings[1].Message.ShouldContain("a result that must stay equal cannot be waived");
    }

    [Fact]
    public void No_ceiling_covers_what_was_nothing()
    {
        var report = Judge([ForTime with { Metric = "allocatedBytes", Ceiling = 1e9 }], Sample.Usual("good", allocated: 4096));
        report.ExitCode.ShouldBe(2);
        report.Findings[1].Message.ShouldContain("no factor leads from what was to what is");
    }

    [Fact]
    public void A_waiver_that_nothing_needs_is_a_warning()
    {
        foreach (var waiver in new[] { ForTime, ForTime with { Metric = "tiem" }, ForTime with { Scenario = "gone" }, ForTime with { Expires = Day("2026-01-01") } })
        {
            var report = Judge([waiver], Sample.Usual("good"));
            report.ExitCode.ShouldBe(0);
            var finding = report.Findings.ShouldHaveSingleItem();
            (finding.Code, finding.Severity).ShouldBe((FindingCodes.UnusedWaiver, Severity.Warning));
        }
    }

    [Fact]
    public void A_waiver_of_what_was_not_asked_for_not_clear_or_not_judged_may_still_be_needed()
    {
        var noisy = Sample.Case("good", [.. Sample.Usual("good").Metrics.Where(m => m.Kind == MetricKind.Exact), Sample.Ratio("time", "fma-1", 3, 4.5, 3.6, 5, 2.9)]);
        Judge([ForTime], noisy).Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.Inconclusive);
        Judge([ForTime], Sample.Usual("good") with { Failure = "wrong", Metrics = [] }).Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.KernelFailed);
        Judge([ForTime with { Scenario = "other" }], Sample.Run(Sample.Usual("good")) with { Scenarios = ["good"] }).Findings.ShouldBeEmpty();
        Judge([ForTime], Sample.Run(Sample.Usual("good", slower: 3)) with { Machine = Sample.Machine("arm-1") }).Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.OtherMachine);
    }

    [Fact]
    public void Waivers_are_written_a_line_each_sorted_and_survive_an_update()
    {
        var baseline = With([ForTime, ForTime with { Metric = "allocatedBytes", Expires = null, Until = VersionRange.Parse("[1.0.0, 2.0.0)"), Issue = null }]);
        BaselineText.Write(baseline).ShouldContain("""
              "waivers": [
                { "scenario": "good", "metric": "allocatedBytes", "ceiling": 1.5, "until": "[1.0.0, 2.0.0)", "reason": "the new lattice is slower" },
                { "scenario": "good", "metric": "time", "ceiling": 1.5, "expires": "2026-12-31", "issue": "#12", "reason": "the new lattice is slower" }
              ]
            """);
        Acceptance.Apply(baseline, Sample.Run(Sample.Usual("good", slower: 2)), new(), new()).Baseline.Waivers.ShouldBe(baseline.Waivers);
    }

    private static void Holds(Waiver waiver, bool holds) => Judge([waiver], Sample.Usual("good", slower: 1.4)).ExitCode.ShouldBe(holds ? 0 : 2);

    private static Baseline With(IEnumerable<Waiver> waivers) =>
        Acceptance.Apply(Baseline.Empty, Sample.Run(Sample.Usual("good")), new(), new()).Baseline with { Waivers = [.. waivers] };

    private static GateReport Judge(IEnumerable<Waiver> waivers, MeasuredCase measured) => Judge(waivers, Sample.Run(measured));

    private static GateReport Judge(IEnumerable<Waiver> waivers, MeasuredRun run) =>
        RunJudgement.Judge(run, Sample.File(With(waivers)), new() { Clock = new FirstOfDecember() }, new());

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, Waiver.DateFormat, CultureInfo.InvariantCulture);

    /// <summary>Late on that day in UTC, when it is tomorrow already in half of the world.</summary>
    private sealed class FirstOfDecember : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 12, 1, 23, 30, 0, TimeSpan.Zero);
    }
}
