namespace NanoBragg.Tool.Measurement;

/// <summary>Figures that sum up samples.</summary>
internal static class Statistics
{
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
