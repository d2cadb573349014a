namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>
/// Solid angle times polarisation times scale over a tile: a polynomial of fourth degree along each axis through its values at five Chebyshev points, in place
/// of two quotients, a root and thirty products for each pixel.
/// </summary>
internal static unsafe class FactorSurface
{
    /// <summary>Points along an axis.</summary>
    public const int Points = 5;

    // cos π/10 and cos 3π/10; between them, 0 is the fifth.
    private const double Outer = 0.95105651629515357212;
    private const double Inner = 0.58778525229247312917;
    private const double SquareDifference = (Outer * Outer) - (Inner * Inner);

    // All points of a tile, in whole registers.
    private const int Places = (Points * Points) + 7;

    /// <summary>Where a pixel is, -1 to 1 over a tile's pixels.</summary>
    /// <param name="pixel">The pixel, from the tile's first.</param>
    /// <param name="count">How many pixels the tile has.</param>
    public static double Place(int pixel, int count) => ((2.0 * pixel) + 1.0 - count) / count;

    /// <summary>Gives the coefficients of the rows' polynomials.</summary>
    /// <typeparam name="TLanes">A register of doubles.</typeparam>
    /// <param name="detector">Where pixels are.</param>
    /// <param name="fast">The tile's first pixel along the fast axis, and how many it has.</param>
    /// <param name="slow">Its first pixel along the slow axis, and how many it has.</param>
    /// <param name="rows">For each row the coefficients of 1, x, … x⁴ in the place along the fast axis.</param>
    public static void Rows<TLanes>(in DetectorGeometry detector, (int First, int Count) fast, (int First, int Count) slow, double* rows)
        where TLanes : struct, ILanes<TLanes, double>
    {
        // Coefficient of x to the i and y to the j at 5 i + j.
        var values = stackalloc double[3 * Places];
        double* x = values + Places, y = x + Places;
        var points = stackalloc double[Points] { -Outer, -Inner, 0.0, Inner, Outer };
        for (var i = 0; i < Points * Points; i++)
        {
            x[i] = At(fast, points[i / Points]);
            y[i] = At(slow, points[i % Points]);
        }

        for (var i = 0; i < Points * Points; i += TLanes.Count)
        {
            TLanes.Store(detector.Factor(TLanes.Load(x + i), TLanes.Load(y + i)), values + i);
        }

        for (var i = 0; detector.IsThick && i < Points * Points; i++)
        {
            values[i] *= detector.Captured(x[i], y[i]);
        }

        for (var i = 0; i < Points; i++)
        {
            ToCoefficients(values + (Points * i), 1);
        }

        for (var j = 0; j < Points; j++)
        {
            ToCoefficients(values + j, Points);
        }

        Evaluate(values, slow.Count, rows);
    }

    private static void Evaluate(double* coefficients, int count, double* rows)
    {
        double place = Place(0, count), step = 2.0 / count;
        for (var row = 0; row < count; row++)
        {
            var y = place + (step * row);
            for (var c = coefficients; c < coefficients + (Points * Points); c += Points)
            {
                *rows++ = (((((((c[4] * y) + c[3]) * y) + c[2]) * y) + c[1]) * y) + c[0];
            }
        }
    }

    // The pixel at a place, as a fraction of the whole detector's pixels.
    private static double At((int First, int Count) axis, double place) => axis.First + (0.5 * ((place * axis.Count) + axis.Count - 1.0));

    // From values at the points to coefficients of powers.
    private static void ToCoefficients(double* v, int stride)
    {
        double v0 = v[0], v1 = v[stride], middle = v[2 * stride], v3 = v[3 * stride], v4 = v[4 * stride];
        double evenOuter = ((0.5 * (v0 + v4)) - middle) / (Outer * Outer), evenInner = ((0.5 * (v1 + v3)) - middle) / (Inner * Inner);
        double oddOuter = 0.5 / Outer * (v4 - v0), oddInner = 0.5 / Inner * (v3 - v1);
        double c4 = (evenOuter - evenInner) / SquareDifference, c3 = (oddOuter - oddInner) / SquareDifference;
        v[0] = middle;
        v[stride] = oddOuter - (c3 * (Outer * Outer));
        v[2 * stride] = evenOuter - (c4 * (Outer * Outer));
        v[3 * stride] = c3;
        v[4 * stride] = c4;
    }
}
