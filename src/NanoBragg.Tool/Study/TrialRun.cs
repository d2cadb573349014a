using System.Diagnostics;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Proof;

namespace NanoBragg.Tool.Study;

/// <summary>Plays one trial: the gate as it is, on a proof kernel of this tool's own assembly, with a slowdown in the candidate and other work beside it.</summary>
internal static class TrialRun
{
    private const int AnchoredWorkers = 8;

    /// <summary>Plays a trial.</summary>
    /// <param name="cell">What kind.</param>
    /// <param name="seed">What decides how the other work goes.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The trial; null where the disturbance that it was for did not happen.</returns>
    public static Trial? Play(StudyCell cell, int seed, IProgress<string> progress, CancellationToken cancellation)
    {
        using var first = cell.Load is Loads.One or Loads.Two ? BusyProcess.InBursts(2 * seed) : null;
        using var second = cell.Load is Loads.Two ? BusyProcess.InBursts((2 * seed) + 1) : null;
        using var disturbance = cell.Load is Loads.Stop or Loads.Steal or Loads.Kill ? new Disturbance(cell.Load, seed) : null;
        var started = Stopwatch.GetTimestamp();
        var trial = new Trial { At = DateTimeOffset.UtcNow, Design = cell.Design, Kernel = cell.Kernel, Load = cell.Load, Injected = cell.Injected, Seconds = 0 };
        try
        {
            trial = cell.Design == Designs.Duet ? Duet(trial, progress, cancellation) : Anchored(trial, progress, cancellation);
        }
        catch (UserError e)
        {
            trial = trial with { Verdict = Trial.Error, Why = e.Message };
        }

        return disturbance is { HasHappened: false } ? null : trial with { At = DateTimeOffset.UtcNow, Seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3) };
    }

    private static Trial Duet(Trial trial, IProgress<string> progress, CancellationToken cancellation)
    {
        var (run, time) = ProofGate.Of($"proof-{trial.Kernel}", trial.Injected, progress, cancellation);
        return trial with
        {
            Verdict = time.Outcome.ToString().ToLowerInvariant(),
            Ratios = Processes(run, metric => metric.Kind == MetricKind.Duet),
            WallMeanSeconds = Processes(run, metric => metric.Name == "wallMeanSeconds"),
            WallMedianSeconds = Processes(run, metric => metric.Name == "wallSeconds"),
        };
    }

    private static Trial Anchored(Trial trial, IProgress<string> progress, CancellationToken cancellation)
    {
        var run = MeasureSession.Run(ProofGate.Options($"proof-{trial.Kernel}", trial.Injected) with { Workers = AnchoredWorkers }, progress, cancellation);
        return trial with
        {
            Verdict = run.Cases[0].Failure is null ? null : Trial.Error,
            Why = run.Cases[0].Failure,
            Yardsticks = run.Cases[0].Metrics.Where(metric => metric.Kind == MetricKind.Ratio)
                .ToDictionary(metric => metric.Yardstick!, metric => (IReadOnlyList<double>)[.. metric.Groups!.Select(Short)]),
        };
    }

    private static double[] Processes(MeasuredRun run, Func<MeasuredMetric, bool> which) =>
        [.. (run.Cases[0].Metrics.FirstOrDefault(which)?.Groups ?? []).Select(Short)];

    // Six digits: noise is in the third.
    private static double Short(double value) => SignificantDigits.Round(value, 6);
}
