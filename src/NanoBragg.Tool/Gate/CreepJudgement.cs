using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// Judges time against the baseline of the last release: a limit is a step that each change may take, and many small steps are one large one. A pure function
/// of the run, the baseline then, today's baseline and the policy.
/// </summary>
internal static class CreepJudgement
{
    /// <summary>Judges a run.</summary>
    /// <param name="run">What was measured.</param>
    /// <param name="then">The baseline at the release.</param>
    /// <param name="today">Today's baseline.</param>
    /// <param name="policy">What is allowed.</param>
    /// <returns>What became slower, with certainty.</returns>
    public static IEnumerable<Creep> Judge(MeasuredRun run, Baseline then, Baseline today, GatePolicy policy)
    {
        var version = RunJudgement.VersionOf(run);
        foreach (var measured in run.Cases.Where(measured => measured.Failure is null && then.IndexOf(measured.Name, version) >= 0))
        {
            var entry = then.Entries[then.IndexOf(measured.Name, version)];
            foreach (var (metric, line) in entry.Machines.GetValueOrDefault(run.Machine.Id) ?? Baseline.Ordinal<RatioFigure>())
            {
                if (CaseJudgement.Pick(measured.Metrics.Where(now => now.Kind == MetricKind.Ratio && now.Name == metric), line) is { } now
                    && Slower(measured.Name, line, now, policy.Creep.Warning, policy) is { } warned)
                {
                    var failed = Slower(measured.Name, line, now, policy.Creep.Error, policy);
                    yield return new((failed ?? warned) with { Machine = run.Machine.Id }, entry, failed is not null, Word(measured.Name, metric, line));
                }
            }
        }

        // What was accepted since with a word is no creep, only worth remembering.
        string? Word(string scenario, string metric, RatioFigure line) =>
            today.IndexOf(scenario, version) is var index and >= 0
            && today.Entries[index].Machines.GetValueOrDefault(run.Machine.Id)?.GetValueOrDefault(metric) is { Reason: { } reason } && reason != line.Reason ? reason : null;
    }

    /// <summary>Gives the comparison where it is certain that the change is past a limit.</summary>
    private static Comparison? Slower(string scenario, RatioFigure line, MeasuredMetric now, double limit, GatePolicy policy) =>
        RatioJudgement.Judge(scenario, line with { Limit = limit }, now, policy with { CertainChange = limit }) is { Outcome: Outcome.Regressed } c ? c : null;
}

/// <summary>A metric that became worse since the last release.</summary>
/// <param name="Comparison">Then, at the release, and now.</param>
/// <param name="Entry">The entry at the release.</param>
/// <param name="Fails">Whether it is past what fails, and not only past what is told.</param>
/// <param name="Reason">The reason that today's line gives and the release's did not, or null.</param>
internal sealed record Creep(Comparison Comparison, BaselineEntry Entry, bool Fails, string? Reason);
