using MathNet.Numerics.Distributions;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// Judges CPU time against the base assembly, on logarithms, from one number a worker process. The estimate is their median, the bounds are
/// <see cref="MedianBounds"/>: a process that went wrong moves neither. Inconclusive means that more processes are needed.
/// </summary>
internal static class DuetJudgement
{
    // The probability with which the minimum detectable change is found.
    private const double Power = 0.99;

    /// <summary>Judges one case.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="duet">The measured figure.</param>
    /// <param name="limit">The relative change that the baseline's line allows, or null.</param>
    /// <param name="policy">What is allowed otherwise.</param>
    /// <param name="confidence">The one-sided confidence that a regression of this case takes, see <see cref="Holm"/>; null where it is the only one.</param>
    /// <returns>The comparison.</returns>
    public static Comparison Judge(string scenario, MeasuredMetric duet, double? limit, DuetPolicy policy, double? confidence = null)
    {
        var regression = confidence ?? policy.RegressionConfidence;
        var values = duet.Groups ?? [duet.Value];
        var usable = values.All(value => double.IsFinite(value) && value > 0);
        double[] groups = usable ? [.. values.Select(value => Math.Log(value))] : [];
        var allowed = limit ?? policy.Limit;
        var line = Math.Log(1 + allowed);
        var smallest = Math.Log(1 + policy.SmallestEffect);
        var estimate = usable ? Statistics.Median(groups) : double.NaN;
        var upper = MedianBounds.Upper(groups, policy.PassConfidence);
        var outcome = groups.Length < policy.MinimumGroups ? Outcome.Inconclusive
            : estimate > line && MedianBounds.Lower(groups, regression) > smallest ? Outcome.Regressed
            : upper >= line ? Outcome.Inconclusive
            : estimate < -line && upper < -smallest ? Outcome.Improved
            : Outcome.Pass;
        var told = outcome == Outcome.Regressed ? regression : policy.PassConfidence;
        return new()
        {
            Scenario = scenario,
            Metric = duet.Name,
            Kind = MetricKind.Duet,
            Unit = duet.Unit,
            Yardstick = duet.Yardstick,
            Then = 1,
            Now = usable ? Math.Exp(estimate) : null,
            Change = usable ? Math.Exp(estimate) - 1 : null,
            ChangeAtLeast = Change(MedianBounds.Lower(groups, told)),
            ChangeAtMost = Change(MedianBounds.Upper(groups, told)),
            Confidence = told,
            Groups = values.Count,
            DetectableChange = groups.Length < policy.MinimumGroups ? null : Math.Exp(Detectable(groups, line, smallest, policy.MaximumGroups, regression)) - 1,
            Allowed = allowed,
            Outcome = outcome,
        };
    }

    /// <summary>Gives the evidence that a case is slower by more than the smallest effect, for <see cref="Holm"/>.</summary>
    /// <param name="duet">The measured figure.</param>
    /// <param name="policy">The smallest effect.</param>
    /// <returns>See <see cref="MedianBounds.Evidence"/>.</returns>
    public static double Evidence(MeasuredMetric duet, DuetPolicy policy)
    {
        var values = duet.Groups ?? [duet.Value];
        return MedianBounds.Evidence(values.Count, values.Count(value => !(value > 1 + policy.SmallestEffect)));
    }

    /// <summary>
    /// The slowdown that would be found with a probability of <see cref="Power"/> in <see cref="DuetPolicy.MaximumGroups"/> processes that scatter
    /// normally as these do (by their median absolute deviation): the estimate must pass the limit, and the bound the smallest effect.
    /// </summary>
    private static double Detectable(double[] groups, double line, double smallest, int most, double confidence)
    {
        var spread = Statistics.RobustDeviation(groups);
        var forEstimate = Normal.InvCDF(0, 1, Power) * Statistics.MedianOverMean / Math.Sqrt(most);
        var forBound = -Normal.InvCDF(0, 1, MedianBounds.ShareBelow(most, confidence, Power));
        return Math.Max(line + (forEstimate * spread), smallest + (forBound * spread));
    }

    private static double? Change(double bound) => double.IsFinite(bound) ? Math.Exp(bound) - 1 : null;
}
