using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Proof;
using NanoBragg.Tool.Reports;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Proof;

public sealed class ProofTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_gate_is_never_wrong_on_its_own_kernels()
    {
        var (exitCode, output, error) = await ToolProcess.Run(new Dictionary<string, string> { ["TMPDIR"] = _folder.Path }, "gate", "--prove");
        exitCode.ShouldBeOneOf([0, 4], output + error);
        output.ShouldNotContain("WRONG");
        output.Split('\n').Count(line => line.Contains("injected", StringComparison.Ordinal) || line.Contains("identical code ", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(6);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("at-perf-001")]
    public async Task Proving_goes_alone(string other)
    {
        var (exitCode, _, error) = await ToolProcess.Run(new Dictionary<string, string>(), "gate", "--prove", other);
        exitCode.ShouldBe(1);
        error.ShouldContain("--prove goes alone");
    }

    [Theory]
    [InlineData(0, Outcome.Pass, true)]
    [InlineData(0, Outcome.Improved, true)]
    [InlineData(0, Outcome.Regressed, false)]
    [InlineData(0.05, Outcome.Regressed, true)]
    [InlineData(0.05, Outcome.Pass, false)]
    [InlineData(0.05, Outcome.Inconclusive, null)]
    internal void A_verdict_is_held_against_what_was_injected(double injected, Outcome outcome, bool? right)
    {
        var one = Of(injected, outcome);
        one.IsRight.ShouldBe(right);
        GateProof.ExitCodeOf([Of(0, Outcome.Pass), one]).ShouldBe(right switch { true => ExitCode.Ok, false => ExitCode.Regression, null => ExitCode.Inconclusive });
        using var text = new StringWriter();
        ProofText.Write([one], text);
        text.ToString().Contains("WRONG", StringComparison.Ordinal).ShouldBe(right == false);
    }

    [Fact]
    public void Injected_work_slows_the_candidate_and_not_the_base()
    {
        var request = Fixture.Request(ProofKernels.Compute) with { AssemblyPath = ProofGate.Assembly, BaseAssemblyPath = ProofGate.Assembly, BatchSeconds = 0.003, InjectedWork = 0.25 };
        Statistics.LogMedian(Fixture.Run(request).OnlyCase().Ratios["base"]).ShouldBeInRange(1.1, 1.5);
    }

    private static Proven Of(double injected, Outcome outcome) =>
        new(ProofKernels.Compute, injected, new() { Scenario = ProofKernels.Compute, Metric = "time", Kind = MetricKind.Duet, Unit = "×", Outcome = outcome }, 1);
}
