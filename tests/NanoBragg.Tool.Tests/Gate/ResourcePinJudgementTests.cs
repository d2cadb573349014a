using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Resources;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>Pins of what a process uses, in the baseline.</summary>
public sealed class ResourcePinJudgementTests
{
    private const double Idle = 4000;

    private static readonly MeasuredRun Usual = Run(Used(4500));
    private static readonly Baseline Pinned = Acceptance.Apply(Baseline.Empty, Usual, new(), new()).Baseline;

    [Fact]
    public void Faults_and_memory_are_pinned_by_themselves_with_their_tolerance_and_instructions_only_when_asked_for()
    {
        var lines = BaselineText.Write(Pinned).Split('\n').Select(line => line.Trim()).ToList();

        lines.ShouldContain("\"majorFaults\": { \"value\": 0, \"unit\": \"faults\", \"better\": \"lower\" },");
        lines.ShouldContain("\"maxResidentBytes\": { \"value\": 45000000, \"unit\": \"B\", \"better\": \"lower\", \"relativeTolerance\": 0.02, \"idle\": 40000000 },");
        lines.ShouldContain("\"minorFaults\": { \"value\": 4500, \"unit\": \"faults\", \"better\": \"lower\", \"relativeTolerance\": 0.01, \"idle\": 4000 },");
        lines.ShouldNotContain(line => line.Contains("instructions", StringComparison.Ordinal));
        BaselineText.Write(Sample.File(Pinned).Content).ShouldBe(BaselineText.Write(Pinned));
        var asked = Acceptance.Apply(Pinned, Usual, new() { Metrics = ["instructions"] }, new());
        BaselineText.Write(asked.Baseline).ShouldContain("\"instructions\": { \"value\": 1000000, \"unit\": \"instructions\", \"better\": \"lower\", \"relativeTolerance\": 0.005 }");
        Judge(asked.Baseline, Run(Used(4500, instructions: 1_004_000))).Verdict.ShouldBe(Verdict.Pass);
        Judge(asked.Baseline, Run(Used(4500, instructions: 1_006_000))).Verdict.ShouldBe(Verdict.Regressed);
    }

    [Theory]
    [InlineData(4500, 0, null)]
    [InlineData(4545, 0, null)]
    [InlineData(4546, 2, "NB1001")]
    [InlineData(4455, 0, null)]
    [InlineData(4454, 0, "NB1007")]
    public void More_than_a_percent_of_faults_is_a_regression_and_less_an_improvement_to_be_kept(double faults, int exitCode, string? code)
    {
        var report = Judge(Pinned, Run(Used(faults)));

        report.ExitCode.ShouldBe(exitCode);
        report.Findings.Select(finding => finding.Code).ShouldBe(code is null ? [] : [code]);
    }

    [Fact]
    public void One_major_fault_is_too_many() =>
        Judge(Pinned, Run(Used(4500, major: 1))).Findings.ShouldHaveSingleItem().Message.ShouldStartWith("good: majorFaults is 1 faults, was 0 faults, allowed no change; to accept it: ");

    [Fact]
    public void The_message_says_the_tolerance_as_a_share() =>
        Judge(Pinned, Run(Used(5000))).Findings.ShouldHaveSingleItem().Message.ShouldStartWith("good: minorFaults is 5000 faults, was 4500 faults, +11.1 %, allowed 1 %; to accept it: ");

    [Fact]
    public void What_another_version_of_the_tool_or_the_runtime_adds_to_every_process_is_not_the_kernels()
    {
        Judge(Pinned, Run(Used(4600, idle: Idle + 100))).Verdict.ShouldBe(Verdict.Pass);
        Judge(Pinned, Run(Used(4500, idle: Idle - 100))).Verdict.ShouldBe(Verdict.Regressed);

        // What differs from run to run anyway is not taken off.
        Judge(Pinned, Run(Used(4540, idle: Idle + 20))).Comparisons.Single(c => c.Metric == "minorFaults").Now.ShouldBe(4540);
    }

    [Fact]
    public void What_the_same_code_as_the_base_uses_more_of_is_the_environments()
    {
        var other = Judge(Pinned, Run(Used(5000)) with { BaseVersion = "1.2.2" });
        var same = Judge(Pinned, Beside(CaseMetrics.SameInBase(Sample.Usual("good") with { Resources = Used(5000) })));

        other.ExitCode.ShouldBe(2);
        same.ExitCode.ShouldBe(0);
        Faults(same).ShouldSatisfyAllConditions(c => c.Outcome.ShouldBe(Outcome.Moved), c => c.SameCode.ShouldBeTrue(), c => c.Change!.Value.ShouldBe(0.111, 1e-3));
        var finding = same.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Severity, finding.Metric).ShouldBe((FindingCodes.EnvironmentMoved, Severity.Info, "minorFaults"));
        finding.Message.ShouldStartWith("good: minorFaults is 5000 faults, was 4500 faults, +11.1 %, allowed 1 %: the code is the same, so the environment moved (");
        finding.Message.ShouldEndWith("`dotnet nanobragg baseline update --scenario good --metric minorFaults`");

