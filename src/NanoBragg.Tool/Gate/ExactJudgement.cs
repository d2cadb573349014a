using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>Judges a figure that is the same on every machine: any change past its tolerance counts.</summary>
internal static class ExactJudgement
{
    /// <summary>Judges one figure.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="then">The baseline's figure; its direction and tolerances rule, because they are what was committed.</param>
    /// <param name="now">The measured figure.</param>
    /// <returns>The comparison.</returns>
    public static Comparison Judge(string scenario, ExactFigure then, MeasuredMetric now)
    {
        // Both sides are rounded alike, so that a figure with more digits than the file keeps still equals itself.
        var before = SignificantDigits.Round(then.Value, SignificantDigits.Exact);
        var after = SignificantDigits.Round(now.Value, SignificantDigits.Exact);
        var allowed = Math.Max(then.AbsoluteTolerance ?? 0, (then.RelativeTolerance ?? 0) * Math.Abs(before));
        var changed = then.Unit != now.Unit || !(Math.Abs(after - before) <= allowed);
        var better = then.Better switch { Better.Lower => after < before, Better.Higher => after > before, _ => false };
        return new()
        {
            Scenario = scenario,
            Metric = now.Name,
            Kind = MetricKind.Exact,
            Unit = now.Unit,
            ThenUnit = then.Unit == now.Unit ? null : then.Unit,
            Then = then.Value,
            Now = double.IsFinite(now.Value) ? now.Value : null,
            Change = before == 0 || then.Unit != now.Unit || !double.IsFinite(after) ? null : (after - before) / Math.Abs(before),
            Allowed = allowed,
            Outcome = !changed ? Outcome.Pass : better && then.Unit == now.Unit ? Outcome.Improved : Outcome.Regressed,
        };
    }
}
