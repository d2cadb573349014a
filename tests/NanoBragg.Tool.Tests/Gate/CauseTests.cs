using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>Why a time is worse, and why it could not be told.</summary>
public sealed class CauseTests
{
    private const string Method = "My.Kernel:Sum(float[]):float";

    private static readonly Comparison Bytes = Worse("allocatedBytes", MetricKind.Exact, 0, 4096, "B");
    private static readonly Comparison Calls = Worse("callsInLoops", MetricKind.Pin, 0, 3, "calls") with { Where = Method };
    private static readonly Comparison Moves = Worse("vectorStackMoves", MetricKind.Pin, 4, 10, "moves") with { Where = Method };
    private static readonly Comparison Steps = Worse("steps", MetricKind.Exact, 1000, 1100, "pixels");
    private static readonly Comparison Instructions = Worse("instructions", MetricKind.Pin, 1_000_000, 1_100_000, "instructions");
    private static readonly Comparison Faults = Worse("minorFaults", MetricKind.Pin, 4100, 5200, "faults");
    private static readonly Comparison CodeBytes = Worse("codeBytes", MetricKind.Pin, 315, 466, "B");

    [Fact]
    public void The_first_cause_that_the_evidence_supports_is_told_in_its_order()
    {
        List<Comparison> all = [CodeBytes, Faults, Instructions, Steps, Moves, Calls, Bytes];
        string[] causes =
        [
            "it allocates more (0 B -> 4096 B a call)",
            $"its code has 3 more calls in loops ({Method})",
            $"its code has 6 more vector moves to the stack in loops ({Method})",
            "it does more steps (1000 pixels -> 1100 pixels a call)",
            "it executes more instructions (1000000 instructions -> 1100000 instructions a call)",
            "it touches more memory (minorFaults 4100 faults -> 5200 faults)",
            "its code changed (codeBytes 315 B -> 466 B)",
        ];
        foreach (var cause in causes)
        {
            Cause.Of(all, sameCode: null).ShouldBe(cause);
            all.RemoveAt(all.Count - 1);
        }

        Cause.Of(all, sameCode: null).ShouldBeNull();
    }

    [Fact]
    public void Whether_the_code_is_the_same_is_told_where_nothing_else_explains_it()
    {
        Cause.Of([], sameCode: true).ShouldBe("the same code is slower: memory, frequency or placement");
        Cause.Of([], sameCode: false).ShouldBe("its code changed");
        Cause.Of([Bytes], sameCode: true).ShouldBe("it allocates more (0 B -> 4096 B a call)");
    }

    [Fact]
    public void What_passed_or_fell_is_no_cause()
    {
        Cause.Of([Bytes with { Outcome = Outcome.Pass }, Steps with { Now = 900 }, Calls with { Outcome = Outcome.Improved, Now = 0 }], sameCode: null).ShouldBeNull();
        Cause.Of([Bytes with { Outcome = Outcome.Waived }], sameCode: null).ShouldNotBeNull();
    }

    [Fact]
    public void A_slower_kernel_that_allocates_says_so_in_its_finding_and_in_the_report()
    {
        var baseline = Sample.File(Acceptance.Apply(Baseline.Empty, Sample.Run(Sample.Usual("good")), new(), new()).Baseline);
        var report = RunJudgement.Judge(Sample.Run(Sample.Usual("good", allocated: 4096, slower: 1.3)), baseline, new(), new());

        var time = report.Comparisons.Single(c => c.Metric == "time");
        time.Cause.ShouldBe("it allocates more (0 B -> 4096 B a call)");
        report.Comparisons.Where(c => c != time).ShouldAllBe(c => c.Cause == null);
        report.Findings.Single(finding => finding.Metric == "time").Message.ShouldContain(", allowed 10 %; it allocates more (0 B -> 4096 B a call); to accept it: ");
        Tool.Reports.GateJson.Write(report).ShouldContain("\"cause\": \"it allocates more (0 B -> 4096 B a call)\"");
    }