        // Less is no gain of the code either, and no ratchet asks for it.
        RunJudgement.Judge(Beside(CaseMetrics.SameInBase(Sample.Usual("good") with { Resources = Used(4000) })), Sample.File(Pinned), new() { Ratchet = true }, new()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void The_line_keeps_the_code_that_it_was_counted_with_and_what_that_uses_later_is_the_environments()
    {
        const string Code = "00112233aabbccdd";
        var known = Acceptance.Apply(Baseline.Empty, Sample.Run(Case(4500, Code)), new(), new()).Baseline;
        var text = BaselineText.Write(known);
        text.ShouldContain("\"minorFaults\": { \"value\": 4500, \"unit\": \"faults\", \"better\": \"lower\", \"relativeTolerance\": 0.01, \"idle\": 4000, \"identity\": \"00112233aabbccdd\" }");
        BaselineText.Write(Sample.File(known).Content).ShouldBe(text);

        Faults(Judge(known, Sample.Run(Case(5000, Code)))).Outcome.ShouldBe(Outcome.Moved);
        Faults(Judge(known, Sample.Run(Case(5000, "0000000000000000")))).Outcome.ShouldBe(Outcome.Regressed);
        Faults(Judge(Pinned, Sample.Run(Case(5000, null)))).Outcome.ShouldBe(Outcome.Regressed);

        // An update leaves what moved by itself, and needs no word for it where it is asked for.
        Acceptance.Apply(known, Sample.Run(Case(5000, Code)), new(), new()).Changes.ShouldBeEmpty();
        var named = Acceptance.Apply(known, Sample.Run(Case(5000, Code)), new() { Metrics = ["minorFaults"] }, new());
        named.Worse.ShouldBeEmpty();
        named.Changes.ShouldHaveSingleItem().ToString().ShouldBe("~ good: minorFaults: 4500 faults -> 5000 faults");
        BaselineText.Write(Acceptance.Apply(known, Sample.Run(Case(5000, "0000000000000000")), new() { AcceptRegression = "a table" }, new()).Baseline)
            .ShouldContain("\"value\": 5000, \"unit\": \"faults\", \"better\": \"lower\", \"relativeTolerance\": 0.01, \"idle\": 4000, \"identity\": \"0000000000000000\", \"reason\": \"a table\"");
    }

    [Fact]
    public void Updating_keeps_what_the_gate_passes_and_asks_for_a_word_for_more()
    {
        Acceptance.Apply(Pinned, Run(Used(4520)), new(), new()).Changes.ShouldBeEmpty();
        var accepted = Acceptance.Apply(Pinned, Run(Used(5000)), new() { AcceptRegression = "a table" }, new());

        accepted.Changes.ShouldHaveSingleItem().ToString().ShouldBe("~ good: minorFaults: 4500 faults -> 5000 faults");
        accepted.Worse.ShouldHaveSingleItem().Metric.ShouldBe("minorFaults");
        BaselineText.Write(accepted.Baseline).ShouldContain("\"minorFaults\": { \"value\": 5000, \"unit\": \"faults\", \"better\": \"lower\", \"relativeTolerance\": 0.01, \"idle\": 4000, \"reason\": \"a table\" }");
    }

    [Fact]
    public void A_baseline_from_before_there_were_such_pins_stays_valid()
    {
        var old = Acceptance.Apply(Baseline.Empty, Run(null), new(), new()).Baseline;

        Judge(old, Usual).Findings.ShouldBeEmpty();
        Acceptance.Apply(old, Usual, new(), new()).Changes.Count.ShouldBe(3);
    }

    [Fact]
    public void A_pin_that_could_not_be_counted_is_inconclusive_says_why_and_keeps_its_line()
    {
        var without = Run(MeasuredResources.None("the time limit was reached before it could be counted"));
        var report = Judge(Pinned, without);

        report.Verdict.ShouldBe(Verdict.Inconclusive);
        report.Findings[0].Message.ShouldBe("good: majorFaults is in the baseline, but it could not be counted: the time limit was reached before it could be counted; measure again, or remove the line");
        Acceptance.Apply(Pinned, without, new(), new()).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_pin_can_be_waived()
    {
        var waived = Pinned with { Waivers = [new() { Scenario = "good", Metric = "minorFaults", Ceiling = 1.2, Until = NuGet.Versioning.VersionRange.Parse("[1.0.0, 2.0.0)"), Reason = "a table" }] };

        Judge(waived, Run(Used(5000))).Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.Waived);
        Judge(waived, Run(Used(6000))).ExitCode.ShouldBe(2);
    }

    private static GateReport Judge(Baseline baseline, MeasuredRun run) => RunJudgement.Judge(run, Sample.File(baseline), new(), new());

    private static MeasuredRun Beside(MeasuredCase measured) => Sample.Run(measured) with { BaseVersion = "1.2.2" };

    private static MeasuredCase Case(double faults, string? identity) => Sample.Usual("good") with { Identity = identity, Resources = Used(faults) };

    private static Comparison Faults(GateReport report) => report.Comparisons.Single(c => c.Metric == "minorFaults");

    private static MeasuredRun Run(MeasuredResources? used) => Sample.Run(Sample.Usual("good") with { Resources = used });

    private static MeasuredResources Used(double minor, double major = 0, double instructions = 1_000_000, double idle = Idle) => new()
    {
        Pins =
        [
            Pin("instructions", "instructions", instructions, 0.005, null),
            Pin("majorFaults", "faults", major, 0, null),
            Pin("maxResidentBytes", "B", 45_000_000, 0.02, 40_000_000),
            Pin("minorFaults", "faults", minor, 0.01, idle),
        ],
    };

    private static MeasuredMetric Pin(string name, string unit, double value, double tolerance, double? idle) =>
        new() { Name = name, Kind = MetricKind.Pin, Unit = unit, Better = Better.Lower, Value = value, RelativeTolerance = tolerance, Idle = idle };
}
