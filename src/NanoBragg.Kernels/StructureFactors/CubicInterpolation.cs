namespace NanoBragg.Kernels.StructureFactors;

/// <summary>Cubic polynomials through four points along each axis (physics.md section 18), each operation in the reference program's order.</summary>
internal static class CubicInterpolation
{
    /// <summary>The polynomial through four points at whole numbers in a row.</summary>
    /// <param name="first">Where the first point is.</param>
    /// <param name="y">The values at the four points.</param>
    /// <param name="x">Where the polynomial is wanted.</param>
    /// <returns>Its value.</returns>
    public static double Of(int first, ReadOnlySpan<double> y, double x)
    {
        double x0 = first, x1 = first + 1.0, x2 = first + 2.0, x3 = first + 3.0;
        var term0 = (x - x1) * (x - x2) * (x - x3) * y[0] / ((x0 - x1) * (x0 - x2) * (x0 - x3));
        var term1 = (x - x0) * (x - x2) * (x - x3) * y[1] / ((x1 - x0) * (x1 - x2) * (x1 - x3));
        var term2 = (x - x0) * (x - x1) * (x - x3) * y[2] / ((x2 - x0) * (x2 - x1) * (x2 - x3));
        var term3 = (x - x0) * (x - x1) * (x - x2) * y[3] / ((x3 - x0) * (x3 - x1) * (x3 - x2));
        return term0 + term1 + term2 + term3;
    }

    /// <summary>The structure factor between the reflections of a grid that surrounds the place (<see cref="IndexRange.Surrounds"/>).</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="h">Fractional index h.</param>
    /// <param name="k">Fractional index k.</param>
    /// <param name="l">Fractional index l.</param>
    /// <returns>The structure factor.</returns>
    public static double Of(StructureFactorGrid grid, double h, double k, double l)
    {
        var (firstH, firstK, firstL) = ((int)Math.Floor(h) - 1, (int)Math.Floor(k) - 1, (int)Math.Floor(l) - 1);
        Span<double> alongH = stackalloc double[4], alongK = stackalloc double[4];
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                alongK[j] = Of(firstL, grid[firstH + i, firstK + j].Slice(firstL - grid.L.Minimum, 4), l);
            }

            alongH[i] = Of(firstK, alongK, k);
        }

        return Of(firstH, alongH, h);
    }
}
