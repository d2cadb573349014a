namespace NanoBragg.Kernels.Physics;

/// <summary>
/// Sines and cosines of half turns in plain arithmetic, for devices whose own are missing in double, slow, or of unknown accuracy: the sine keeps the relative accuracy of
/// double, the cosine the absolute one. Coefficients are Chebyshev fits in x².
/// </summary>
internal static class HalfTurns
{
    /// <summary>A number less the nearest whole one, of which a half is rounded down, as <see cref="StructureFactors.NearestIndex"/> does.</summary>
    /// <param name="x">The number.</param>
    /// <returns>Above -1/2, at most 1/2.</returns>
    public static double Fraction(double x) => x - Math.Ceiling(x - 0.5);

    /// <summary>sin πr.</summary>
    /// <param name="r">-1/2 to 1/2.</param>
    public static double Sine(double r)
    {
        var u = r * r;
        var p = (-0.000021133627352052970404 * u) + 0.00046598701580433779334;
        p = (p * u) - 0.0073703643265304156755;
        p = (p * u) + 0.082145878816310426917;
        p = (p * u) - 0.59926452882522400508;
        p = (p * u) + 2.5501640398618676297;
        p = (p * u) - 5.1677127800497858227;
        return r * ((p * u) + 3.1415926535897928787);
    }

    /// <summary>cos πr.</summary>
    /// <param name="r">-1/2 to 1/2.</param>
    public static double Cosine(double r)
    {
        var u = r * r;
        var p = (4.14956435394258551e-6 * u) - 0.00010456655338748738169;
        p = (p * u) + 0.00192955627248171314825;
        p = (p * u) - 0.02580688873700220327;
        p = (p * u) + 0.23533063012953285391;
        p = (p * u) - 1.33526276884344709335;
        p = (p * u) + 4.0587121264164969995;
        p = (p * u) - 4.93480220054467676725;
        return (p * u) + 1.0;
    }
}
