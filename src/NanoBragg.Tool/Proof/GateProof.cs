using System.Diagnostics;
using System.Globalization;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Proof;

/// <summary>One thing that the gate has to show on this machine.</summary>
/// <param name="Scenario">The proof kernel.</param>
/// <param name="Injected">The share of work that the candidate does more; 0 for identical code.</param>
/// <param name="Time">The verdict.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record Proven(string Scenario, double Injected, Comparison Time, double Seconds)
{
    /// <summary>Gets whether the verdict is right; null where it is inconclusive.</summary>
    public bool? IsRight => Time.Outcome switch
    {
        Outcome.Inconclusive => null,
        Outcome.Regressed => Injected > 0,
        _ => Injected == 0,
    };
}

/// <summary><c>gate --prove</c>: does the gate find 5 % and 10 % on this machine as it is, and does it leave identical code alone?</summary>
internal static class GateProof
{
    private static readonly double[] Injected = [0, 0.05, 0.10];

    /// <summary>Runs the gate on kernels whose slowdown is known.</summary>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The verdicts.</returns>
    public static IReadOnlyList<Proven> Run(IProgress<string> progress, CancellationToken cancellation)
    {
        var proven = new List<Proven>();
        foreach (var scenario in new[] { ProofKernels.Compute, ProofKernels.Memory })
        {
            foreach (var injected in Injected)
            {
                var started = Stopwatch.GetTimestamp();
                progress.Report($"{scenario}, {Words(injected)}");
                var (_, time) = ProofGate.Of(scenario, injected, NoProgress.Instance, cancellation);
                proven.Add(new(scenario, injected, time, Stopwatch.GetElapsedTime(started).TotalSeconds));
            }
        }

        return proven;
    }

    /// <summary>Says what was injected.</summary>
    /// <param name="injected">The share of work that the candidate does more.</param>
    public static string Words(double injected) => injected == 0 ? "identical code" : string.Create(CultureInfo.InvariantCulture, $"+{100 * injected:0.#} % injected");

    /// <summary>Gives the exit code: 0 where every verdict is right, 2 where one is wrong, 4 where the machine was too disturbed for one.</summary>
    /// <param name="proven">The verdicts.</param>
    public static ExitCode ExitCodeOf(IReadOnlyList<Proven> proven) =>
        proven.Any(one => one.IsRight == false) ? ExitCode.Regression : proven.Any(one => one.IsRight is null) ? ExitCode.Inconclusive : ExitCode.Ok;
}
