using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Code;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>Pins of code in the baseline.</summary>
public sealed class PinTests
{
    private static readonly MeasuredRun Usual = Run(Code(calls: 2, moves: 4));
    private static readonly Baseline Pinned = Acceptance.Apply(Baseline.Empty, Usual, new(), new()).Baseline;

    [Fact]
    public void Calls_and_moves_are_pinned_by_themselves_beside_the_times_of_their_machine()
    {
        var lines = BaselineText.Write(Pinned).Split('\n').Select(line => line.Trim()).ToList();
        var machine = lines.IndexOf($"\"{Sample.ThisMachine.Id}\": {{");
        lines[machine + 1].ShouldBe("\"callsInLoops\": { \"value\": 2, \"unit\": \"calls\", \"better\": \"lower\" },");
        lines[machine + 2].ShouldStartWith("\"time\": {");
        lines[machine + 3].ShouldBe("\"vectorStackMoves\": { \"value\": 4, \"unit\": \"moves\", \"better\": \"lower\" }");
        lines.ShouldNotContain(line => line.Contains("codeBytes", StringComparison.Ordinal));
        BaselineText.Write(Sample.File(Pinned).Content).ShouldBe(BaselineText.Write(Pinned));
    }

    [Fact]
    public void A_method_that_has_no_size_is_read_back_from_the_file_of_a_run()
    {
        using var folder = new TemporaryFolder();
        var code = MeasuredCode.Of([new() { Name = "My.Kernel:Wait()", Bytes = null, CallsInLoops = 1, VectorStackMoves = 0, FmaCount = 0 }], null);
        MeasuredRunFile.Write(folder["measured.json"], Run(code));
        MeasuredRunFile.Read(folder["measured.json"]).Cases[0].Code!.Methods.ShouldHaveSingleItem().Bytes.ShouldBeNull();
    }

    [Theory]
    [InlineData(2, 4, 0, null)]
    [InlineData(3, 4, 2, "NB1001")]
    [InlineData(2, 5, 2, "NB1001")]
    [InlineData(2, 0, 0, "NB1007")]
    public void More_is_a_regression_and_less_an_improvement_to_be_kept(int calls, int moves, int exitCode, string? code)
    {
        foreach (var failOn in new[] { FailOn.All, FailOn.Exact })
        {
            var report = Judge(Pinned, Run(Code(calls, moves)), new() { FailOn = failOn });
            report.ExitCode.ShouldBe(exitCode);
            report.Findings.Select(finding => finding.Code).ShouldBe(code is null ? [] : [code]);
        }
    }

    [Fact]
    public void More_can_be_waived_as_time_can()
    {
        var waiver = new Waiver { Scenario = "good", Metric = "callsInLoops", Ceiling = 1.5, Until = NuGet.Versioning.VersionRange.Parse("[1.0.0, 2.0.0)"), Reason = "a getter" };
        Judge(Pinned with { Waivers = [waiver] }, Run(Code(calls: 3, moves: 4)), new()).Findings.ShouldHaveSingleItem().Code.ShouldBe(FindingCodes.Waived);
        Judge(Pinned with { Waivers = [waiver] }, Run(Code(calls: 4, moves: 4)), new()).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void A_baseline_from_before_there_were_pins_stays_valid_and_updating_adds_them()
    {
        var old = Acceptance.Apply(Baseline.Empty, Run(null), new(), new()).Baseline;

        Judge(old, Usual).Findings.ShouldBeEmpty();
        Acceptance.Apply(old, Usual, new(), new()).Changes.Select(change => change.ToString()).ShouldBe(["+ good: callsInLoops: 2 calls", "+ good: vectorStackMoves: 4 moves"]);
        Acceptance.Apply(old, Usual, new() { Metrics = ["vectorStackMoves"] }, new()).Changes.ShouldHaveSingleItem();
        Acceptance.Apply(Pinned, Usual, new(), new()).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Code_bytes_are_pinned_only_when_asked_for_by_name_and_then_any_change_counts()
    {
        var asked = Acceptance.Apply(Pinned, Usual, new() { Metrics = ["codeBytes"] }, new()).Baseline;

        BaselineText.Write(asked).ShouldContain("\"codeBytes\": { \"value\": 100, \"unit\": \"B\", \"better\": \"equal\" }");
        Judge(Pinned, Run(Code(2, 4, bytes: 90))).Verdict.ShouldBe(Verdict.Pass);
        Judge(asked, Run(Code(2, 4, bytes: 90))).Verdict.ShouldBe(Verdict.Regressed);
    }

    [Fact]
    public void On_another_machine_pins_say_nothing() =>
        Judge(Pinned, Run(Code(9, 9)) with { Machine = Sample.Machine("arm-8-2cpu-linux-arm64-0000") }).Comparisons.ShouldNotContain(c => c.Kind == MetricKind.Pin);

    [Fact]
    public void Code_that_could_not_be_read_is_inconclusive_and_keeps_its_lines()
    {
        var unread = Run(new MeasuredCode { NotAvailable = "the listing of the JIT's code is torn" });

        var report = Judge(Pinned, unread);
        report.Verdict.ShouldBe(Verdict.Inconclusive);
        report.Findings[0].Message.ShouldBe("good: callsInLoops is in the baseline, but the code could not be read: the listing of the JIT's code is torn; measure again, or remove the line");
        Acceptance.Apply(Pinned, unread, new(), new()).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_change_is_accepted_with_its_reason()
    {
        var accepted = Acceptance.Apply(Pinned, Run(Code(calls: 3, moves: 4)), new() { Reason = "a call more" }, new());

        accepted.Changes.ShouldHaveSingleItem().ToString().ShouldBe("~ good: callsInLoops: 2 calls -> 3 calls");
        BaselineText.Write(accepted.Baseline).ShouldContain("\"callsInLoops\": { \"value\": 3, \"unit\": \"calls\", \"better\": \"lower\", \"reason\": \"a call more\" }");
    }

    private static GateReport Judge(Baseline baseline, MeasuredRun run, GatePolicy? policy = null) => RunJudgement.Judge(run, Sample.File(baseline), policy ?? new(), new());

    private static MeasuredRun Run(MeasuredCode? code) => Sample.Run(Sample.Usual("good") with { Code = code });

    private static MeasuredCode Code(int calls, int moves, int bytes = 100) =>
        MeasuredCode.Of([new() { Name = "My.Kernel:Sum()", Bytes = bytes, CallsInLoops = calls, VectorStackMoves = moves, FmaCount = 8 }], "0123456789abcdef");
}
