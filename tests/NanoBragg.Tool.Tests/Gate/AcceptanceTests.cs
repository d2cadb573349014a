using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

public class AcceptanceTests
{
    private static readonly Baseline Full = Sample.File(Sample.Full).Content;

    [Fact]
    public void A_first_baseline_holds_rounded_figures_and_the_steadiest_yardstick()
    {
        var accepted = Apply(Baseline.Empty, Sample.Run(Sample.Usual("good", sum: 1 / 3.0)));
        BaselineText.Write(accepted.Baseline).ShouldBe("""
            {
              "$schema": "urn:nanobragg:baseline:1",
              "formatVersion": 1,
              "machines": {
                "amd-25-1-2cpu-linux-x64-4f1c": { "processor": "AuthenticAMD 25/1", "instructionSets": "avx2+fma", "processors": 2, "platform": "linux-x64", "runtime": ".NET 10.0" }
              },
              "entries": [
                {
                  "scenario": "good",
                  "kernel": "[1.2.3-0, 2.0.0-0)",
                  "exact": {
                    "allocatedBytes": { "value": 0, "unit": "B", "better": "lower", "absoluteTolerance": 256 },
                    "sum": { "value": 0.333333333333, "unit": "photons", "better": "equal", "relativeTolerance": 1E-06 }
                  },
                  "machines": {
                    "amd-25-1-2cpu-linux-x64-4f1c": {
                      "time": { "value": 3.21, "unit": "×", "yardstick": "fma-1", "spread": 0.00493, "groups": 5, "better": "lower" }
                    }
                  }
                }
              ]
            }

            """);
        accepted.Changes.Select(c => c.ToString()).ShouldBe(
        [
            "+ good: allocatedBytes: 0 B", "+ good: sum: 0.3333333333 photons", "+ good: time: 3.21 × fma-1", "+ amd-25-1-2cpu-linux-x64-4f1c: machine",
        ]);
    }

    [Fact]
    public void Accepting_an_unchanged_kernel_again_changes_nothing()
    {
        var first = Apply(Baseline.Empty, Sample.Run(Sample.Usual("good"))).Baseline;
        var again = Apply(first, Sample.Run(Sample.Usual("good", allocated: 200, sum: 12345.6790, slower: 1.05)));
        again.Changes.ShouldBeEmpty();
        BaselineText.Write(again.Baseline).ShouldBe(BaselineText.Write(first));
    }

    [Fact]
    public void Only_the_line_that_changed_is_rewritten_with_the_reason_and_all_else_is_kept()
    {
        var accepted = Apply(Full, Sample.Run(Sample.Usual("good", slower: 1.5)), new() { Reason = "more sources" });
        var before = Sample.Full.Split('\n');
        var after = BaselineText.Write(accepted.Baseline).Split('\n');
        var line = Enumerable.Range(0, before.Length).Single(i => before[i] != after[i]);
        after.Length.ShouldBe(before.Length);
        after[line].Trim().ShouldBe("\"time\": { \"value\": 4.815, \"unit\": \"×\", \"yardstick\": \"fma-1\", \"spread\": 0.00493, \"groups\": 5, \"better\": \"lower\", \"limit\": 0.2, \"reason\": \"more sources\", \"note\": \"noisy\", \"futureRatio\": \"x\" }");
        accepted.Changes.ShouldHaveSingleItem().ToString().ShouldBe("~ good: time: 3.21 × fma-1 -> 4.815 × fma-1");
        accepted.Remarks.ShouldHaveSingleItem().ShouldStartWith("arm-8-2cpu-linux-arm64-0000 still has the old");
    }

    [Fact]
    public void An_old_reason_does_not_stay_with_a_new_figure() =>
        Apply(Full, Sample.Run(Sample.Usual("good", sum: 7))).Baseline.Entries[0].Exact["sum"].ShouldSatisfyAllConditions(
            figure => figure.Value.ShouldBe(7),
            figure => figure.Reason.ShouldBeNull(),
            figure => figure.Note.ShouldBe("from the paper"));

