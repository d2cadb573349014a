namespace NanoBragg.Tool.Gate;

/// <summary>
/// Bounds of a median from independent values, whatever their distribution, that hold however often they are looked at: the k-th smallest and the
/// k-th largest value. Whoever bets on each value in turn that it lies above a line, and stakes nine tenths of what he has, multiplies it by 1.9 or
/// by 0.1. Where at least half of the values lie below, that is no better than a fair game, so with a probability of at most 1/c he ever holds c
/// times what he began with (J. Ville, "Étude critique de la notion de collectif", 1939). The lower bound is the highest line against which he has won
/// 1/(1 − confidence) times his stake. Nothing is assumed of symmetry or of tails, and k − 1 values may be arbitrarily far off without moving a bound.
/// </summary>
internal static class MedianBounds
{
    // The share of values that the bet supposes on the one side: of 0.9 to 0.97, which all need about as many values, the one that bears two wild ones of twenty.
    private const double Supposed = 0.95;

    /// <summary>Gets what the bettor holds, as a multiple of his stake.</summary>
    /// <param name="count">How many values there are.</param>
    /// <param name="misses">How many of them lie on the other side of the line.</param>
    /// <returns>The multiple; its reciprocal is a p-value, at any time.</returns>
    public static double Evidence(int count, int misses) => Math.Pow(2 * Supposed, count - misses) * Math.Pow(2 * (1 - Supposed), misses);

    /// <summary>Gets how many values in from either end the bound lies.</summary>
    /// <param name="count">How many values there are.</param>
    /// <param name="confidence">The one-sided confidence, below 1.</param>
    /// <returns>The rank k, from 1; 0 where so few values cannot bound the median with that confidence.</returns>
    public static int Rank(int count, double confidence)
    {
        var rank = 0;
        while (rank < count && Evidence(count, rank) * (1 - confidence) >= 1)
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