    [Fact]
    public void Against_the_base_the_bases_own_figures_are_the_evidence()
    {
        var duet = Sample.Ratio("time", "base", 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2) with { Kind = MetricKind.Duet };
        var more = Sample.Case("good", Sample.Exact("allocatedBytes", 4096) with { Base = 0, AbsoluteTolerance = 256 }, duet);
        var run = Sample.Run(more) with { BaseVersion = "1.2.2", Workers = 11 };
        var known = Sample.File(Acceptance.Apply(Baseline.Empty, run, new(), new()).Baseline);

        // The baseline has the bytes already; the base does not.
        var report = RunJudgement.Judge(run, known, new(), new());
        report.Findings.ShouldHaveSingleItem().Message.ShouldContain(", 11 processes), allowed 2 %; it allocates more (0 B -> 4096 B a call); `dotnet nanobragg diag good`");
    }

    [Fact]
    public void What_could_not_be_told_names_its_evidence()
    {
        var noisy = Sample.Case("good", Sample.Ratio("time", "fma-1", 3, 4.5, 3.6, 5, 2.9), Sample.Ratio("time", "scalar-1", 1, 1.5, 1.2, 1.67, 0.97));
        var groups = noisy.Metrics[0].Groups!;

        Why(new(), groups).ShouldBe("the worker processes scatter by 24.1 %");
        Why(new() { Steal = 0.07, CpuPressure = 0.4, InvoluntarySwitchesPerSecond = 900 }, groups).ShouldBe(
            "the host took away 7 % of the processor time, some task waited for a processor 40 % of the time, the workers were preempted 900 times a second and the worker processes scatter by 24.1 %");
        Why(new() { Throttled = 0.12, RunQueueWait = 0.5, CpuPressure = 0.4 }, [3, 3, 3]).ShouldBe(
            "a processor quota stopped the run 12 % of the time and the measuring thread waited for a processor 50 % of its time");
        Why(new() { Steal = 0.01, CpuPressure = 0.1, InvoluntarySwitchesPerSecond = 100 }, [3, 3, 3]).ShouldStartWith("no disturbance of the machine was seen");
        Why(new(), [3, 3]).ShouldBe("2 of at least 3 worker processes measured");

        string Why(Contention contention, IReadOnlyList<double> judged) => Interference.WhyInconclusive(contention, noisy, judged, 3, new());
    }

    [Fact]
    public void Two_yardsticks_that_move_apart_between_processes_are_evidence()
    {
        var apart = Sample.Case("good", Sample.Ratio("time", "fma-1", 3, 3, 3), Sample.Ratio("time", "scalar-1", 1, 1, 1.12), Sample.Ratio("time", "stream-1", 9, 9, 9.2));

        Interference.WhyInconclusive(new(), apart, [3, 3, 3], 3, new()).ShouldBe("fma-1 and scalar-1 moved apart by 12 % between processes");
        Interference.WhyInconclusive(new(), apart, [3, 3, 3], 3, new() { MostYardstickDrift = 0.2 }).ShouldStartWith("no disturbance");
    }

    [Fact]
    public void An_inconclusive_finding_says_why()
    {
        var baseline = Sample.File(Acceptance.Apply(Baseline.Empty, Sample.Run(Sample.Case("good", Sample.Ratio("time", "fma-1", 3, 3, 3, 3, 3))), new(), new()).Baseline);
        var report = RunJudgement.Judge(Sample.Run(Sample.Case("good", Sample.Ratio("time", "fma-1", 3, 4.5, 3.6, 5, 2.9))) with { Contention = new() { Steal = 0.2 } }, baseline, new(), new());

        report.Verdict.ShouldBe(Verdict.Inconclusive);
        report.Findings.ShouldHaveSingleItem().Message.ShouldContain(
            ": the measurements do not agree well enough to tell (the host took away 20 % of the processor time and the worker processes scatter by 24.1 %); measure again when");
    }

    private static Comparison Worse(string metric, MetricKind kind, double then, double now, string unit) =>
        new() { Scenario = "good", Metric = metric, Kind = kind, Unit = unit, Then = then, Now = now, Outcome = Outcome.Regressed };
}
