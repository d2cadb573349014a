using System.Runtime.InteropServices;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Code;
using NanoBragg.Tool.Measurement.Resources;
using NanoBragg.Tool.Reports;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>Pins of code and of what a process uses, held against the base where it is at hand.</summary>
public sealed class PinsBesideBaseTests
{
    private static readonly MachineFingerprint Elsewhere = Sample.Machine("amd-25-17-2cpu-linux-x64-9209");

    private static readonly BaselineFile None = BaselineFile.Read(Path.Combine(Path.GetTempPath(), "there is no such file.json"));

    /// <summary>Three calls in loops and 4500 faults.</summary>
    private static readonly Baseline Pinned = Acceptance.Apply(Baseline.Empty, Sample.Run(Case(3, 4500)), new(), new()).Baseline;

    [Fact]
    public void A_machine_that_the_baseline_does_not_know_judges_by_the_base()
    {
        var report = Judge(Case(4, 5000, Bases(3, 4500)), Elsewhere);

        report.ExitCode.ShouldBe(2);
        report.Comparisons.Where(c => c.Kind == MetricKind.Pin).ShouldAllBe(c => c.AgainstBase && c.Machine == Elsewhere.Id);
        report.Findings.Where(f => f.Severity == Severity.Error).Select(f => f.Message).ShouldBe(
        [
            "good: callsInLoops is 4 calls, was 3 calls in the base, +33.3 %, allowed no change, most in My.Kernel:Run(); to accept it: `dotnet nanobragg baseline update --scenario good --metric callsInLoops --reason \"…\"`",
            "good: minorFaults is 5000 faults, was 4500 faults in the base, +11.1 %, allowed 1 %; to accept it: `dotnet nanobragg baseline update --scenario good --metric minorFaults --reason \"…\"`",
        ], ignoreOrder: true);
        Judge(Case(3, 4540, Bases(3, 4500)), Elsewhere).Comparisons.Where(c => c.Kind == MetricKind.Pin).Select(c => c.Outcome).ShouldBe([Outcome.Pass, Outcome.Pass, Outcome.Pass]);
        Judge(Case(3, 4540), Elsewhere).Comparisons.ShouldNotContain(c => c.Kind == MetricKind.Pin);
    }

    [Fact]
    public void Where_a_line_would_fail_the_base_has_the_last_word()
    {
        // The host counts more for both than on the day of the line; one of the two has a call more besides.
        Judge(Case(3, 5000, Bases(3, 5010))).ShouldSatisfyAllConditions(report => report.ExitCode.ShouldBe(0), report => Pin(report, "minorFaults").ShouldSatisfyAllConditions(c => c.Outcome.ShouldBe(Outcome.Pass), c => c.Then.ShouldBe(5010)));
        Judge(Case(4, 5000, Bases(3, 5010))).Findings.ShouldHaveSingleItem().Metric.ShouldBe("callsInLoops");
        Judge(Case(3, 5000, Bases(3, 4900))).ExitCode.ShouldBe(2);

        // What the line has was accepted, whatever an older base has.
        Judge(Case(3, 4500, Bases(2, 4000))).ShouldSatisfyAllConditions(report => report.ExitCode.ShouldBe(0), report => Pin(report, "callsInLoops").AgainstBase.ShouldBeFalse());
    }

    [Theory]
    [InlineData(4590, 4550, "Pass")]
    [InlineData(4596, 4550, "Regressed")]
    [InlineData(4596, 4600, "Pass")]
    [InlineData(4456, 4600, "Pass")]
    [InlineData(4454, 4600, "Improved")]
    public void What_processes_scatter_by_is_no_change(double least, double most, string outcome)
    {
        var old = Used(4500);
        var scattered = Sample.Usual("good") with { Resources = Used(least).Beside(old with { Pins = [old.Pins[0] with { Most = most }] }) };
        Pin(Judge(scattered, Elsewhere), "minorFaults").Outcome.ToString().ShouldBe(outcome);
    }

