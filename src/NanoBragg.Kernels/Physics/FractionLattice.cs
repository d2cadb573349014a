namespace NanoBragg.Kernels.Physics;

/// <summary>
/// The lattice factors of <see cref="LatticeFactor"/> from fractions of Miller indices (<see cref="HalfTurns.Fraction"/>), up to their sign, which the intensity forgets. Plain arithmetic
/// without functions of the system's, so that any device computes it; accurate where Reference has rounding noise (at integers, and in the middle of an ellipsoid).
/// </summary>
internal static class FractionLattice
{
    // Its cube is an ordinary number.
    private const double Tiny = 1e-30;

    // Up to here, squared, the difference of a sphere's transform cancels, and its series converges.
    private const double NearMiddle = 2.0;

    /// <summary>Amplitude of a block of cells, as <see cref="LatticeFactor.Block"/>: the product of <c>sin(N πr) / sin(πr)</c>, with one quotient for the three.</summary>
    /// <param name="h">Fraction of the index along a.</param>
    /// <param name="k">Along b.</param>
    /// <param name="l">Along c.</param>
    /// <param name="a">Cells along a.</param>
    /// <param name="b">Cells along b.</param>
    /// <param name="c">Cells along c.</param>
    /// <returns>The amplitude; the number of cells where all three are 0.</returns>
    public static double Block(double h, double k, double l, double a, double b, double c)
    {
        double x = NotZero(h), y = NotZero(k), z = NotZero(l);
        var rows = HalfTurns.Sine(HalfTurns.Fraction(a * x)) * HalfTurns.Sine(HalfTurns.Fraction(b * y)) * HalfTurns.Sine(HalfTurns.Fraction(c * z));
        return rows / (HalfTurns.Sine(x) * HalfTurns.Sine(y) * HalfTurns.Sine(z));
    }

    /// <summary>Amplitude of an ellipsoid, as <see cref="LatticeFactor.Ellipsoid"/>.</summary>
    /// <param name="h">Fraction of the index along a.</param>
    /// <param name="k">Along b.</param>
    /// <param name="l">Along c.</param>
    /// <param name="a">Cells along a.</param>
    /// <param name="b">Cells along b.</param>
    /// <param name="c">Cells along c.</param>
    /// <param name="fudge">Factor on the squared distance.</param>
    public static double Ellipsoid(double h, double k, double l, double a, double b, double c, double fudge)
    {
        var squared = (h * h * a * a) + (k * k * b * b) + (l * l * c * c);
        return a * b * c * 0.723601254558268 * Sphere(Math.Sqrt(squared * fudge));
    }

    /// <summary>Amplitude of a Gaussian spot, as <see cref="LatticeFactor.Gaussian"/>.</summary>
    /// <param name="squaredDistance">Squared distance from the nearest reflection, 1/Å².</param>
    /// <param name="a">Cells along a.</param>
    /// <param name="b">Cells along b.</param>
    /// <param name="c">Cells along c.</param>
    /// <param name="fudge">Factor on the squared distance.</param>
    public static double Gaussian(double squaredDistance, double a, double b, double c, double fudge) =>
        a * b * c * Exponential.Of(-(squaredDistance * a * a * b * b * c * c / 0.63 * fudge));

    // At 0 both sines are; a number as small as this has the limit's last bit.
    private static double NotZero(double fraction) => Math.Abs(fraction) < Tiny ? Tiny : fraction;

    // 3 (sin x / x - cos x) / x² from x/π. Sine and cosine change their signs together from one half turn to the next.
    private static double Sphere(double turns)
    {
        var x = Math.PI * turns;
        var u = x * x;
        if (u >= NearMiddle)
        {
            var r = HalfTurns.Fraction(turns);
            return 3.0 * ((HalfTurns.Sine(r) / x) - HalfTurns.Cosine(r)) / u;
        }

        // (-1)ᵏ 3 (2k + 2) / (2k + 3)!
        var p = (u * (-1.0 / 851515702861824000.0)) + (1.0 / 2252687044608000.0);
        p = (p * u) - (1.0 / 7410154752000.0);
        p = (p * u) + (1.0 / 31135104000.0);
        p = (p * u) - (1.0 / 172972800.0);
        p = (p * u) + (1.0 / 1330560.0);
        p = (p * u) - (1.0 / 15120.0);
        p = (p * u) + (1.0 / 280.0);
        p = (p * u) - 0.1;
        return (p * u) + 1.0;
    }
}
