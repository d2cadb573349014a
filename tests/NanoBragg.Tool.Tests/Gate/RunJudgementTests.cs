using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

public class RunJudgementTests
{
    private static readonly BaselineFile Known = Sample.File(Acceptance.Apply(Baseline.Empty, Sample.Run(Sample.Usual("good"), Sample.Usual("other/a")), new(), new()).Baseline);

    [Fact]
    public void Many_times_are_judged_together_and_the_report_says_so()
    {
        // Alone the change is certain; among forty kernels it is one that may well happen to one of them.
        var cases = Enumerable.Range(0, 40).Select(i => Sample.Usual($"kernel-{i:00}")).ToArray();
        var baseline = Sample.File(Acceptance.Apply(Baseline.Empty, Sample.Run(cases), new(), new()).Baseline);
        var slower = cases[0] with { Metrics = [.. cases[0].Metrics.Select(metric => metric.Kind == MetricKind.Ratio ? metric with { Groups = [.. metric.Groups!.Select((value, i) => value * (1.12 + (0.016 * (i - 2))))] } : metric)] };

        RunJudgement.Judge(Sample.Run(slower) with { Scenarios = ["kernel-00"] }, baseline, new(), new()).ExitCode.ShouldBe(2);
        var report = RunJudgement.Judge(Sample.Run([slower, .. cases[1..]]), baseline, new(), new());
        report.ExitCode.ShouldBe(4);
        (report.TimesJudged, report.Confidence).ShouldBe((40, 0.999));
        Words.Together(report).ShouldBe("40 times were judged together: any of them is called worse wrongly in at most 0.1 % of runs");
        report.Comparisons.Where(c => c.Kind == MetricKind.Ratio).ShouldAllBe(c => c.DetectableChange > 0.1);
    }

    [Fact]
    public void An_unchanged_run_passes_without_a_word()
    {
        var report = Judge(Sample.Run(Sample.Usual("good"), Sample.Usual("other/a")));
        report.Findings.ShouldBeEmpty();
        report.Verdict.ShouldBe(Verdict.Pass);
        report.ExitCode.ShouldBe(0);
        report.Comparisons.Count.ShouldBe(6);
        report.Comparisons.ShouldAllBe(c => c.Outcome == Outcome.Pass);
    }

    [Fact]
    public void An_exact_regression_points_at_its_figure_in_the_baseline()
    {
        var report = Judge(Sample.Run(Sample.Usual("good", allocated: 1024), Sample.Usual("other/a")));
        report.ExitCode.ShouldBe(2);
        report.Verdict.ShouldBe(Verdict.Regressed);
        var finding = report.Findings.ShouldHaveSingleItem();
        finding.Code.ShouldBe(FindingCodes.Regression);
        finding.Severity.ShouldBe(Severity.Error);
        (finding.Scenario, finding.Metric).ShouldBe(("good", "allocatedBytes"));
        var line = BaselineText.Write(Known.Content).Split('\n')[finding.Line - 1];
        line.ShouldContain("\"allocatedBytes\"");
        line[(finding.Column - 1)..(finding.EndColumn - 1)].ShouldBe("0");
        finding.Message.ShouldBe("good: allocatedBytes is 1024 B, was 0 B, allowed ±256 B; to accept it: `dotnet nanobragg baseline update --scenario good --metric allocatedBytes --reason \"…\"`");
    }

    [Fact]
    public void A_changed_result_is_a_regression_in_either_direction()
    {
        foreach (var sum in new[] { 12345.7, 12345.6 })
        {
            Judge(Sample.Run(Sample.Usual("good", sum: sum), Sample.Usual("other/a"))).ExitCode.ShouldBe(2);
        }
    }

    [Fact]
    public void A_slower_kernel_fails_with_bounds_and_limit_in_the_message()
    {
        var report = Judge(Sample.Run(Sample.Usual("good", slower: 1.3), Sample.Usual("other/a")));
        report.ExitCode.ShouldBe(2);
        report.Findings.ShouldHaveSingleItem().Message.ShouldStartWith("good: time is 4.173 × fma-1, was 3.21 × fma-1, +30.0 % (between +25.9 % and +34.2 %), allowed 10 %; to accept");
        BaselineText.Write(Known.Content).Split('\n')[report.Findings[0].Line - 1].ShouldContain("\"time\"");
    }

    [Fact]
    public void Failing_on_exact_metrics_only_reports_a_slower_kernel_as_a_warning()
    {
        var run = Sample.Run(Sample.Usual("good", slower: 1.3), Sample.Usual("other/a"));
        var report = Judge(run, policy: new() { FailOn = FailOn.Exact });
        report.ExitCode.ShouldBe(0);
        report.Findings.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning);
        Judge(run with { Cases = [Sample.Usual("good", allocated: 1e6, slower: 1.3), run.Cases[1]] }, policy: new() { FailOn = FailOn.Exact }).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void An_improvement_is_told_and_passes()
    {
        var report = Judge(Sample.Run(Sample.Usual("good", slower: 0.7), Sample.Usual("other/a")));
        report.ExitCode.ShouldBe(0);
        var finding = report.Findings.ShouldHaveSingleItem();
        finding.Code.ShouldBe(FindingCodes.Improvement);
        finding.Severity.ShouldBe(Severity.Info);
    }

