using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace NanoBragg.Tool.Study;

/// <summary>
/// The one-sided rank test for two samples (H. B. Mann, D. R. Whitney, "On a test of whether one of two random variables is stochastically larger
/// than the other", Annals of Mathematical Statistics 18, 1947, 50–60).
/// </summary>
internal static class MannWhitney
{
    // Of both samples together; exact takes time with the fourth power, and the approximation is good by then.
    private const int LargestExact = 100;

    private static readonly ConcurrentDictionary<(int First, int Second), double[]> Distributions = new();

    /// <summary>Gives the probability that identical distributions lead to a first sample at least as large, by ranks, as this one.</summary>
    /// <param name="first">The sample that may be larger.</param>
    /// <param name="second">The sample that it is held against.</param>
    /// <returns>The p-value: exact without ties, from the normal distribution with ties or for large samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A sample is empty.</exception>
    public static double PValue(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first.Count);
        ArgumentOutOfRangeException.ThrowIfZero(second.Count);
        var wins = first.Sum(one => second.Sum(other => one > other ? 1 : one == other ? 0.5 : 0));
        var ties = first.Concat(second).CountBy(value => value).Select(value => value.Value).Where(times => times > 1).ToList();
        return ties.Count == 0 && first.Count + second.Count <= LargestExact
            ? Exact(first.Count, second.Count, (int)wins)
            : Approximate(first.Count, second.Count, wins, ties);
    }

    /// <summary>P(U ≥ wins); U is symmetric, so the shorter tail of small terms is summed up.</summary>
    private static double Exact(int first, int second, int wins)
    {
        var distribution = Distributions.GetOrAdd((first, second), static sizes => Distribution(sizes.First, sizes.Second));
        return Math.Min(1, distribution.Take((first * second) - wins + 1).Sum());
    }

    /// <summary>
    /// P(U = u), by the recurrence of Mann and Whitney in probabilities: the largest of i + j values is the first sample's with i/(i + j), and wins j times.
    /// </summary>
    private static double[] Distribution(int first, int second)
    {
        // No value in one of the samples: no win, for certain.
        double[] none = [1];
        var row = Enumerable.Repeat(none, second + 1).ToArray();
        for (var i = 1; i <= first; i++)
        {
            for (var j = 1; j <= second; j++)
            {
                var next = new double[(i * j) + 1];
                for (var u = 0; u < next.Length; u++)
                {
                    var ofFirst = u >= j && u - j < row[j].Length ? i * row[j][u - j] : 0;
                    var ofSecond = u < row[j - 1].Length ? j * row[j - 1][u] : 0;
                    next[u] = (ofFirst + ofSecond) / (i + j);
                }

                row[j] = next;
            }
        }

        return row[second];
    }

    private static double Approximate(double first, double second, double wins, List<int> ties)
    {
        var all = first + second;
        var tied = ties.Sum(times => ((double)times * times * times) - times);
        var variance = first * second / 12 * (all + 1 - (tied / (all * (all - 1))));

        // Half a win more: the statistic moves in steps.
        return variance <= 0 ? 1 : 1 - Normal.CDF(0, 1, (wins - 0.5 - (first * second / 2)) / Math.Sqrt(variance));
    }
}
