using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Separable;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation.Simd.Structure;

/// <summary>
/// Structure factors between reflections, by cubic polynomials through four along each axis (physics.md section 18), where the grid surrounds all places: 64
/// of the grid and their weights, which are products of four for each axis.
/// </summary>
/// <param name="grid">The grid, not squared.</param>
/// <remarks>Neighbouring pixels mostly lie between the same reflections, so all lanes are computed between those of one, and again for those that lie elsewhere.</remarks>
internal readonly unsafe struct InterpolatedStructure<TLanes, T>(PaddedGrid<T> grid) : IStructure<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private readonly T* _values = grid.Values;
    private readonly int _strideH = grid.Count.K * grid.Count.L;
    private readonly int _strideK = grid.Count.L;

    // The first of the four about a place is the one before the last below it. In registers' width, so that loops read them as they are.
    private readonly TLanes _firstH = TLanes.Broadcast(grid.First.H + 1.0);
    private readonly TLanes _firstK = TLanes.Broadcast(grid.First.K + 1.0);
    private readonly TLanes _firstL = TLanes.Broadcast(grid.First.L + 1.0);

    // Where rounding takes a place across the edge of what the grid surrounds, the nearest within.
    private readonly TLanes _lastH = TLanes.Broadcast(grid.Count.H - 4.0);
    private readonly TLanes _lastK = TLanes.Broadcast(grid.Count.K - 4.0);
    private readonly TLanes _lastL = TLanes.Broadcast(grid.Count.L - 4.0);

    /// <inheritdoc/>
    public static bool IsUniform => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Squares(T* whole, TLanes h, TLanes k, TLanes l)
    {
        TLanes i = Below(h), j = Below(k), m = Below(l);
        TLanes x = h - i, y = k - j, z = l - m;
        var zero = TLanes.Broadcast(0.0);
        i = TLanes.Clamp(i + (TLanes.Broadcast(whole) - _firstH), zero, _lastH);
        j = TLanes.Clamp(j + (TLanes.Broadcast(whole + 1) - _firstK), zero, _lastK);
        m = TLanes.Clamp(m + (TLanes.Broadcast(whole + 2) - _firstL), zero, _lastL);
        var places = TLanes.MultiplyAdd(i, TLanes.Broadcast(_strideH), TLanes.MultiplyAdd(j, TLanes.Broadcast(_strideK), m));
        var f = Between(places, x, y, z);
        return f * f;
    }

    /// <inheritdoc/>
    public void Look(IndexColumn<TLanes, T> column, T* squares) => column.Look(in this, squares);

    private static TLanes Below(TLanes index)
    {
        var nearest = TLanes.Round(index);
        return TLanes.SelectLess(index, nearest, nearest - TLanes.Broadcast(1.0), nearest);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private TLanes Between(TLanes places, TLanes x, TLanes y, TLanes z)
    {
        var weights = stackalloc T[12 * TLanes.Count];
        Weights(x, weights);
        Weights(y, weights + (4 * TLanes.Count));
        Weights(z, weights + (8 * TLanes.Count));
        var each = stackalloc T[TLanes.Count];
        TLanes.Store(places, each);
        TLanes half = TLanes.Broadcast(0.5), found = TLanes.Broadcast(0.0);
        for (var lane = 0; lane < TLanes.Count;)
        {
            // 0.25 where a lane lies in this one's cell, at least 1 elsewhere.
            var apart = TLanes.MagnitudeAtLeast(places - TLanes.Broadcast(each + lane), TLanes.Broadcast(0.25));
            var value = Among(_values + LaneBits.ToPlace(each[lane]), weights);
            if (lane == 0 && !TLanes.AnyLess(half, apart))
            {
                return value;
            }

            found = TLanes.SelectLess(apart, half, value, found);
            var done = each[lane];
            do
            {
                lane++;
            }
            while (lane < TLanes.Count && LaneBits.Same(each[lane], done));
        }

        return found;
    }

    /// <summary>Lagrange's polynomials of four whole numbers -1, 0, 1, 2 at 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weights(TLanes x, T* weights)
    {
        TLanes one = TLanes.Broadcast(1.0), two = TLanes.Broadcast(2.0);
        TLanes before = x + one, after = x - one, far = x - two;
        TLanes inner = after * far, outer = before * x;
        TLanes.Store(TLanes.Broadcast(-1.0 / 6.0) * x * inner, weights);
        TLanes.Store(TLanes.Broadcast(0.5) * before * inner, weights + TLanes.Count);
        TLanes.Store(TLanes.Broadcast(-0.5) * outer * far, weights + (2 * TLanes.Count));
        TLanes.Store(TLanes.Broadcast(1.0 / 6.0) * outer * after, weights + (3 * TLanes.Count));
    }

    /// <summary>The weighted sum of 64 structure factors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private TLanes Among(T* first, T* weights)
    {
        TLanes y0 = TLanes.Load(weights + (4 * TLanes.Count)), y1 = TLanes.Load(weights + (5 * TLanes.Count));
        TLanes y2 = TLanes.Load(weights + (6 * TLanes.Count)), y3 = TLanes.Load(weights + (7 * TLanes.Count));
        TLanes z0 = TLanes.Load(weights + (8 * TLanes.Count)), z1 = TLanes.Load(weights + (9 * TLanes.Count));
        TLanes z2 = TLanes.Load(weights + (10 * TLanes.Count)), z3 = TLanes.Load(weights + (11 * TLanes.Count));
        var sum = TLanes.Broadcast(0.0);
        int strideH = _strideH, strideK = _strideK;
        for (var end = weights + (4 * TLanes.Count); weights < end; weights += TLanes.Count)
        {
            TLanes r0 = Row(first, z0, z1, z2, z3), r1 = Row(first + strideK, z0, z1, z2, z3);
            TLanes r2 = Row(first + (2 * strideK), z0, z1, z2, z3), r3 = Row(first + (3 * strideK), z0, z1, z2, z3);
            var plane = TLanes.MultiplyAdd(r0, y0, TLanes.MultiplyAdd(r1, y1, TLanes.MultiplyAdd(r2, y2, r3 * y3)));
            sum = TLanes.MultiplyAdd(plane, TLanes.Load(weights), sum);
            first += strideH;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Row(T* row, TLanes z0, TLanes z1, TLanes z2, TLanes z3) => TLanes.MultiplyAdd(
        TLanes.Broadcast(row), z0,
        TLanes.MultiplyAdd(TLanes.Broadcast(row + 1), z1, TLanes.MultiplyAdd(TLanes.Broadcast(row + 2), z2, TLanes.Broadcast(row + 3) * z3)));
}
