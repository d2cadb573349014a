using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Code;
using NanoBragg.Tool.Reports;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>What is judged otherwise where the code is known to be the same.</summary>
public class SameCodeTests
{
    private const string Code = "00112233aabbccdd";

    private static readonly Baseline Known = Acceptance.Apply(Baseline.Empty, Run(Case()), new(), new()).Baseline;
    private static readonly BaselineFile None = BaselineFile.Read(Path.Combine(Path.GetTempPath(), "there is no such file.json"));

    [Fact]
    public void The_identity_of_the_code_is_kept_with_the_time_that_was_measured_with_it()
    {
        Line(Known).Identity.ShouldBe(Code);
        BaselineText.Write(Known).ShouldContain("\"groups\": 5, \"better\": \"lower\", \"identity\": \"00112233aabbccdd\" }");
        Sample.File(Known).Content.Entries[0].Machines.Values.Single()["time"].Identity.ShouldBe(Code);

        // A line whose value stays is not touched, also where it passes with other code; one that changes has the new identity.
        var passing = Acceptance.Apply(Known, Run(Case(slower: 1.02, identity: "0000000000000000")), new(), new());
        BaselineText.Write(passing.Baseline).ShouldBe(BaselineText.Write(Known));
        Line(Acceptance.Apply(Known, Run(Case(slower: 2, identity: "0000000000000000")), new(), new()).Baseline).Identity.ShouldBe("0000000000000000");
        Line(Acceptance.Apply(Known, Run(Case(slower: 2, identity: null)), new(), new()).Baseline).Identity.ShouldBeNull();
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(0.5)]
    public void A_time_that_differs_with_the_same_code_is_the_environments(double slower)
    {
        var report = Judge(Case(slower: slower), new() { Ratchet = true });
        report.ExitCode.ShouldBe(0);
        report.Verdict.ShouldBe(Verdict.Pass);
        Time(report).ShouldSatisfyAllConditions(c => c.Outcome.ShouldBe(Outcome.Moved), c => c.SameCode.ShouldBeTrue());
        var finding = report.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Severity, finding.Metric).ShouldBe((FindingCodes.EnvironmentMoved, Severity.Info, "time"));
        finding.Message.ShouldContain("the code is the same, so the environment moved");
        finding.Message.ShouldEndWith("`dotnet nanobragg baseline update --scenario good --metric time`");
        BaselineText.Write(Known).Split('\n')[finding.Line - 1].ShouldContain("\"time\"");
    }

    [Fact]
    public void Measurements_that_disagree_are_not_inconclusive_with_the_same_code()
    {
        var noisy = Noisy(3, 4.5, 3.6, 5, 2.9);
        Judge(noisy with { Identity = null }).ExitCode.ShouldBe(4);
        Judge(noisy).ShouldSatisfyAllConditions(report => report.ExitCode.ShouldBe(0), report => Time(report).Outcome.ShouldBe(Outcome.Moved));
    }

    [Fact]
    public void With_other_code_with_unknown_code_and_with_no_figures_it_is_judged_as_ever()
    {
        Judge(Case(slower: 1.5, identity: "0000000000000000")).ExitCode.ShouldBe(2);
        Judge(Case(slower: 1.5, identity: null)).ExitCode.ShouldBe(2);
        RunJudgement.Judge(Run(Case(slower: 1.5)), Sample.File(Acceptance.Apply(Baseline.Empty, Run(Case(identity: null)), new(), new()).Baseline), new(), new()).ExitCode.ShouldBe(2);
        Judge(Noisy(double.NaN, 3, 3, 3, 3)).ExitCode.ShouldBe(4);
        Judge(Noisy(6, 6)).ExitCode.ShouldBe(4);
        Time(Judge(Case())).Outcome.ShouldBe(Outcome.Pass);
    }

    [Fact]
    public void Exact_figures_and_what_the_JIT_makes_of_the_code_are_judged_as_ever()
    {
        var report = Judge(Case() with { Metrics = Sample.Usual("good", allocated: 4096, slower: 1.5).Metrics });
        report.ExitCode.ShouldBe(2);
        report.Findings.Select(f => f.Code).ShouldBe([FindingCodes.Regression, FindingCodes.EnvironmentMoved], ignoreOrder: true);

        var pinned = Acceptance.Apply(Baseline.Empty, Run(Case() with { Code = Calls(2) }), new(), new()).Baseline;
        RunJudgement.Judge(Run(Case() with { Code = Calls(3) }), Sample.File(pinned), new(), new()).ExitCode.ShouldBe(2);
        RunJudgement.Judge(Run(CaseMetrics.SameInBase(Case() with { Code = Calls(3) })) with { BaseVersion = "1.2.2" }, Sample.File(pinned), new(), new()).ExitCode.ShouldBe(2);

        static MeasuredCode Calls(int calls) => MeasuredCode.Of([new() { Name = "My.Kernel:Run()", Bytes = 100, CallsInLoops = calls, VectorStackMoves = 0, FmaCount = 0 }], "0123456789abcdef");
    }

    [Fact]
    public void An_update_leaves_a_moved_line_unless_the_metric_is_named_and_then_needs_no_word()
    {
        var moved = Run(Case(slower: 1.5));
        Acceptance.Apply(Known, moved, new(), new()).Changes.ShouldBeEmpty();
        var named = Acceptance.Apply(Known, moved, new() { Metrics = ["time"] }, new());
        named.Worse.ShouldBeEmpty();
        Line(named.Baseline).ShouldSatisfyAllConditions(line => line.Value.ShouldBe(4.815), line => line.Identity.ShouldBe(Code));
        RunJudgement.Judge(moved, Sample.File(named.Baseline), new(), new()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Measured_figures_name_themselves_in_the_command()
    {
        var report = RunJudgement.Judge(Run(Case(slower: 1.5)), Sample.File(Known), new(), new() { AcceptWith = "dotnet build -p:X=true", Measured = "obj/m.json" });
        report.Findings.ShouldHaveSingleItem().Message.ShouldEndWith("`dotnet nanobragg baseline update --scenario good --metric time --measured obj/m.json`");
    }

    [Fact]
    public void What_is_the_same_code_as_the_base_passes_without_having_been_timed_against_it_and_each_report_says_so()
    {
        var run = Run(CaseMetrics.SameInBase(Sample.Usual("good"))) with { BaseVersion = "1.2.2" };
        var report = RunJudgement.Judge(run, None, new(), new());
        report.ExitCode.ShouldBe(0);
        report.Findings.ShouldBeEmpty();
        report.Comparisons.ShouldAllBe(c => c.Outcome == Outcome.Pass);
        Time(report).ShouldSatisfyAllConditions(c => c.Kind.ShouldBe(MetricKind.Duet), c => c.Groups.ShouldBe(0), c => c.SameCode.ShouldBeTrue());
        using var console = new StringWriter();
        GateText.Write(report, console);
        foreach (var text in new[] { console.ToString(), ReportFile.Text(report, "r.md"), ReportFile.Text(report, "r.html"), ReportFile.Text(report, "r.xml") })
        {
            text.ShouldContain("same code");
        }

        ReportFile.Text(report, "r.json").ShouldContain("\"sameCode\": true");
        RunJudgement.Judge(run with { Cases = [CaseMetrics.SameInBase(Sample.Usual("good", allocated: 4096))] }, Sample.File(Known), new(), new()).ExitCode.ShouldBe(2, "the baseline's exact lines are judged");
    }

    [Fact]
    public void Added_processes_of_other_code_take_the_identity_away()
    {
        var run = Run(Case()) with { Key = "k" };
        MeasuredRunMerge.Merge(run, run).ShouldSatisfyAllConditions(merged => merged.Key.ShouldBe("k"), merged => merged.Cases[0].Identity.ShouldBe(Code));
        MeasuredRunMerge.Merge(run, run with { Key = null, Cases = [Case(identity: null)] }).ShouldSatisfyAllConditions(merged => merged.Key.ShouldBeNull(), merged => merged.Cases[0].Identity.ShouldBeNull());
    }

    private static MeasuredRun Run(params MeasuredCase[] cases) => Sample.Run(cases);

    private static MeasuredCase Case(double slower = 1, string? identity = Code) => Sample.Usual("good", slower: slower) with { Identity = identity };

    private static MeasuredCase Noisy(params double[] groups) =>
        Case() with { Metrics = [.. Sample.Usual("good").Metrics.Where(m => m.Kind == MetricKind.Exact), Sample.Ratio("time", "fma-1", groups)] };

    private static GateReport Judge(MeasuredCase measured, GatePolicy? policy = null) => RunJudgement.Judge(Run(measured), Sample.File(Known), policy ?? new(), new());

    private static Comparison Time(GateReport report) => report.Comparisons.Single(c => c.Metric == "time");

    private static RatioFigure Line(Baseline baseline) => baseline.Entries[0].Machines.Values.Single()["time"];
}