    [Fact]
    public void Less_than_in_the_base_is_told_where_an_update_would_keep_it()
    {
        var measured = Case(2, 4500, Bases(3, 4500));
        Judge(measured, Elsewhere).Findings.ShouldBeEmpty();
        var pinned = new PinnedBase { Assembly = "My.Kernels.dll", Version = "1.2.2", Sha256 = new('a', 64) };
        RunJudgement.Judge(Beside(measured, Elsewhere) with { BasePin = pinned.Sha256 }, Sample.File(Pinned with { Base = pinned }), new() { Ratchet = true }, new())
            .Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.Improvement);
    }

    [Fact]
    public void Without_an_entry_and_without_a_baseline_the_base_is_enough()
    {
        RunJudgement.Judge(Beside(Case(4, 4500, Bases(3, 4500)), Elsewhere), None, new(), new()).Findings.ShouldHaveSingleItem().Message
            .ShouldBe("good: callsInLoops is 4 calls, was 3 calls in the base, +33.3 %, allowed no change, most in My.Kernel:Run(); if it is meant, record it with `dotnet nanobragg baseline update --scenario good`");
        RunJudgement.Judge(Beside(Case(3, 4500, Bases(3, 4500)), Elsewhere), None, new(), new()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_waiver_covers_it_where_the_baseline_has_no_line_of_the_machine()
    {
        var waiver = new Waiver { Scenario = "good", Metric = "callsInLoops", Ceiling = 1.5, Until = NuGet.Versioning.VersionRange.Parse("[1.0.0, 2.0.0)"), Reason = "a getter" };
        var waived = Sample.File(Pinned with { Waivers = [waiver] });
        RunJudgement.Judge(Beside(Case(4, 4500, Bases(3, 4500)), Elsewhere), waived, new(), new()).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(0), r => Pin(r, "callsInLoops").Outcome.ShouldBe(Outcome.Waived));
        RunJudgement.Judge(Beside(Case(5, 4500, Bases(3, 4500)), Elsewhere), waived, new(), new()).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void An_update_beside_the_pinned_base_asks_for_a_word_where_the_machine_is_new()
    {
        var pinned = new PinnedBase { Assembly = "My.Kernels.dll", Version = "1.2.2", Sha256 = new('a', 64) };
        var baseline = Pinned with { Base = pinned };
        var worse = Beside(Case(4, 4500, Bases(3, 4500)), Elsewhere) with { BasePin = pinned.Sha256 };

        var accepted = Acceptance.Apply(baseline, worse, new() { AcceptRegression = "a getter" }, new());
        accepted.Worse.ShouldHaveSingleItem().Metric.ShouldBe("callsInLoops");
        accepted.Baseline.Entries[0].Pins[Elsewhere.Id]["callsInLoops"].Reason.ShouldBe("a getter");
        accepted.Baseline.Entries[0].Pins[Elsewhere.Id]["minorFaults"].Reason.ShouldBeNull();
        RunJudgement.Judge(worse, Sample.File(accepted.Baseline), new(), new()).ExitCode.ShouldBe(0);
        Acceptance.Apply(baseline, worse with { BasePin = null }, new(), new()).Worse.ShouldBeEmpty();
    }

    [Fact]
    public void A_base_that_the_baseline_does_not_keep_any_more_says_nothing_of_pins_either()
    {
        var stale = Beside(Case(4, 5000, Bases(3, 4500)), Elsewhere) with { BasePin = new('b', 64) };
        RunJudgement.Judge(stale, Sample.File(Pinned), new(), new()).Comparisons.ShouldNotContain(c => c.Kind == MetricKind.Pin);
    }

    [Fact]
    public void Reports_say_that_it_is_the_bases_figure()
    {
        var report = Judge(Case(4, 4500, Bases(3, 4500)), Elsewhere);
        using var console = new StringWriter();
        GateText.Write(report, console);
        console.ToString().ShouldContain("3 calls (base)");
        ReportFile.Text(report, "r.md").ShouldContain("3 calls (base)");
        ReportFile.Text(report, "r.json").ShouldContain("\"againstBase\": true");
    }

    [Fact]
    public void Real_code_and_real_processes_of_both_builds_are_read_where_the_code_differs()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return;
        }

        using var folder = new TemporaryFolder();
        var options = new MeasureOptions { AssemblyPath = Fixture.CopyWith(folder["new"], 0x5EEDB000, 0x5EEDB001), BaseAssemblyPath = Fixture.CopyWith(folder["old"], 0x5EEDB000, 0x5EEDB000) };
        MeasuredCase[] cases = [Sample.Usual("chosen-loop"), Sample.Usual("clean-loop") with { SameCodeAsBase = true }, Sample.Usual("good") with { BaseAbsence = "it does not have this case" }];
        var minutes = TimeSpan.FromMinutes(5);
        var run = Sample.Run(cases) with { BaseVersion = "1.2.2" };
        run = ResourceReading.Add(CodeReading.Add(run, options, minutes, new NoProgress(), CancellationToken.None), options, minutes, new NoProgress(), CancellationToken.None);

        foreach (var measured in run.Cases.Skip(1))
        {
            measured.Pins.ShouldNotBeEmpty();
            measured.Pins.ShouldAllBe(pin => pin.Base == null);
        }

        var report = RunJudgement.Judge(run, None, new(), new());
        report.Comparisons.Where(c => c is { Kind: MetricKind.Pin, Scenario: "chosen-loop", Outcome: Outcome.Regressed }).Select(c => c.Metric).Order(StringComparer.Ordinal)
            .ShouldBe(["callsInLoops", "maxResidentBytes", "minorFaults", "vectorStackMoves"]);
        Pin(report, "callsInLoops").ShouldSatisfyAllConditions(c => (c.Then, c.Now).ShouldBe((0, 1)), c => c.Where!.ShouldContain("VectorKernels:LoopWithCall("));
        Pin(report, "maxResidentBytes").ShouldSatisfyAllConditions(c => (c.Now - c.Then)!.Value.ShouldBeInRange(30 << 20, 80 << 20));
        Pin(report, "majorFaults").Outcome.ShouldBe(Outcome.Pass);

        // The other way round it is less, and the same code is the same.
        options = options with { AssemblyPath = options.BaseAssemblyPath!, BaseAssemblyPath = Fixture.CopyWith(folder["older"], 0x5EEDB000, 0x5EEDB000) };
        run = Sample.Run(Sample.Usual("chosen-loop")) with { BaseVersion = "1.2.2" };
        run = ResourceReading.Add(CodeReading.Add(run, options, minutes, new NoProgress(), CancellationToken.None), options, minutes, new NoProgress(), CancellationToken.None);
        RunJudgement.Judge(run, None, new(), new()).Comparisons.Where(c => c.Kind == MetricKind.Pin).Select(c => c.Outcome).Distinct().ShouldBe([Outcome.Pass]);
    }

    private static Comparison Pin(GateReport report, string metric) => report.Comparisons.Single(c => c.Kind == MetricKind.Pin && c.Metric == metric);

    private static GateReport Judge(MeasuredCase measured, MachineFingerprint? machine = null) => RunJudgement.Judge(Beside(measured, machine ?? Sample.ThisMachine), Sample.File(Pinned), new(), new());

    private static MeasuredRun Beside(MeasuredCase measured, MachineFingerprint machine)
    {
        var duet = Sample.Ratio("time", "base", 1, 1.001, 0.999, 1, 1.001, 0.999, 1, 1, 1, 1, 1, 1) with { Kind = MetricKind.Duet };
        return Sample.Run(measured with { Metrics = [.. measured.Metrics, duet] }) with { BaseVersion = "1.2.2", Machine = machine, Workers = 12 };
    }

    private static (MeasuredCode Code, MeasuredResources Resources) Bases(int calls, double faults) => (Code(calls), Used(faults));

    private static MeasuredCase Case(int calls, double faults, (MeasuredCode Code, MeasuredResources Resources)? old = null) => Sample.Usual("good") with
    {
        Code = old is { Code: var code } ? Code(calls).Beside(code) : Code(calls),
        Resources = old is { Resources: var resources } ? Used(faults).Beside(resources) : Used(faults),
    };

    private static MeasuredCode Code(int calls) => MeasuredCode.Of([new() { Name = "My.Kernel:Run()", Bytes = 100, CallsInLoops = calls, VectorStackMoves = 0, FmaCount = 0 }], "0123456789abcdef");

    private static MeasuredResources Used(double faults) => new()
    {
        Pins = [new() { Name = "minorFaults", Kind = MetricKind.Pin, Unit = "faults", Better = Better.Lower, Value = faults, RelativeTolerance = 0.01, Idle = 4000 }],
    };
}
