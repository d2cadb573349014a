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
}
