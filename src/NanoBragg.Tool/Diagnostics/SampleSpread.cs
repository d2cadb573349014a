namespace NanoBragg.Tool.Diagnostics;

/// <summary>How repeated values of one quantity lie. In the unit of the values.</summary>
internal sealed record SampleSpread
{
    /// <summary>Gets how many values there are.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the smallest value.</summary>
    public required double Minimum { get; init; }

    /// <summary>Gets the median.</summary>
    public required double Median { get; init; }

    /// <summary>Gets the largest value.</summary>
    public required double Maximum { get; init; }

    /// <summary>Gets the arithmetic mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Gets the sample standard deviation (n − 1) divided by the mean; null for fewer than two values or a mean of zero.</summary>
    public double? CoefficientOfVariation { get; init; }

    /// <summary>Describes values; null where there are none.</summary>
    public static SampleSpread? Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            return null;
        }

        var mean = sorted.Average();
        return new SampleSpread
        {
            Count = sorted.Length,
            Minimum = sorted[0],
            Median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2,
            Maximum = sorted[^1],
            Mean = mean,
            CoefficientOfVariation = sorted.Length < 2 || mean == 0
                ? null
                : Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / (sorted.Length - 1)) / Math.Abs(mean),
        };
    }
}
