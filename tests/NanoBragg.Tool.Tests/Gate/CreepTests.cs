using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>Slower than at the last release, in steps that passed. Five processes that agree to 0.5 % tell a change to about 2.9 %.</summary>
public class CreepTests
{
    private static readonly Baseline Release = Recorded(1);

    [Theory]
    [InlineData(1.04, "")]
    [InlineData(1.065, "Warning")]
    [InlineData(1.07, "Warning")]
    [InlineData(1.085, "Error")]
    public void What_became_certainly_slower_is_told_and_fails_past_five_percent(double slower, string severity)
    {
        // Today's baseline was moved along, so that the last step is none.
        var report = Judge(slower, today: Recorded(slower));
        report.Findings.Select(f => (f.Code, f.Severity.ToString())).ShouldBe(severity.Length == 0 ? [] : [(FindingCodes.Creep, severity)]);
        report.ExitCode.ShouldBe(severity == "Error" ? 2 : 0);
        report.Verdict.ShouldBe(severity == "Error" ? Verdict.Regressed : Verdict.Pass);
    }

    [Fact]
    public void The_finding_says_since_when_by_how_much_and_how_to_accept_it()
    {
        var today = Sample.File(Recorded(1.085));
        var finding = Judge(1.085, today.Content).Findings.ShouldHaveSingleItem();
        (finding.Scenario, finding.Metric).ShouldBe(("good", "time"));
        finding.Message.ShouldStartWith("good: time is 3.483 × fma-1, was 3.21 × fma-1, +8.5 % (between +5.");
        finding.Message.ShouldEndWith(", allowed 5 % since v1.2.0; each step passed; to accept it, say why: `dotnet nanobragg baseline update --scenario good --metric time --accept-regression \"why\"`, or write a \"reason\" on its line");
        BaselineText.Write(today.Content).Split('\n')[finding.Line - 1].ShouldContain("\"time\"");
    }

    [Fact]
    public void A_step_that_was_accepted_with_a_word_only_warns()
    {
        var report = Judge(1.4, Recorded(1.4, reason: "exact borders"));
        report.ExitCode.ShouldBe(0);
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Severity).ShouldBe((FindingCodes.Creep, Severity.Warning));
        finding.Message.ShouldEndWith("since v1.2.0; accepted since: exact borders");

        // The word of the release was for the step before it.
        Judge(1.4, Recorded(1.4, reason: "old"), release: Recorded(1, reason: "old")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void What_fails_already_is_not_told_twice()
    {
        var report = Judge(1.3, today: Recorded(1));
        report.Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.Regression);
        Judge(1.3, Recorded(1), failOn: FailOn.Exact).Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.Regression);
    }

    [Fact]
    public void A_waiver_covers_it_and_is_needed_by_it()
    {
        var waiver = new Waiver { Scenario = "good", Metric = "time", Ceiling = 1.2, Until = NuGet.Versioning.VersionRange.Parse("[1.0.0, 2.0.0)"), Reason = "the new border" };
        var today = Recorded(1.085) with { Waivers = [waiver] };
        var waived = Judge(1.085, today);
        waived.ExitCode.ShouldBe(0);
        waived.Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.Waived);

        var low = Judge(1.085, today with { Waivers = [waiver with { Ceiling = 1.01 }] });
        low.ExitCode.ShouldBe(2);
        low.Findings.Select(f => f.Code).ShouldBe([FindingCodes.Creep, FindingCodes.WaiverEnded]);
    }

    [Fact]
    public void Times_that_only_inform_do_not_fail()
    {
        var report = Judge(1.085, Recorded(1.085), failOn: FailOn.Exact);
        report.ExitCode.ShouldBe(0);
        report.Findings.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning);
        Judge(1.065, Recorded(1.065), failOn: FailOn.Exact).Findings.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Info);
    }

    [Fact]
    public void Another_machine_yardstick_or_range_of_versions_then_says_nothing()
    {
        var today = Recorded(1.085);
        Judge(1.085, today, Recorded(1, "arm")).Findings.ShouldBeEmpty();
        Judge(1.085, today, Sample.File(BaselineText.Write(Release).Replace("fma-1", "stream-1", StringComparison.Ordinal)).Content).Findings.ShouldBeEmpty();
        Judge(1.085, today, Sample.File(BaselineText.Write(Release).Replace("[1.2.3-0, 2.0.0-0)", "[0.9.0, 1.0.0)", StringComparison.Ordinal)).Content).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_told_beside_a_base_too()
    {
        var measured = Sample.Usual("good", slower: 1.085);
        var duet = new MeasuredMetric { Name = "time", Yardstick = "base", Kind = MetricKind.Duet, Unit = "×", Better = Better.Lower, Value = 1, Groups = [.. Enumerable.Repeat(1.0, 12)] };
        var run = Sample.Run(measured with { Metrics = [.. measured.Metrics, duet] }) with { BaseVersion = "1.2.2", Workers = 12 };
        RunJudgement.Judge(run, Sample.File(Recorded(1.085)), new(), new(), new("v1.2.0", Release)).Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.Creep);
    }

    private static Baseline Recorded(double slower, string? machine = null, string? reason = null)
    {
        var run = Sample.Run(Sample.Usual("good", slower: slower));
        var text = BaselineText.Write(Acceptance.Apply(Baseline.Empty, machine is null ? run : run with { Machine = Sample.Machine(machine) }, new(), new()).Baseline);
        return Sample.File(reason is null ? text : text.Replace("\"groups\": 5, \"better\": \"lower\"", $"\"groups\": 5, \"better\": \"lower\", \"reason\": \"{reason}\"", StringComparison.Ordinal)).Content;
    }

    private static GateReport Judge(double slower, Baseline today, Baseline? release = null, FailOn failOn = FailOn.All) =>
        RunJudgement.Judge(Sample.Run(Sample.Usual("good", slower: slower)), Sample.File(today), new() { FailOn = failOn }, new(), new("v1.2.0", release ?? Release));
}
