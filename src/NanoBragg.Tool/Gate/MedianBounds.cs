namespace NanoBragg.Tool.Gate;

/// <summary>
/// Bounds of a median from independent values, whatever their distribution: the k-th smallest and the k-th largest value, by the sign test
/// (W. R. Thompson, "On confidence ranges for the median and other expectation distributions for populations of unknown distribution form",
/// Annals of Mathematical Statistics 7, 1936, 122–128). The k-th smallest of n values lies above the median with a probability of
/// P(Binomial(n, ½) &lt; k), exactly for continuous distributions and at most for others. Nothing is assumed of symmetry or of tails, and
/// k − 1 values may be arbitrarily far off without moving a bound.
/// </summary>
internal static class MedianBounds
{
    /// <summary>Gets how many values in from either end the bound lies.</summary>
    /// <param name="count">How many values there are.</param>
    /// <param name="confidence">The one-sided confidence, below 1.</param>
    /// <returns>The rank k, from 1; 0 where so few values cannot bound the median with that confidence.</returns>
    public static int Rank(int count, double confidence)
    {
        var rank = 0;
        while (rank < count && Below(count, rank + 1, 0.5) <= 1 - confidence)
        {
            rank++;
        }

        return rank;
    }

    /// <summary>Gets the lower bound of the median.</summary>
    /// <param name="values">Independent values.</param>
    /// <param name="confidence">The one-sided confidence.</param>
    /// <returns>The bound; minus infinity where there are too few values.</returns>
    public static double Lower(IReadOnlyList<double> values, double confidence)
    {
        var rank = Rank(values.Count, confidence);
        return rank == 0 ? double.NegativeInfinity : values.Order().ElementAt(rank - 1);
    }

    /// <summary>Gets the upper bound of the median.</summary>
    /// <param name="values">Independent values.</param>
    /// <param name="confidence">The one-sided confidence.</param>
    /// <returns>The bound; infinity where there are too few values.</returns>
    public static double Upper(IReadOnlyList<double> values, double confidence)
    {
        var rank = Rank(values.Count, confidence);
        return rank == 0 ? double.PositiveInfinity : values.Order().ElementAt(values.Count - rank);
    }

    /// <summary>Gets the share of single values that may lie below a line when the lower bound is to lie above it with some power.</summary>
    /// <param name="count">How many values there are.</param>
    /// <param name="confidence">The bound's one-sided confidence.</param>
    /// <param name="power">The probability with which the bound is to lie above the line.</param>
    /// <returns>The share, 0 to ½; 0 where so few values cannot bound the median.</returns>
    public static double ShareBelow(int count, double confidence, double power)
    {
        var rank = Rank(count, confidence);
        var (low, high) = (0.0, 0.5);
        for (var step = 0; rank > 0 && step < 50; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = Below(count, rank, middle) >= power ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>P(Binomial(count, p) &lt; rank).</summary>
    private static double Below(int count, int rank, double p)
    {
        var sum = 0.0;
        var term = Math.Pow(1 - p, count);
        for (var k = 0; k < rank; k++)
        {
            sum += term;
            term *= (count - k) / (k + 1.0) * p / (1 - p);
        }

        return sum;
    }
}
