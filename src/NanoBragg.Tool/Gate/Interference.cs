using System.Globalization;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// Says whether other work disturbed a run so much that its machine-bound figures must not become the reference. Judging bears noise, because
/// its bounds grow with it; a reference that was taken in noise is wrong for everybody who is compared with it.
/// </summary>
internal static class Interference
{
    /// <summary>Says what disturbed the machine.</summary>
    /// <param name="contention">The evidence; what the system does not tell is no evidence.</param>
    /// <param name="policy">What is allowed.</param>
    /// <returns>The words, or null where the machine was quiet.</returns>
    public static string? OfMachine(Contention contention, GatePolicy policy) =>
        contention.CpuPressure > policy.MostCpuPressure ? $"some task waited for a processor {Percent(contention.CpuPressure.Value)} of the time, allowed {Percent(policy.MostCpuPressure)}"
        : contention.Steal > policy.MostSteal ? $"the host took away {Percent(contention.Steal.Value)} of the processor time, allowed {Percent(policy.MostSteal)}"
        : contention.Throttled > policy.MostThrottled ? $"a processor quota stopped the run {Percent(contention.Throttled.Value)} of the time, allowed {Percent(policy.MostThrottled)}"
        : null;

    /// <summary>Says what disturbed one figure.</summary>
    /// <param name="groups">The values of the worker processes, above zero.</param>
    /// <param name="policy">What is allowed.</param>
    /// <returns>The words, or null where the processes agree.</returns>
    public static string? OfFigure(IReadOnlyList<double> groups, GatePolicy policy) =>
        RatioJudgement.SpreadOf(groups) is var spread && spread > policy.MostSpread
            ? $"the spread between worker processes is {Percent(spread)}, allowed {Percent(policy.MostSpread)}"
            : null;

    /// <summary>Says what speaks for it that a time could not be told: the reason of an inconclusive verdict.</summary>
    /// <param name="contention">What disturbed the machine.</param>
    /// <param name="measured">The case.</param>
    /// <param name="groups">The values of the worker processes that were judged.</param>
    /// <param name="fewest">The fewest worker processes that the verdict takes.</param>
    /// <param name="policy">What is allowed.</param>
    /// <returns>One clause; never empty.</returns>
    public static string WhyInconclusive(Contention contention, MeasuredCase measured, IReadOnlyList<double> groups, int fewest, GatePolicy policy)
    {
        var evidence = new List<string>();
        if (groups.Count < fewest)
        {
            evidence.Add(string.Create(CultureInfo.InvariantCulture, $"{groups.Count} of at least {fewest} worker processes measured"));
        }

        if (contention.Steal > policy.MostSteal)
        {
            evidence.Add($"the host took away {Percent(contention.Steal.Value)} of the processor time");
        }

        if (contention.Throttled > policy.MostThrottled)
        {
            evidence.Add($"a processor quota stopped the run {Percent(contention.Throttled.Value)} of the time");
        }

        if (contention.RunQueueWait > policy.MostCpuPressure)
        {
            evidence.Add($"the measuring thread waited for a processor {Percent(contention.RunQueueWait.Value)} of its time");
        }
        else if (contention.CpuPressure > policy.MostCpuPressure)
        {
            evidence.Add($"some task waited for a processor {Percent(contention.CpuPressure.Value)} of the time");
        }

        if (contention.InvoluntarySwitchesPerSecond > policy.ManySwitchesPerSecond)
        {
            evidence.Add(string.Create(CultureInfo.InvariantCulture, $"the workers were preempted {contention.InvoluntarySwitchesPerSecond:0} times a second"));
        }

        if (YardstickDrift(measured) is { } drift && drift.Share > policy.MostYardstickDrift)
        {
            evidence.Add($"{drift.First} and {drift.Second} moved apart by {Percent(drift.Share)} between processes");
        }

        if (groups.All(value => double.IsFinite(value) && value > 0) && RatioJudgement.SpreadOf(groups) is var spread && spread > policy.MostSpread / 2)
        {
            evidence.Add($"the worker processes scatter by {Percent(spread)}");
        }

        return evidence.Count switch
        {
            0 => "no disturbance of the machine was seen, so the change is near the limit, or memory lies elsewhere from process to process",
            1 => evidence[0],
            _ => $"{string.Join(", ", evidence[..^1])} and {evidence[^1]}",
        };
    }

    /// <summary>
    /// Finds the two yardsticks that moved apart most: in each process the case's ratios to two of them give the ratio between the yardsticks, which no kernel changes. Where it
    /// is far from its median in some process, the machine was another one there.
    /// </summary>
    private static (string First, string Second, double Share)? YardstickDrift(MeasuredCase measured)
    {
        var ratios = measured.Metrics.Where(metric => metric is { Kind: MetricKind.Ratio, Yardstick: not null, Groups.Count: > 1 }).ToList();
        (string First, string Second, double Share)? most = null;
        for (var first = 0; first < ratios.Count; first++)
        {
            foreach (var second in ratios.Skip(first + 1).Where(other => other.Name == ratios[first].Name && other.Groups!.Count == ratios[first].Groups!.Count))
            {
                double[] apart = [.. ratios[first].Groups!.Zip(second.Groups!, (a, b) => Math.Log(a / b))];
                var median = Statistics.Median(apart);
                var share = Math.Exp(apart.Max(value => Math.Abs(value - median))) - 1;
                if (double.IsFinite(share) && !(share <= most?.Share))
                {
                    most = (ratios[first].Yardstick!, second.Yardstick!, share);
                }
            }
        }

        return most;
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
}
