namespace NanoBragg.Kernels.Physics;

/// <summary>Structure factors of finite lattices (physics.md section 17).</summary>
public static class LatticeFactor
{
    /// <summary>Amplitude of a row of <paramref name="cells"/> scatterers: <c>sin(x·N) / sin(x)</c>, the square root of the grating function.</summary>
    /// <param name="x">π times the Miller index along the row.</param>
    /// <param name="cells">Scatterers in the row, N.</param>
    /// <returns>The amplitude; N at x = 0. At π times any other integer both sines are rounding noise, here as in the reference program.</returns>
    public static double Sincg(double x, double cells) => x == 0.0 ? cells : Math.Sin(x * cells) / Math.Sin(x);

    /// <summary>Amplitude of a block of cells (the reference program's square crystal): the product over the axes longer than one cell.</summary>
    /// <param name="h">Miller index along a, fractional.</param>
    /// <param name="k">Miller index along b, fractional.</param>
    /// <param name="l">Miller index along c, fractional.</param>
    /// <param name="a">Cells along a.</param>
    /// <param name="b">Cells along b.</param>
    /// <param name="c">Cells along c.</param>
    /// <returns>The amplitude.</returns>
    public static double Block(double h, double k, double l, int a, int b, int c)
    {
        var amplitude = 1.0;
        if (a > 1)
        {
            amplitude *= Sincg(Math.PI * h, a);
        }

        if (b > 1)
        {
            amplitude *= Sincg(Math.PI * k, b);
        }

        if (c > 1)
        {
            amplitude *= Sincg(Math.PI * l, c);
        }

        return amplitude;
    }

    /// <summary>Transform of a sphere, 1 at its middle.</summary>
    /// <param name="x">2π times the distance from the middle in units of the sphere's reciprocal diameter, over 2.</param>
    /// <returns>The amplitude.</returns>
    public static double Sinc3(double x) => x == 0.0 ? 1.0 : 3.0 * (Math.Sin(x) / x - Math.Cos(x)) / (x * x);

    /// <summary>Amplitude of an ellipsoid with the volume of a block of cells.</summary>
    /// <param name="h">Distance from the nearest reflection along a*, in indices.</param>
    /// <param name="k">Distance along b*.</param>
    /// <param name="l">Distance along c*.</param>
    /// <param name="a">Cells along a.</param>
    /// <param name="b">Cells along b.</param>
    /// <param name="c">Cells along c.</param>
    /// <param name="fudge">Factor on the squared distance; above 1 narrows the spot.</param>
    /// <returns>The amplitude.</returns>
    public static double Ellipsoid(double h, double k, double l, double a, double b, double c, double fudge)
    {
        var squared = h * h * a * a + k * k * b * b + l * l * c * c;
        return a * b * c * 0.723601254558268 * Sinc3(Math.PI * Math.Sqrt(squared * fudge));
    }

    /// <summary>Amplitude of a spot that falls off like a Gaussian.</summary>
    /// <param name="squaredDistance">Squared distance from the nearest reflection, 1/Å².</param>
    /// <param name="a">Cells along a.</param>
    /// <param name="b">Cells along b.</param>
    /// <param name="c">Cells along c.</param>
    /// <param name="fudge">Factor on the squared distance; above 1 narrows the spot.</param>
    /// <returns>The amplitude.</returns>
    public static double Gaussian(double squaredDistance, double a, double b, double c, double fudge) =>
        a * b * c * Math.Exp(-(Scaled(squaredDistance, a, b, c) / 0.63 * fudge));

    /// <summary>Amplitude of a spot with one height and a sharp edge.</summary>
    /// <param name="squaredDistance">Squared distance from the nearest reflection, 1/Å².</param>
    /// <param name="a">Cells along a.</param>
    /// <param name="b">Cells along b.</param>
    /// <param name="c">Cells along c.</param>
    /// <param name="fudge">Factor on the squared distance; above 1 narrows the spot.</param>
    /// <returns>The amplitude, 0 outside.</returns>
    public static double TopHat(double squaredDistance, double a, double b, double c, double fudge) =>
        a * b * c * (Scaled(squaredDistance, a, b, c) * fudge < 0.3969 ? 1.0 : 0.0);

    // By all three numbers of cells, not by each along its own axis: a quirk of the reference program.
    private static double Scaled(double squaredDistance, double a, double b, double c) => squaredDistance * a * a * b * b * c * c;
}
