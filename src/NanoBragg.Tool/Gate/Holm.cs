namespace NanoBragg.Tool.Gate;

/// <summary>
/// Holm's correction for many verdicts in one run (S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6,
/// 1979, 65–70): the surest of m must be m times as sure as one alone, the next m − 1 times, and so on to the first that is not. Then the
/// probability of any false alarm in the run is at most the one asked for, however the verdicts depend on each other.
/// </summary>
internal static class Holm
{
    /// <summary>Gives the confidence that each verdict needs.</summary>
    /// <param name="evidence">The evidence against each hypothesis, see <see cref="MedianBounds.Evidence"/>.</param>
    /// <param name="confidence">The confidence that none of the verdicts is a false alarm, below 1.</param>
    /// <returns>The confidences, in the same order.</returns>
    public static IReadOnlyList<double> Confidences(IReadOnlyList<double> evidence, double confidence)
    {
        var alpha = 1 - confidence;
        var needed = new double[evidence.Count];
        var remaining = evidence.Count;
        var open = true;
        foreach (var index in Enumerable.Range(0, evidence.Count).OrderByDescending(index => evidence[index]))
        {
            needed[index] = 1 - (alpha / Math.Max(1, remaining));
            open &= evidence[index] * alpha >= remaining;
            remaining -= open ? 1 : 0;
        }

        return needed;
    }
}
