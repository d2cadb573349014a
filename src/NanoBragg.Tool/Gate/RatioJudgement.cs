using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// Judges a machine-bound figure. Noise multiplies, so everything happens on logarithms. The estimate is median over median; its bounds are
/// Welch's (B. L. Welch, Biometrika 34, 1947): each side's own spread and count of independent worker processes, no equal variances assumed.
/// A figure counts as changed only where the estimate is past the limit <em>and</em> the nearer bound is past
/// <see cref="GatePolicy.CertainChange"/>.
/// </summary>
internal static class RatioJudgement
{
    // The probability with which the detectable change is found.
    private const double Power = 0.99;

    /// <summary>Gives the standard deviation of the logarithms of values above zero; 0 for fewer than two.</summary>
    /// <param name="groups">The values.</param>
    /// <returns>The spread; 0.01 is about 1 %.</returns>
    public static double SpreadOf(IReadOnlyList<double> groups) => groups.Count < 2 ? 0 : groups.Select(value => Math.Log(value)).StandardDeviation();

    /// <summary>Judges one figure.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="then">The baseline's figure, taken on the same machine.</param>
    /// <param name="now">The measured figure, in the same yardstick.</param>
    /// <param name="policy">What is allowed.</param>
    /// <param name="confidence">The one-sided confidence of the bounds, see <see cref="Holm"/>; null where it is the only time of its run.</param>
    /// <returns>The comparison.</returns>
    public static Comparison Judge(string scenario, RatioFigure then, MeasuredMetric now, GatePolicy policy, double? confidence = null)
    {
        var groups = now.Groups ?? [now.Value];
        var limit = then.Limit ?? policy.Limit;
        var estimate = Math.Log(groups.Median() / then.Value);
        var canTell = CanTell(then, groups, policy);
        var (error, freedom) = canTell ? Error(then, groups, policy) : (double.PositiveInfinity, 1);
        var margin = canTell ? StudentT.InvCDF(0, 1, freedom, confidence ?? policy.Confidence) * error : double.PositiveInfinity;

        // Worse is up for both directions.
        var sign = then.Better == Better.Higher ? -1 : 1;
        var worse = sign * estimate;
        var certain = Math.Log(1 + policy.CertainChange);
        var outcome = !canTell ? Outcome.Inconclusive
            : worse > Math.Log(1 + limit) ? (worse - margin > certain ? Outcome.Regressed : Outcome.Inconclusive)
            : worse < -Math.Log(1 + limit) && worse + margin < -certain ? Outcome.Improved
            : Outcome.Pass;
        return new()
        {
            Scenario = scenario,
            Metric = now.Name,
            Kind = MetricKind.Ratio,
            Unit = now.Unit,
            Yardstick = then.Yardstick,
            Then = then.Value,
            Now = double.IsFinite(estimate) ? groups.Median() : null,
            Change = double.IsFinite(estimate) ? Math.Exp(estimate) - 1 : null,
            ChangeAtLeast = canTell ? Math.Exp(estimate - margin) - 1 : null,
            ChangeAtMost = canTell ? Math.Exp(estimate + margin) - 1 : null,
            DetectableChange = canTell ? Math.Exp(Math.Max(Math.Log(1 + limit), certain + margin) + (Normal.InvCDF(0, 1, Power) * error)) - 1 : null,
            Allowed = limit,
            Outcome = outcome,
        };
    }

    /// <summary>Gives the evidence that a figure is worse by more than what must be certain, for <see cref="Holm"/>.</summary>
    /// <param name="then">The baseline's figure.</param>
    /// <param name="now">The measured figure.</param>
    /// <param name="policy">What must be certain.</param>
    /// <returns>The reciprocal of the p-value; 0 where nothing can be told.</returns>
    public static double Evidence(RatioFigure then, MeasuredMetric now, GatePolicy policy)
    {
        var groups = now.Groups ?? [now.Value];
        if (!CanTell(then, groups, policy))
        {
            return 0;
        }

        var (error, freedom) = Error(then, groups, policy);
        var worse = (then.Better == Better.Higher ? -1 : 1) * Math.Log(groups.Median() / then.Value);
        return 1 / Math.Max(StudentT.CDF(0, 1, freedom, -(worse - Math.Log(1 + policy.CertainChange)) / error), double.Epsilon);
    }

    private static bool CanTell(RatioFigure then, IReadOnlyList<double> groups, GatePolicy policy) =>
        Math.Min(groups.Count, then.Groups) >= policy.MinimumGroups && groups.All(value => double.IsFinite(value) && value > 0);

    /// <summary>The standard error of the change on the logarithmic scale, and its degrees of freedom (Welch-Satterthwaite).</summary>
    private static (double Error, double Freedom) Error(RatioFigure then, IReadOnlyList<double> now, GatePolicy policy)
    {
        double Variance(double spread, int count) => Math.Pow(Math.Max(spread, policy.SpreadFloor), 2) / count;
        var before = Variance(then.Spread, then.Groups);
        var after = Variance(SpreadOf(now), now.Count);
        var sum = before + after;
        return (Math.Sqrt(sum), sum * sum / ((before * before / (then.Groups - 1)) + (after * after / (now.Count - 1))));
    }
}
