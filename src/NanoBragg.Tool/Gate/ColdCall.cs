using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// Tells whether only the first call of a case became slower: compiling, loading, the first touch of memory. It is told and never judged: it is paid once a process.
/// </summary>
internal static class ColdCall
{
    // More than the runtime's own compiling varies by from process to process, and more than a user would not notice.
    private const double Slower = 1.25;
    private const double SlowerForSure = 1.1;
    private const double NoticeableSeconds = 1e-3;

    /// <summary>Gives by how much the first call is slower than the base's.</summary>
    /// <param name="measured">The case.</param>
    /// <returns>The relative change; null where it is not, or where that cannot be told.</returns>
    public static double? Slowdown(MeasuredCase measured)
    {
        var groups = measured.Metrics.FirstOrDefault(metric => metric.Name == CaseMetrics.FirstCall)?.Groups;
        if (groups is null || measured.Metrics.FirstOrDefault(metric => metric.Name == "firstCallSeconds") is not { Value: >= NoticeableSeconds })
        {
            return null;
        }

        // Who comes first waits for code that both need, so the two orders differ; their geometric mean does not favour a side.
        var byOrder = groups.Where(double.IsFinite).Select((ratio, worker) => (Ratio: ratio, BaseFirst: DuetOrder.IsBaseFirst(worker))).ToLookup(group => group.BaseFirst, group => group.Ratio);
        double[] first = [.. byOrder[false]];
        double[] second = [.. byOrder[true]];
        if (first.Length < 2 || second.Length < 2)
        {
            return null;
        }

        var slowdown = Math.Sqrt(Statistics.Median(first) * Statistics.Median(second));
        return slowdown > Slower && Math.Sqrt(first.Min() * second.Min()) > SlowerForSure ? slowdown - 1 : null;
    }
}
