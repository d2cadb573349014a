using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Proof;

/// <summary>The gate as it is, on a proof kernel against itself, with a known slowdown in the candidate.</summary>
internal static class ProofGate
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(120);

    /// <summary>Gets the assembly that holds the proof kernels: this tool's own.</summary>
    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "dotnet-nanobragg.dll");

    private static BaselineFile NoBaseline { get; } = BaselineFile.Read(Path.Combine(AppContext.BaseDirectory, "there is no baseline"));

    /// <summary>Gives what to measure of a proof kernel.</summary>
    /// <param name="scenario">The proof kernel.</param>
    /// <param name="injected">The share of work that the candidate does more.</param>
    public static MeasureOptions Options(string scenario, double injected) => new()
    {
        AssemblyPath = Assembly,
        Scenarios = [scenario],
        Workers = 1,
        Timeout = MostTime,
        ReadsCode = false,
        IgnoreIdentity = true,
        InjectedWork = injected,
    };

    /// <summary>Runs the gate.</summary>
    /// <param name="scenario">The proof kernel.</param>
    /// <param name="injected">The share of work that the candidate does more.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was measured, and the verdict on its time.</returns>
    /// <exception cref="UserError">It could not be measured.</exception>
    public static (MeasuredRun Run, Comparison Time) Of(string scenario, double injected, IProgress<string> progress, CancellationToken cancellation)
    {
        var (run, report) = GateRun.Of(Options(scenario, injected) with { BaseAssemblyPath = Assembly }, NoBaseline, new GatePolicy(), progress, cancellation);
        return (run, report.Comparisons.FirstOrDefault(c => c.Kind == MetricKind.Duet)
            ?? throw new UserError($"{scenario} could not be timed: {run.Cases[0].Failure ?? run.Cases[0].BaseAbsence}"));
    }
}
