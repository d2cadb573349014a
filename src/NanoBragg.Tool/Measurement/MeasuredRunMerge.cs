using System.Globalization;

namespace NanoBragg.Tool.Measurement;

/// <summary>Joins two runs of the same scenarios on the same machine into one of more workers.</summary>
internal static class MeasuredRunMerge
{
    /// <summary>
    /// Joins two runs. Ratios gather the groups of both; exact metrics must agree, or the case fails; of the rest the mean over workers is taken.
    /// </summary>
    public static MeasuredRun Merge(MeasuredRun first, MeasuredRun second)
    {
        var share = second.Workers / (double)(first.Workers + second.Workers);
        var others = second.Cases.ToDictionary(measured => measured.Name);
        var comparisons = second.Comparisons.ToDictionary(comparison => (comparison.Scenario, comparison.Name));
        return first with
        {
            Workers = first.Workers + second.Workers,
            Key = second.Key is null ? null : first.Key,
            Contention = new Contention
            {
                LoadBefore = first.Contention.LoadBefore,
                LoadAfter = second.Contention.LoadAfter,
                CpuPressure = Mean(first.Contention.CpuPressure, second.Contention.CpuPressure, share),
                Steal = Mean(first.Contention.Steal, second.Contention.Steal, share),
                Throttled = Mean(first.Contention.Throttled, second.Contention.Throttled, share),
                RunQueueWait = Mean(first.Contention.RunQueueWait, second.Contention.RunQueueWait, share),
                InvoluntarySwitchesPerSecond = Mean(first.Contention.InvoluntarySwitchesPerSecond, second.Contention.InvoluntarySwitchesPerSecond, share),
            },
            Cases = [.. first.Cases.Select(measured => others.TryGetValue(measured.Name, out var other) ? Merge(measured, other, share) : measured)],
            Comparisons = [.. first.Comparisons.Select(comparison =>
                comparisons.TryGetValue((comparison.Scenario, comparison.Name), out var other)
                    ? comparison with { Value = Mean(comparison.Value, other.Value, share) }
                    : comparison)],
        };
    }

    private static MeasuredCase Merge(MeasuredCase first, MeasuredCase second, double share)
    {
        if ((first.Failure ?? second.Failure) is { } failure)
        {
            return Failed(first, failure);
        }

        if (!Unconditional(first).SequenceEqual(Unconditional(second)))
        {
            return Failed(first, "it has other figures in one worker process than in another: it differs from run to run");
        }

        var others = second.Metrics.ToDictionary(metric => (metric.Name, metric.Yardstick));
        var metrics = new List<MeasuredMetric>(first.Metrics.Count);
        foreach (var metric in first.Metrics)
        {
            if (!others.TryGetValue((metric.Name, metric.Yardstick), out var other))
            {
                metrics.Add(metric);
                continue;
            }

            if (metric.Kind == MetricKind.Exact && !Agree(metric, other))
            {
                return Failed(first, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{metric.Name} differs from run to run: {$"{metric.Value} {metric.Unit}".TrimEnd()} in one worker process, {$"{other.Value} {other.Unit}".TrimEnd()} in another"));
            }

            metrics.Add(Merge(metric, other, share));
        }

        return first with { Metrics = metrics, Identity = first.Identity == second.Identity ? first.Identity : null };
    }

    /// <summary>What every worker measures. Yardsticks stand beside the base in the first ones only.</summary>
    private static IEnumerable<(string Name, string? Yardstick)> Unconditional(MeasuredCase measured) =>
        measured.Metrics.Where(metric => metric.Kind != MetricKind.Ratio).Select(metric => (metric.Name, metric.Yardstick));

    private static MeasuredMetric Merge(MeasuredMetric first, MeasuredMetric second, double share)
    {
        switch (first.Kind)
        {
            case MetricKind.Ratio or MetricKind.Duet:
                double[] groups = [.. first.Groups!, .. second.Groups!];
                return first with { Groups = groups, Value = Statistics.LogMedian(groups) };
            case MetricKind.Exact:
                // What a stray allocation adds is noise within the tolerance; a result's figures keep the first value.
                return first.Better == Better.Lower && second.Value < first.Value ? first with { Value = second.Value } : first;
            default:
                return first with
                {
                    Value = Mean(first.Value, second.Value, share),
                    Groups = first.Groups is null || second.Groups is null ? null : [.. first.Groups, .. second.Groups],
                };
        }
    }

    private static bool Agree(MeasuredMetric first, MeasuredMetric second) =>
        Math.Abs(first.Value - second.Value)
        <= Math.Max(first.AbsoluteTolerance, first.RelativeTolerance * Math.Max(Math.Abs(first.Value), Math.Abs(second.Value)));

    private static MeasuredCase Failed(MeasuredCase measured, string failure) => measured with { Failure = failure, Metrics = [], Code = null, Resources = null };

    private static double Mean(double first, double second, double share) => first + (share * (second - first));

    private static double? Mean(double? first, double? second, double share) => first is { } a && second is { } b ? Mean(a, b, share) : first ?? second;
}
