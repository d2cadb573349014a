namespace NanoBragg.Tool.Measurement;

/// <summary>Figures that sum up samples.</summary>
internal static class Statistics
{
    /// <summary>Of the normal distribution: standard error of a median over that of a mean.</summary>
    public const double MedianOverMean = 1.2533;

    // Of the normal distribution: standard deviation over median absolute deviation.
    private const double DeviationOverMad = 1.4826;

    /// <summary>Gets the median: the middle value, or the mean of the two middle ones.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Median(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
    }

    /// <summary>Gets the median of positive values by their logarithms, so that it has the same meaning for a ratio and for its inverse.</summary>
    public static double LogMedian(IReadOnlyList<double> values) => Math.Exp(Median([.. values.Select(value => Math.Log(value))]));

    /// <summary>The standard deviation of values that are normal but for some wild ones: by their median absolute deviation.</summary>
    /// <param name="values">Values; at least one.</param>
    public static double RobustDeviation(IReadOnlyList<double> values)
    {
        var middle = Median(values);
        return DeviationOverMad * Median([.. values.Select(value => Math.Abs(value - middle))]);
    }

    /// <summary>The standard error of a median of such values.</summary>
    /// <param name="values">Values; at least one.</param>
    public static double MedianError(IReadOnlyList<double> values) => MedianOverMean * RobustDeviation(values) / Math.Sqrt(values.Count);

    /// <summary>Gets the coefficient of variation: sample standard deviation divided by the mean; 0 for fewer than two values.</summary>
    public static double CoefficientOfVariation(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
        {
            return 0;
        }

        var mean = values.Average();
        return mean == 0 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)) / mean;
    }
}
