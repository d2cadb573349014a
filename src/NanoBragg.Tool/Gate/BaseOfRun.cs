using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>Whether what a run measured beside the baseline's own base may still be judged by it. What was named with an option always may.</summary>
internal static class BaseOfRun
{
    /// <summary>Takes the base out of a run where it is no longer the baseline's, or where too few processes ran beside it: yardsticks judge then.</summary>
    /// <param name="run">What was measured.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="policy">What is allowed.</param>
    /// <returns>The run, or the run as it would be without a base.</returns>
    public static MeasuredRun Checked(MeasuredRun run, Baseline baseline, GatePolicy policy)
    {
        if (run.AssemblyPin is { } own && own == baseline.Base?.Sha256)
        {
            // Accepted in the meantime: what was measured is the baseline's base now.
            return run with
            {
                BasePin = own,
                BaseVersion = run.KernelVersion,
                BaseAbsence = null,
                Cases = [.. run.Cases.Select(measured => CaseMetrics.SameInBase(WithoutBase(measured)))],
            };
        }

        var why = run.BasePin is null ? null
            : run.BasePin != baseline.Base?.Sha256 ? "it was measured beside a base that the baseline does not keep any more"
            : run.Cases.Any(measured => measured.Metrics.Any(metric => metric is { Kind: MetricKind.Duet, Groups: { } groups } && groups.Count < policy.Duet.MinimumGroups)) ? FormattableString.Invariant($"beside the base only {run.Workers} worker processes ran, and {policy.Duet.MinimumGroups} are the fewest that tell")
            : null;
        return why is null ? run : run with
        {
            BaseVersion = null,
            BasePin = null,
            BaseAbsence = why,
            Cases = [.. run.Cases.Select(WithoutBase)],
        };
    }

    private static MeasuredCase WithoutBase(MeasuredCase measured) => measured with
    {
        BaseAbsence = null,
        SameCodeAsBase = false,
        Metrics = [.. measured.Metrics.Where(metric => metric.Kind != MetricKind.Duet).Select(metric => metric with { Base = null })],
        Code = measured.Code?.Beside(new()),
        Resources = measured.Resources?.Beside(new()),
    };
}
