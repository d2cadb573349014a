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
    /// <summary>Gives the standard deviation of the logarithms of values above zero; 0 for fewer than two.</summary>
    /// <param name="groups">The values.</param>
    /// <returns>The spread; 0.01 is about 1 %.</returns>
    public static double SpreadOf(IReadOnlyList<double> groups) => groups.Count < 2 ? 0 : groups.Select(value => Math.Log(value)).StandardDeviation();

    /// <summary>Judges one figure.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="then">The baseline's figure, taken on the same machine.</param>
    /// <param name="now">The measured figure, in the same yardstick.</param>
    /// <param name="policy">What is allowed.</param>
    /// <returns>The comparison.</returns>
    public static Comparison Judge(string scenario, RatioFigure then, MeasuredMetric now, GatePolicy policy)
    {
        var groups = now.Groups ?? [now.Value];
        var limit = then.Limit ?? policy.Limit;
        var estimate = Math.Log(groups.Median() / then.Value);
        var canTell = Math.Min(groups.Count, then.Groups) >= policy.MinimumGroups && groups.All(value => double.IsFinite(value) && value > 0);
        var margin = canTell ? Margin(then, groups, policy) : double.PositiveInfinity;

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
            Allowed = limit,
            Outcome = outcome,
        };
    }

    /// <summary>Half the width of the interval, on the logarithmic scale.</summary>
    private static double Margin(RatioFigure then, IReadOnlyList<double> now, GatePolicy policy)
    {
        double Variance(double spread, int count) => Math.Pow(Math.Max(spread, policy.SpreadFloor), 2) / count;
        var before = Variance(then.Spread, then.Groups);
        var after = Variance(SpreadOf(now), now.Count);
        var sum = before + after;

        // Welch-Satterthwaite.
        var freedom = sum * sum / ((before * before / (then.Groups - 1)) + (after * after / (now.Count - 1)));
        return StudentT.InvCDF(0, 1, freedom, policy.Confidence) * Math.Sqrt(sum);
    }
}