    [Fact]
    public void With_the_ratchet_an_improvement_fails_until_it_is_banked()
    {
        foreach (var better in new[] { Sample.Usual("good", slower: 0.7), Sample.Usual("good", allocated: -1000) })
        {
            var run = Sample.Run(better, Sample.Usual("other/a"));
            var report = Judge(run, policy: new() { Ratchet = true });
            report.ExitCode.ShouldBe(2);
            report.Verdict.ShouldBe(Verdict.Unbanked);
            var finding = report.Findings.ShouldHaveSingleItem();
            (finding.Code, finding.Severity).ShouldBe((FindingCodes.Improvement, Severity.Error));
            var banked = Sample.File(Acceptance.Apply(Known.Content, run, new(), new()).Baseline);
            Judge(run, banked, new() { Ratchet = true }).Findings.ShouldBeEmpty();
        }

        var slowToo = Sample.Run(Sample.Usual("good", slower: 0.7), Sample.Usual("other/a", slower: 1.5));
        Judge(slowToo, policy: new() { Ratchet = true }).Verdict.ShouldBe(Verdict.Regressed);
    }

    [Fact]
    public void With_the_ratchet_a_time_that_may_not_fail_does_not()
    {
        var report = Judge(Sample.Run(Sample.Usual("good", slower: 0.7), Sample.Usual("other/a")), policy: new() { Ratchet = true, FailOn = FailOn.Exact });
        report.ExitCode.ShouldBe(0);
        report.Findings.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Info);
    }

    [Fact]
    public void An_inconclusive_run_has_its_own_exit_code()
    {
        var noisy = Sample.Case("good", [.. Sample.Usual("good").Metrics.Where(m => m.Kind == MetricKind.Exact), Sample.Ratio("time", "fma-1", 3, 4.5, 3.6, 5, 2.9)]);
        var report = Judge(Sample.Run(noisy, Sample.Usual("other/a")));
        report.Verdict.ShouldBe(Verdict.Inconclusive);
        report.ExitCode.ShouldBe(4);
        report.Findings.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning);
        Judge(Sample.Run(noisy, Sample.Usual("other/a")), policy: new() { FailOn = FailOn.Exact }).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_case_without_an_entry_is_no_silent_pass()
    {
        var report = Judge(Sample.Run(Sample.Usual("good"), Sample.Usual("other/a"), Sample.Usual("fresh")));
        report.ExitCode.ShouldBe(3);
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Scenario).ShouldBe((FindingCodes.NoEntry, "fresh"));
        finding.Message.ShouldContain("baseline update --scenario fresh");
    }

    [Fact]
    public void A_version_past_the_entrys_range_is_named_with_that_range()
    {
        var report = Judge(Sample.Run(Sample.Usual("good"), Sample.Usual("other/a")) with { KernelVersion = "2.0.0" });
        report.ExitCode.ShouldBe(3);
        report.Findings.Count.ShouldBe(2);
        report.Findings[0].Message.ShouldContain("no entry for kernel version 2.0.0, only for [1.2.3-0, 2.0.0-0)");
        BaselineText.Write(Known.Content).Split('\n')[report.Findings[0].Line - 1].ShouldContain("\"kernel\"");
    }

    [Fact]
    public void A_new_figure_of_a_known_case_is_no_silent_pass()
    {
        var more = Sample.Usual("good") with { Metrics = [.. Sample.Usual("good").Metrics, Sample.Exact("maximum", 7, "photons", Better.Equal)] };
        var finding = Judge(Sample.Run(more, Sample.Usual("other/a"))).Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Metric).ShouldBe((FindingCodes.NoEntry, "maximum"));
    }

    [Fact]
    public void An_entry_that_was_not_measured_is_told_unless_nobody_asked_for_it()
    {
        var report = Judge(Sample.Run(Sample.Usual("good")));
        report.ExitCode.ShouldBe(3);
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Scenario).ShouldBe((FindingCodes.NotMeasured, "other/a"));
        finding.Message.ShouldContain("--prune");
        Judge(Sample.Run(Sample.Usual("good")) with { Scenarios = ["good"] }).ExitCode.ShouldBe(0);
        Judge(Sample.Run(Sample.Usual("good")) with { Scenarios = ["good", "other"] }).ExitCode.ShouldBe(3);
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("time")]
    public void A_figure_that_was_not_measured_is_told(string metric)
    {
        var less = Sample.Usual("good") with { Metrics = [.. Sample.Usual("good").Metrics.Where(m => m.Name != metric)] };
        var report = Judge(Sample.Run(less, Sample.Usual("other/a")));
        report.ExitCode.ShouldBe(3);
        (report.Findings[0].Code, report.Findings[0].Metric).ShouldBe((FindingCodes.NotMeasured, metric));
    }

    [Fact]
    public void A_yardstick_that_is_gone_is_told()
    {
        var other = Sample.Usual("good") with { Metrics = [.. Sample.Usual("good").Metrics.Where(m => m.Yardstick != "fma-1")] };
        Judge(Sample.Run(other, Sample.Usual("other/a"))).Findings.ShouldHaveSingleItem().Message.ShouldContain("time in fma-1 is in the baseline, but was not measured");
    }

    [Fact]
    public void On_another_machine_exact_metrics_are_judged_and_the_command_that_adds_it_is_told_once()
    {
        var elsewhere = Sample.Run(Sample.Usual("good", slower: 5), Sample.Usual("other/a")) with { Machine = Sample.Machine("arm-1") };
        var report = Judge(elsewhere);
        report.ExitCode.ShouldBe(0);
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Severity).ShouldBe((FindingCodes.OtherMachine, Severity.Info));
        finding.Message.ShouldContain("`dotnet nanobragg baseline update --metric time`");
        BaselineText.Write(Known.Content).Split('\n')[finding.Line - 1].ShouldContain("\"machines\"");
        Judge(elsewhere with { Cases = [Sample.Usual("good", allocated: 1e6), Sample.Usual("other/a")] }).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void On_another_machine_with_nothing_else_to_judge_the_gate_does_not_pass()
    {
        var timeOnly = Sample.Case("good", Sample.Ratio("time", "fma-1", 3, 3, 3));
        var file = Sample.File(Acceptance.Apply(Baseline.Empty, Sample.Run(timeOnly), new(), new()).Baseline);
        var report = Judge(Sample.Run(timeOnly) with { Machine = Sample.Machine("arm-1") }, file);
        report.ExitCode.ShouldBe(3);
        report.Findings.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Error);
    }

    [Fact]
    public void A_kernel_that_failed_is_a_regression_whatever_its_speed()
    {
        var failed = Sample.Usual("good") with { Failure = "pixel 7 is wrong\n   at Check()", Metrics = [] };
        var report = Judge(Sample.Run(failed, Sample.Usual("other/a")));
        report.ExitCode.ShouldBe(2);
        var finding = report.Findings.ShouldHaveSingleItem();
        finding.Code.ShouldBe(FindingCodes.KernelFailed);
        finding.Message.ShouldStartWith("good: pixel 7 is wrong at Check()");
    }

    [Fact]
    public void Nothing_measured_and_nothing_to_judge_do_not_pass()
    {
        Judge(Sample.Run(), Sample.File(Baseline.Empty)).ShouldSatisfyAllConditions(
            report => report.ExitCode.ShouldBe(3),
            report => report.Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.NothingToMeasure));
        var infoOnly = Sample.Case("good", Sample.Usual("good").Metrics[^1]);
        var entry = Sample.File("""{ "formatVersion": 1, "entries": [ { "scenario": "good", "kernel": "1.0.0" } ] }""");
        Judge(Sample.Run(infoOnly), entry).ExitCode.ShouldBe(3);
    }

    [Fact]
    public void No_baseline_file_is_told_once_with_the_command_that_makes_one()
    {
        var report = Judge(Sample.Run(Sample.Usual("good"), Sample.Usual("other/a")), BaselineFile.Read("/nowhere/b.json"), new() { FailOn = FailOn.Exact }, new() { Options = "--baseline /nowhere/b.json" });
        report.ExitCode.ShouldBe(3);
        report.Findings.ShouldHaveSingleItem().Message.ShouldBe("there is no baseline yet; record one with `dotnet nanobragg baseline update --baseline /nowhere/b.json` and commit it");
    }

    [Fact]
    public void A_regression_beats_an_unusable_entry_beats_an_inconclusive_one()
    {
        var noisy = Sample.Case("other/a", [.. Sample.Usual("other/a").Metrics.Where(m => m.Kind == MetricKind.Exact), Sample.Ratio("time", "fma-1", 3, 4.5, 3.6, 5, 2.9)]);
        Judge(Sample.Run(Sample.Usual("good"), noisy)).ExitCode.ShouldBe(4);
        Judge(Sample.Run(Sample.Usual("good"), noisy, Sample.Usual("fresh"))).ExitCode.ShouldBe(3);
        var all = Judge(Sample.Run(Sample.Usual("good", allocated: 1e6), noisy, Sample.Usual("fresh")));
        all.ExitCode.ShouldBe(2);
        all.Findings.Select(f => f.Severity).ShouldBe([Severity.Error, Severity.Error, Severity.Warning]);
    }

    [Fact]
    public void A_build_names_its_own_command_for_accepting()
    {
        var report = Judge(Sample.Run(Sample.Usual("good", allocated: 1024), Sample.Usual("other/a")), next: new() { AcceptWith = "dotnet build -p:NanoBraggUpdateBaseline=true" });
        report.Findings[0].Message.ShouldEndWith("to accept it: `dotnet build -p:NanoBraggUpdateBaseline=true`");
    }

    private static GateReport Judge(MeasuredRun run, BaselineFile? file = null, GatePolicy? policy = null, NextCommand? next = null) =>
        RunJudgement.Judge(run, file ?? Known, policy ?? new(), next ?? new());
}