    [Fact]
    public void After_accepting_the_gate_passes_the_same_run()
    {
        var run = Sample.Run(Sample.Usual("good", allocated: 1e5, sum: -3.00000000000047, slower: 2), Sample.Usual("fresh/x"));
        var accepted = Apply(Full with { Waivers = [] }, run);
        var report = RunJudgement.Judge(run, Sample.File(accepted.Baseline), new(), new());
        report.Findings.ShouldBeEmpty();
        report.ExitCode.ShouldBe(0);
        Apply(accepted.Baseline, run).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Only_what_was_asked_for_is_touched()
    {
        var first = Apply(Baseline.Empty, Sample.Run(Sample.Usual("good"), Sample.Usual("good/a"), Sample.Usual("goods"))).Baseline;
        var changed = Sample.Run(Sample.Usual("good", 1e6, 1, 2), Sample.Usual("good/a", 1e6, 1, 2), Sample.Usual("goods", 1e6, 1, 2));
        Apply(first, changed, new() { Scenarios = ["good"] }).Changes.Select(c => c.Scenario).Distinct().ShouldBe(["good", "good/a"]);
        Apply(first, changed, new() { Scenarios = ["good/a"], Metrics = ["sum"] }).Changes.ShouldHaveSingleItem().Metric.ShouldBe("sum");
    }

    [Fact]
    public void A_metric_that_is_named_is_rewritten_even_where_the_gate_would_pass_it()
    {
        var changes = Apply(Full, Sample.Run(Sample.Usual("good", allocated: 16, slower: 1.01)), new() { Metrics = ["time"] }).Changes;
        changes.ShouldHaveSingleItem().Metric.ShouldBe("time");
    }

    [Fact]
    public void Another_machine_is_appended_and_the_lines_of_the_first_stay()
    {
        var first = Apply(Baseline.Empty, Sample.Run(Sample.Usual("good"))).Baseline;
        var both = Apply(first, Sample.Run(Sample.Usual("good", slower: 3)) with { Machine = Sample.Machine("zen") }, new() { Metrics = ["time"] }).Baseline;
        both.Machines.Keys.ShouldBe([Sample.ThisMachine.Id, "zen"]);
        both.Entries[0].Machines[Sample.ThisMachine.Id].ShouldBe(first.Entries[0].Machines[Sample.ThisMachine.Id]);
        both.Entries[0].Exact.ShouldBe(first.Entries[0].Exact);
        both.Entries[0].Machines["zen"]["time"].Value.ShouldBe(9.63);
    }

    [Fact]
    public void The_yardstick_stays_the_first_one_chosen_though_another_is_steadier_now()
    {
        var run = Sample.Run(Sample.Case("good", Sample.Ratio("time", "fma-1", 7.8, 7.9, 8, 8.1, 8.2), Sample.Ratio("time", "scalar-1", 1, 1, 1, 1, 1)));
        Apply(Full, run).Baseline.Entries[0].Machines[Sample.ThisMachine.Id]["time"].ShouldSatisfyAllConditions(
            figure => figure.Yardstick.ShouldBe("fma-1"),
            figure => figure.Value.ShouldBe(8));
    }

    [Fact]
    public void A_yardstick_that_is_gone_is_replaced()
    {
        var run = Sample.Run(Sample.Case("good", [.. Sample.Usual("good").Metrics.Take(2), Sample.Ratio("time", "fma-2", 1, 1, 1)]));
        Apply(Full, run).Changes.ShouldHaveSingleItem().ToString().ShouldBe("~ good: time: 3.21 × fma-1 -> 1 × fma-2");
    }

    [Fact]
    public void Figures_that_a_measured_case_no_longer_has_are_removed_and_whole_entries_only_when_asked()
    {
        var first = Apply(Baseline.Empty, Sample.Run(Sample.Usual("good"), Sample.Usual("gone"))).Baseline;
        var run = Sample.Run(Sample.Case("good", [.. Sample.Usual("good").Metrics.Where(m => m.Name != "sum")]));
        Apply(first, run).Changes.ShouldHaveSingleItem().ToString().ShouldBe("- good: sum: 12345.6789 photons");
        Apply(first, run, new() { Prune = true }).Baseline.Entries.ShouldHaveSingleItem().Scenario.ShouldBe("good");
        Apply(first, run with { Scenarios = ["good"] }, new() { Prune = true }).Baseline.Entries.Count.ShouldBe(2);
        Apply(first, run with { KernelVersion = "5.0.0" }, new() { Prune = true }).Baseline.Entries.Count.ShouldBe(3);
    }

    [Fact]
    public void Too_few_workers_leave_machine_bound_figures_out_and_say_so()
    {
        var run = Sample.Run(Sample.Case("good", Sample.Exact("steps", 5, "calls"), Sample.Ratio("time", "fma-1", 3, 3)));
        var accepted = Apply(Baseline.Empty, run);
        accepted.Baseline.Entries[0].Machines.ShouldBeEmpty();
        accepted.Baseline.Machines.ShouldBeEmpty();
        accepted.Remarks.ShouldHaveSingleItem().ShouldContain("at least 3 worker processes");
    }

    [Fact]
    public void A_wrong_result_never_becomes_the_reference()
    {
        var problem = Should.Throw<UserError>(() => Apply(Full, Sample.Run(Sample.Usual("good") with { Failure = "pixel 7 is wrong" })));
        problem.ExitCode.ShouldBe(ExitCode.Regression);
        problem.Message.ShouldContain("pixel 7 is wrong");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_never_becomes_the_reference(double value) =>
        Should.Throw<UserError>(() => Apply(Full, Sample.Run(Sample.Usual("good", sum: value)))).Message.ShouldContain("no figure to keep");

    [Fact]
    public void Unknown_names_are_refused_with_those_that_exist()
    {
        var run = Sample.Run(Sample.Usual("good"), Sample.Usual("other"));
        Should.Throw<UserError>(() => Apply(Full, run, new() { Scenarios = ["goood"] })).Message.ShouldBe("no scenario 'goood' was measured; there are good, other");
        Should.Throw<UserError>(() => Apply(Full, run, new() { Metrics = ["tim"] })).Message.ShouldBe("no metric 'tim' is judged; there are allocatedBytes, minorFaults, sum, time");
        Should.Throw<UserError>(() => Apply(Full, Sample.Run())).ExitCode.ShouldBe(ExitCode.BaselineUnusable);
    }

    [Fact]
    public void What_is_worse_is_told_apart_from_what_is_better_new_or_gone()
    {
        Apply(Full, Sample.Run(Sample.Usual("good", allocated: 4096, sum: 7, slower: 1.5))).Worse.Select(c => c.Metric).ShouldBe(["allocatedBytes", "sum", "time"]);
        Apply(Full, Sample.Run(Sample.Usual("good", slower: 0.5), Sample.Usual("fresh"))).Worse.ShouldBeEmpty();
        var less = Apply(Baseline.Empty, Sample.Run(Sample.Usual("good", allocated: 4096))).Baseline;
        Apply(less, Sample.Run(Sample.Usual("good", allocated: 1024))).Worse.ShouldBeEmpty();
    }

    [Fact]
    public void A_regression_has_its_own_reason_and_other_changes_theirs()
    {
        var exact = Apply(Apply(Baseline.Empty, Sample.Run(Sample.Usual("good", allocated: 4096))).Baseline, Sample.Run(Sample.Usual("good", allocated: 1024, sum: 7)), new() { Reason = "pooled", AcceptRegression = "a finer lattice" })
            .Baseline.Entries[0].Exact;
        exact["allocatedBytes"].Reason.ShouldBe("pooled");
        exact["sum"].Reason.ShouldBe("a finer lattice");
    }

    [Theory]
    [InlineData(0.26, 0.0, "some task waited for a processor 26 % of the time, allowed 25 %")]
    [InlineData(0.25, 0.06, "the host took away 6 % of the processor time, allowed 5 %")]
    public void A_disturbed_machine_leaves_times_out_and_takes_the_rest(double pressure, double steal, string says)
    {
        var run = Sample.Run(Sample.Usual("good", sum: 7, slower: 2), Sample.Usual("fresh")) with { Contention = new() { CpuPressure = pressure, Steal = steal } };
        var accepted = Apply(Full, run);
        accepted.LeftOut.ShouldBe([$"good: time ({says})", $"fresh: time ({says})"]);
        accepted.Changes.Select(c => c.ToString()).ShouldBe(["~ good: sum: 12345.6789 photons -> 7 photons", "+ fresh: allocatedBytes: 0 B", "+ fresh: sum: 12345.6789 photons"]);
        var despite = Apply(Full, run, new() { DespiteInterference = true });
        despite.LeftOut.ShouldBeEmpty();
        despite.Changes.Count(c => c.Metric == "time").ShouldBe(2);
        despite.Remarks.ShouldContain(remark => remark.StartsWith("other work disturbed 2 machine-bound figures", StringComparison.Ordinal));
    }

    [Fact]
    public void Processes_that_disagree_leave_a_time_out_and_quiet_or_unknown_machines_do_not()
    {
        var noisy = Sample.Run(Sample.Case("good", Sample.Ratio("time", "fma-1", 3, 3.6, 3.3, 4, 2.9)));
        Apply(Baseline.Empty, noisy).LeftOut.ShouldHaveSingleItem().ShouldStartWith("good: time (the spread between worker processes is 13");
        Apply(Baseline.Empty, Sample.Run(Sample.Usual("good")) with { Contention = new() { CpuPressure = 0.25, Steal = 0.05 } }).LeftOut.ShouldBeEmpty();
    }

    [Fact]
    public void A_time_that_keeps_its_line_is_not_left_out()
    {
        var run = Sample.Run(Sample.Usual("good")) with { Contention = new() { CpuPressure = 0.9 } };
        Apply(Full, run).LeftOut.ShouldBeEmpty();
    }

    private static AcceptedBaseline Apply(Baseline baseline, MeasuredRun run, AcceptanceRequest? request = null) =>
        Acceptance.Apply(baseline, run, request ?? new(), new());
}
