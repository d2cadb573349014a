using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>
/// Solid angle times polarisation times scale over a tile: a polynomial of fourth degree along each axis through its values at five Chebyshev points, in place
/// of two quotients, a root and thirty products for each pixel.
/// </summary>
/// <typeparam name="TLanes">A register of doubles.</typeparam>
internal static unsafe class FactorSurface<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    /// <summary>Points along an axis, and coefficients.</summary>
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
    /// <param name="detector">Where pixels are.</param>
    /// <param name="fast">The tile's first pixel along the fast axis, and how many it has.</param>
    /// <param name="slow">Its first pixel along the slow axis, and how many it has.</param>
    /// <param name="rows">An array for each coefficient, of 1, x, … x⁴ in the place along the fast axis, with a value for each row.</param>
    /// <param name="stride">Distance between the arrays, which hold whole registers.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Rows(in DetectorGeometry detector, (int First, int Count) fast, (int First, int Count) slow, double* rows, int stride)
    {
        // Coefficient of x to the i and y to the j at 5 i + j.
        var values = stackalloc double[3 * Places];
        double* x = values + Places, y = x + Places;
        var points = stackalloc double[Points] { -Outer, -Inner, 0.0, Inner, Outer };
        double middleX = fast.First + (0.5 * (fast.Count - 1)), middleY = slow.First + (0.5 * (slow.Count - 1));
        for (var i = 0; i < Points; i++)
        {
            for (var j = 0; j < Points; j++)
            {
                x[(Points * i) + j] = middleX + (0.5 * fast.Count * points[i]);
                y[(Points * i) + j] = middleY + (0.5 * slow.Count * points[j]);
            }
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

        Evaluate(values, slow.Count, rows, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Evaluate(double* coefficients, int count, double* rows, int stride)
    {
        TLanes row = TLanes.Ascending, step = TLanes.Broadcast(2.0 / count), first = TLanes.Broadcast(Place(0, count));
        for (var i = 0; i < count; i += TLanes.Count)
        {
            var place = TLanes.MultiplyAdd(row, step, first);
            for (var j = 0; j < Points; j++)
            {
                var c = coefficients + (Points * j);
                var value = TLanes.MultiplyAdd(TLanes.Broadcast(c + 4), place, TLanes.Broadcast(c + 3));
                value = TLanes.MultiplyAdd(value, place, TLanes.Broadcast(c + 2));
                value = TLanes.MultiplyAdd(value, place, TLanes.Broadcast(c + 1));
                TLanes.Store(TLanes.MultiplyAdd(value, place, TLanes.Broadcast(c)), rows + (stride * j) + i);
            }

            row += TLanes.Broadcast(TLanes.Count);
        }
    }

    // From values at the points to coefficients of powers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ToCoefficients(double* v, int stride)
    {
        double v0 = v[0], v1 = v[stride], middle = v[2 * stride], v3 = v[3 * stride], v4 = v[4 * stride];
        double evenOuter = ((0.5 * (v0 + v4)) - middle) * (1.0 / (Outer * Outer)), evenInner = ((0.5 * (v1 + v3)) - middle) * (1.0 / (Inner * Inner));
        double oddOuter = 0.5 / Outer * (v4 - v0), oddInner = 0.5 / Inner * (v3 - v1);
        double c4 = (evenOuter - evenInner) * (1.0 / SquareDifference), c3 = (oddOuter - oddInner) * (1.0 / SquareDifference);
        v[0] = middle;
        v[stride] = oddOuter - (c3 * (Outer * Outer));
        v[2 * stride] = evenOuter - (c4 * (Outer * Outer));
        v[3 * stride] = c3;
        v[4 * stride] = c4;
    }
}
