using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>Measures, judges, and measures more until the verdict is certain, or as certain as it will get.</summary>
internal static class GateRun
{
    /// <summary>Runs the gate.</summary>
    /// <param name="options">What is measured.</param>
    /// <param name="judge">Judges what was measured so far.</param>
    /// <param name="policy">What is allowed.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was measured, and the verdict.</returns>
    /// <exception cref="UserError">Nothing could be measured, or the time was up.</exception>
    public static (MeasuredRun Run, GateReport Report) Of(
        MeasureOptions options, Func<MeasuredRun, GateReport> judge, GatePolicy policy, IProgress<string> progress, CancellationToken cancellation)
    {
        options = Certainty.Begin(options, policy);
        var run = MeasureSession.Run(options, progress, cancellation, soFar => Certainty.More(judge(soFar), soFar, options, policy));
        return (run, judge(run));
    }

    /// <summary>Runs the gate with a baseline, or without one.</summary>
    /// <param name="options">What is measured.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="policy">What is allowed.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was measured, and the verdict.</returns>
    /// <exception cref="UserError">Nothing could be measured, or the time was up.</exception>
    public static (MeasuredRun Run, GateReport Report) Of(
        MeasureOptions options, BaselineFile baseline, GatePolicy policy, IProgress<string> progress, CancellationToken cancellation) =>
        Of(options, run => RunJudgement.Judge(run, baseline, policy, new NextCommand()), policy, progress, cancellation);
}
