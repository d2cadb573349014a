namespace NanoBragg.Kernels.Physics;

/// <summary>The exponential function in plain arithmetic, for devices that have none in double.</summary>
internal static class Exponential
{
    // Below, the result is no ordinary number any more; above, it is none at all.
    private const double LeastPower = -1022.0;
    private const double MostPower = 1023.0;

    private const double PowersOfTwo = 1.4426950408889634074; // in one of e: 1 / ln 2

    // ln 2 as a pair: the first has so few bits that a whole number of powers times it is exact.
    private const double LogarithmHigh = 0.693147180369123816490;
    private const double LogarithmLow = 1.90821492927058770002e-10;

    /// <summary>e to a power, within three roundings.</summary>
    /// <param name="x">The power. Below -708 it counts as 0 after the function, above 709 as 709.</param>
    public static double Of(double x)
    {
        var power = Math.Ceiling((x * PowersOfTwo) - 0.5);
        if (power < LeastPower)
        {
            return 0.0;
        }

        // What is left is at most (ln 2) / 2, where Taylor's series needs thirteen terms.
        power = Math.Min(power, MostPower);
        var r = x - (power * LogarithmHigh) - (power * LogarithmLow);
        var p = (r * (1.0 / 6227020800.0)) + (1.0 / 479001600.0);
        p = (p * r) + (1.0 / 39916800.0);
        p = (p * r) + (1.0 / 3628800.0);
        p = (p * r) + (1.0 / 362880.0);
        p = (p * r) + (1.0 / 40320.0);
        p = (p * r) + (1.0 / 5040.0);
        p = (p * r) + (1.0 / 720.0);
        p = (p * r) + (1.0 / 120.0);
        p = (p * r) + (1.0 / 24.0);
        p = (p * r) + (1.0 / 6.0);
        p = (p * r) + 0.5;
        p = (p * r) + 1.0;
        p = (p * r) + 1.0;
        return p * BitConverter.Int64BitsToDouble(((long)power + 1023L) << 52);
    }
}
