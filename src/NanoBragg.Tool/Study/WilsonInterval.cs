namespace NanoBragg.Tool.Study;

/// <summary>
/// Where the true share lies, at 95 %, after some of a number of trials (E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// JASA 22, 1927, 209–212). It says something also where none or all did.
/// </summary>
/// <param name="Low">The lower end, 0 to 1.</param>
/// <param name="High">The upper end, 0 to 1.</param>
internal readonly record struct WilsonInterval(double Low, double High)
{
    // Of the standard normal distribution, 2.5 % on either side.
    private const double Z = 1.96;

    /// <summary>Gives the interval.</summary>
    /// <param name="count">How many did.</param>
    /// <param name="trials">Of how many.</param>
    /// <returns>The interval; 0 to 1 where nothing was tried.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More did than were tried.</exception>
    public static WilsonInterval Of(int count, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, trials);
        if (trials == 0)
        {
            return new(0, 1);
        }

        double n = trials;
        var share = count / n;
        var centre = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));

        // Both ends are exact where the formula would leave them a rounding error off.
        return new(count == 0 ? 0 : centre - half, count == trials ? 1 : centre + half);
    }
}
