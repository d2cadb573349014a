using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Reports;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>Whole runs with a base, beside a baseline file or without one.</summary>
public class DuetRunTests
{
    private static readonly BaselineFile Known = Sample.File(Acceptance.Apply(Baseline.Empty, Sample.Run(Sample.Usual("good")), new(), new()).Baseline);
    private static readonly BaselineFile None = BaselineFile.Read(Path.Combine(Path.GetTempPath(), "there is no such file.json"));

    [Fact]
    public void No_baseline_is_needed()
    {
        var report = Judge(Run(With(Sample.Usual("good"), 1)), None);
        report.Verdict.ShouldBe(Verdict.Pass);
        report.Findings.ShouldBeEmpty();
        report.BaseVersion.ShouldBe("1.2.2");
        report.Comparisons.ShouldAllBe(c => c.Outcome == Outcome.Pass);
        report.Comparisons.Select(c => c.Metric).ShouldBe(["allocatedBytes", "sum", "time"]);
    }

    [Fact]
    public void A_slower_kernel_fails_and_says_by_how_much_and_how_surely()
    {
        var report = Judge(Run(With(Sample.Usual("good"), 1.07)), None);
        report.ExitCode.ShouldBe(2);
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Severity, finding.Scenario, finding.Metric).ShouldBe((FindingCodes.Regression, Severity.Error, "good", "time"));
        finding.Message.ShouldBe("good: time is +7.0 % against the base (between +7.0 % and +7.0 %, 12 processes), allowed 2 %; `dotnet nanobragg diag good` says where the time goes; if it is meant, the next base has it");
        Judge(Run(With(Sample.Usual("good"), 1.07)), None, FailOn.Exact).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void On_another_machine_time_is_judged_all_the_same()
    {
        var report = Judge(Run(With(Sample.Usual("good"), 1.07)) with { Machine = Sample.Machine("arm") }, Known);
        report.ExitCode.ShouldBe(2);
        report.Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.Regression);
    }

    [Fact]
    public void Time_lines_of_the_baseline_inform_and_its_exact_lines_judge()
    {
        var slowAndHungry = With(Sample.Usual("good", allocated: 4096, slower: 2), 1, allocated: 4096);
        var report = Judge(Run(slowAndHungry), Known);
        report.Findings.ShouldHaveSingleItem().Metric.ShouldBe("allocatedBytes");
        var line = report.Comparisons.Single(c => c.Kind == MetricKind.Ratio);
        line.Outcome.ShouldBe(Outcome.Information);
        line.Change!.Value.ShouldBe(1, 0.01);
    }

    [Fact]
    public void The_limit_of_the_baselines_time_line_applies()
    {
        var text = BaselineText.Write(Known.Content);
        var lenient = Sample.File(text.Replace("\"better\": \"lower\" }\n        }", "\"better\": \"lower\", \"limit\": 0.2 }\n        }", StringComparison.Ordinal));
        lenient.Content.Entries[0].Machines.Values.Single()["time"].Limit.ShouldBe(0.2);
        Judge(Run(With(Sample.Usual("good"), 1.07)), lenient).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Without_an_entry_exact_figures_are_held_against_the_base()
    {
        var report = Judge(Run(With(Sample.Usual("good", sum: 5), 1)), None);
        report.ExitCode.ShouldBe(2);
        report.Findings.ShouldHaveSingleItem().Message.ShouldStartWith("good: sum is 5 photons, was 12345.6789 photons, -100.0 %, allowed ±0.0123456789 photons in the base; if it is meant, record it with `dotnet nanobragg baseline update --scenario good`");
    }

    [Fact]
    public void A_case_that_the_baseline_lacks_is_still_no_silent_pass()
    {
        var report = Judge(Run(With(Sample.Usual("good"), 1), With(Sample.Usual("fresh"), 1)), Known);
        report.ExitCode.ShouldBe(3);
        report.Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.NoEntry);
    }

    [Fact]
    public void A_case_that_the_base_lacks_is_told_and_judged_by_the_baseline()
    {
        var lacking = Sample.Usual("good", slower: 1.5) with { BaseAbsence = BaseReport.Lacking };
        var report = Judge(Run(lacking), Known);
        report.ExitCode.ShouldBe(2);
        report.Findings.Select(f => (f.Code, f.Severity)).ShouldBe([(FindingCodes.Regression, Severity.Error), (FindingCodes.NotInBase, Severity.Info)]);
        report.Findings[1].Message.ShouldBe("good was not timed against the base: it does not have this case; its time was measured against yardsticks only");
    }

    [Fact]
    public void Where_the_base_has_nothing_and_there_is_no_baseline_nothing_was_compared()
    {
        var report = Judge(Run(Sample.Usual("good") with { BaseAbsence = "the call threw TimeoutException: too late" }), None);
        report.ExitCode.ShouldBe(3);
        report.Findings.Select(f => (f.Code, f.Severity)).ShouldBe([(FindingCodes.NothingToMeasure, Severity.Error), (FindingCodes.NotInBase, Severity.Warning)]);
    }

    [Fact]
    public void The_console_and_json_tell_estimate_bounds_processes_and_what_would_be_found()
    {
        var report = Judge(Run(With(Sample.Usual("good"), 1.01)), None);
        using var text = new StringWriter { NewLine = "\n" };
        GateText.Write(report, text);
        text.ToString().ShouldContain("good       +1.0 %                  +1.0 % … +1.0 % (97.5 %)   12          +2.0 %       pass");
        var json = GateJson.Write(report);
        foreach (var part in new[] { "\"kind\": \"duet\"", "\"change\": 0.01", "\"changeAtLeast\": 0.01", "\"confidence\": 0.975", "\"groups\": 12", "\"detectableChange\": 0.02", "\"baseVersion\": \"1.2.2\"" })
        {
            json.ShouldContain(part);
        }
    }

    [Fact]
    public void A_duet_is_never_written_into_a_baseline()
    {
        var run = Run(With(Sample.Usual("good"), 1.5));
        BaselineText.Write(Acceptance.Apply(Baseline.Empty, run, new(), new()).Baseline).ShouldBe(BaselineText.Write(Known.Content));
    }

    [Fact]
    public void What_was_measured_beside_another_base_than_the_baseline_pins_now_is_judged_by_yardsticks()
    {
        var pinned = Pinned('a');
        var slow = Run(With(Sample.Usual("good"), 1.07)) with { BasePin = new string('a', 64) };
        var report = Judge(slow, pinned);
        report.ExitCode.ShouldBe(2);
        report.Findings.ShouldHaveSingleItem().Message.ShouldContain("to accept it: `dotnet nanobragg baseline update --scenario good --metric time --reason \"…\"`");

        var stale = Judge(slow, Pinned('b'));
        stale.ExitCode.ShouldBe(0);
        stale.BaseVersion.ShouldBeNull();
        stale.Comparisons.ShouldAllBe(c => c.Outcome == Outcome.Pass);
        stale.Comparisons.ShouldNotContain(c => c.Kind == MetricKind.Duet);
        var told = stale.Findings.ShouldHaveSingleItem();
        (told.Code, told.Severity).ShouldBe((FindingCodes.NoBase, Severity.Info));
        told.Message.ShouldContain("it was measured beside a base that the baseline does not keep any more");

        Judge(slow, Pinned('b'), FailOn.Exact).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Once_it_is_accepted_what_was_measured_is_the_base_itself()
    {
        var slow = Run(With(Sample.Usual("good", slower: 1.5), 1.5)) with { BasePin = new string('a', 64), AssemblyPin = new string('b', 64) };
        Judge(slow, Pinned('a')).ExitCode.ShouldBe(2);

        var report = Judge(slow, Pinned('b'));
        report.ExitCode.ShouldBe(0);
        report.Findings.ShouldBeEmpty();
        report.Comparisons.Single(c => c.Kind == MetricKind.Duet).SameCode.ShouldBeTrue();
        Judge(slow, Pinned('c')).BaseVersion.ShouldBeNull();
    }

    [Fact]
    public void What_the_pinned_base_calls_slower_can_be_accepted_although_no_yardstick_saw_it()
    {
        var pinned = Pinned('a').Content;
        var slow = Run(With(Sample.Usual("good", slower: 1.05), 1.05)) with { BasePin = new string('a', 64) };
        var accepted = Acceptance.Apply(pinned, slow, new() { AcceptRegression = "exact borders" }, new());
        accepted.Changes.ShouldHaveSingleItem().Metric.ShouldBe("time");
        accepted.Worse.ShouldHaveSingleItem().Kind.ShouldBe(MetricKind.Duet);
        var line = accepted.Baseline.Entries[0].Machines.Values.Single()["time"];
        (line.Value, line.Reason).ShouldBe((3.3705, "exact borders"));

        // A base that was named on the command line, or an older one, has no say in it.
        Acceptance.Apply(pinned, slow with { BasePin = null }, new(), new()).Changes.ShouldBeEmpty();
        Acceptance.Apply(Pinned('b').Content, slow, new(), new()).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_waiver_covers_what_the_base_calls_slower()
    {
        var waiver = new Waiver { Scenario = "good", Metric = "time", Ceiling = 1.1, Until = NuGet.Versioning.VersionRange.Parse("[1.0.0, 2.0.0)"), Reason = "the new border" };
        var known = Sample.File(Known.Content with { Waivers = [waiver] });
        var report = Judge(Run(With(Sample.Usual("good"), 1.07)), known);
        report.ExitCode.ShouldBe(0);
        report.Findings.ShouldHaveSingleItem().Message.ShouldBe("good: time is +7.0 % against the base (between +7.0 % and +7.0 %, 12 processes), allowed 2 %; waived for kernel versions [1.0.0, 2.0.0), up to 1.1 times: the new border");
        Judge(Run(With(Sample.Usual("good"), 1.12)), known).ExitCode.ShouldBe(2);
    }

    private static BaselineFile Pinned(char hash) => Sample.File(Known.Content with { Base = new() { Assembly = "My.Kernels.dll", Version = "1.2.2", Sha256 = new string(hash, 64) } });

    private static MeasuredRun Run(params MeasuredCase[] cases) => Sample.Run(cases) with { BaseVersion = "1.2.2", Workers = 12 };

    /// <summary>Adds a base that the case is so many times as slow as, in each of 12 processes.</summary>
    private static MeasuredCase With(MeasuredCase measured, double slower, double allocated = 0) => measured with
    {
        Metrics =
        [
            .. measured.Metrics.Select(metric => metric.Kind != MetricKind.Exact ? metric : metric with { Base = metric.Name == "sum" ? 12345.6789 : allocated }),
            new() { Name = "time", Yardstick = "base", Kind = MetricKind.Duet, Unit = "×", Better = Better.Lower, Value = slower, Groups = [.. Enumerable.Repeat(slower, 12)] },
        ],
    };

    private static GateReport Judge(MeasuredRun run, BaselineFile baseline, FailOn failOn = FailOn.All) =>
        RunJudgement.Judge(run, baseline, new() { FailOn = failOn }, new());
}
