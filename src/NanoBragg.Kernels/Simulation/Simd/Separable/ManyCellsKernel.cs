using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.HalfTurns;
using NanoBragg.Kernels.Simulation.Simd.Spots;
using NanoBragg.Kernels.Simulation.Simd.Structure;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>Blocks of more cells than a polynomial serves: <c>sin(N πh) / sin(πh)</c> from two sines an axis and one quotient for the three.</summary>
/// <typeparam name="TDoubles">A register of doubles.</typeparam>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TStructure">The structure factors.</typeparam>
/// <param name="cells">Cells along a, b and c.</param>
/// <param name="structure">The structure factors.</param>
/// <remarks>
/// With h = r + s, r the large terms less their nearest integer, exactly, and s the small ones, N h less its nearest integer is (N r - round(N h)) + N s, in
/// two fused multiply-adds: rounded only when it is small itself. So N costs no accuracy, and float will do for any.
/// </remarks>
internal sealed unsafe class ManyCellsKernel<TDoubles, TLanes, T, TStructure>((int A, int B, int C) cells, TStructure structure) : IndexKernel<TDoubles, TLanes, T, TStructure>(structure)
    where TDoubles : struct, ILanes<TDoubles, double>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TStructure : struct, IStructure<TLanes, T>
{
    // Rows whose fractions are in memory at once: an even number, with room in the first level of cache beside the sums.
    private const int Ahead = 32;

    // Below it a sine is taken for the one at this place, whose quotient is N to the last bit.
    private static double Tiny
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double) ? 1e-30 : 1e-10;
    }

    /// <inheritdoc/>
    protected override void AddLattice(in PhaseTile<T> tile, T* column, T* sums, int width)
    {
        var numbers = stackalloc T[3] { Orientations<T>.Rounded(cells.A), Orientations<T>.Rounded(cells.B), Orientations<T>.Rounded(cells.C) };

        // Machines with 512 bits have 32 registers, others 16.
        if (sizeof(T) * TLanes.Count == 64)
        {
            Add(column, tile.RowTables, tile.RowStride, tile.SubRows, tile.Weights, sums, width, numbers);
        }
        else
        {
            AddInTwoPasses(column, tile.RowTables, tile.RowStride, tile.SubRows, tile.Weights, sums, width, numbers);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* column, T* rows, int stride, int count, T* weights, T* sums, int width, T* numbers)
    {
        TLanes a = TLanes.Load(column), b = TLanes.Load(column + TLanes.Count), c = TLanes.Load(column + (2 * TLanes.Count));
        TLanes da = TLanes.Load(column + (3 * TLanes.Count)), db = TLanes.Load(column + (4 * TLanes.Count)), dc = TLanes.Load(column + (5 * TLanes.Count));
        var drift = column + (6 * TLanes.Count);
        for (var row = 0; row < count; row++)
        {
            Fractions(rows + row, stride, a, da, numbers, out var h, out var nh);
            Fractions(rows + row + stride, stride, b, db, numbers + 1, out var k, out var nk);
            Fractions(rows + row + (2 * stride), stride, c, dc, numbers + 2, out var l, out var nl);
            TLanes sh = h, sk = k, sl = l, snh = nh, snk = nk, snl = nl;
            Sines(ref sh, ref sk, ref sl, ref snh, ref snk, ref snl);
            TLanes below = sh * sk * sl, above = snh * snk * snl;

            // All three may be small, so this is not always needed; mostly none is.
            if (TLanes.AnyLess(below * below, TLanes.Broadcast(typeof(T) == typeof(double) ? 1e-100 : 1e-37)))
            {
                // Copies, so that the others may stay in registers.
                TLanes th = h, tk = k, tl = l, tnh = nh, tnk = nk, tnl = nl;
                AtTop(ref th, ref tk, ref tl, ref tnh, ref tnk, ref tnl, numbers);
                (below, above) = (th * tk * tl, tnh * tnk * tnl);
            }

            var f = above / below;
            AddWeighted(f, f, weights, sums);
            Drift<TLanes, T>.ToNext(drift, row, ref da, ref db, ref dc);
            weights += TLanes.Count;
            sums += width;
        }
    }

    /// <summary>The same with some rows' fractions in memory before their sines are taken: with few registers, the fewer steps are in a loop, the more rows a processor has under way at once.</summary>
    [SkipLocalsInit]
    private static void AddInTwoPasses(T* column, T* rows, int stride, int count, T* weights, T* sums, int width, T* numbers)
    {
        var fractions = stackalloc T[6 * TLanes.Count * Ahead];
        for (var row = 0; row < count; row += Ahead)
        {
            var some = Math.Min(Ahead, count - row);
            for (var axis = 0; axis < 3; axis++)
            {
                Fractions(column + (axis * TLanes.Count), rows + row + (axis * stride), stride, some, numbers + axis, fractions + (axis * TLanes.Count));
            }

            AddQuotients(fractions, some, weights, sums, width, numbers);
            weights += some * TLanes.Count;
            sums += some * width;
        }
    }

    /// <summary>The fractions of an axis' indices and of N times them, two rows at a time, and where the column is after them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Fractions(T* column, T* row, int stride, int count, T* number, T* fractions)
    {
        TLanes a = TLanes.Load(column), da = TLanes.Load(column + (3 * TLanes.Count));
        TLanes ea = TLanes.Load(column + (6 * TLanes.Count)), fa = TLanes.Load(column + (9 * TLanes.Count));
        for (var end = row + count; row < end; row += 2)
        {
            Fractions(row, stride, a, da, number, out var h, out var nh);
            TLanes.Store(h, fractions);
            TLanes.Store(nh, fractions + (3 * TLanes.Count));
            da += ea;
            Fractions(row + 1, stride, a, da, number, out h, out nh);
            TLanes.Store(h, fractions + (6 * TLanes.Count));
            TLanes.Store(nh, fractions + (9 * TLanes.Count));
            da += ea;
            ea += fa;
            fa = TLanes.AddLoaded(fa, column + (12 * TLanes.Count));
            fractions += 12 * TLanes.Count;
        }

        TLanes.Store(da, column + (3 * TLanes.Count));
        TLanes.Store(ea, column + (6 * TLanes.Count));
        TLanes.Store(fa, column + (9 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddQuotients(T* fractions, int count, T* weights, T* sums, int width, T* numbers)
    {
        for (var end = fractions + (6 * TLanes.Count * count); fractions < end; fractions += 6 * TLanes.Count)
        {
            TLanes below = ProductOfSines(fractions), above = ProductOfSines(fractions + (3 * TLanes.Count));
            if (TLanes.AnyLess(below * below, TLanes.Broadcast(typeof(T) == typeof(double) ? 1e-100 : 1e-37)))
            {
                TLanes th = TLanes.Load(fractions), tk = TLanes.Load(fractions + TLanes.Count), tl = TLanes.Load(fractions + (2 * TLanes.Count));
                TLanes tnh = TLanes.Load(fractions + (3 * TLanes.Count)), tnk = TLanes.Load(fractions + (4 * TLanes.Count)), tnl = TLanes.Load(fractions + (5 * TLanes.Count));
                AtTop(ref th, ref tk, ref tl, ref tnh, ref tnk, ref tnl, numbers);
                (below, above) = (th * tk * tl, tnh * tnk * tnl);
            }

            var f = above / below;
            AddWeighted(f, f, weights, sums);
            weights += TLanes.Count;
            sums += width;
        }
    }

    /// <summary>The fractions of an index and of N times it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fractions(T* row, int stride, TLanes large, TLanes small, T* number, out TLanes h, out TLanes nh)
    {
        var n = TLanes.Broadcast(number);
        var r = TLanes.Fraction(TLanes.AddBroadcast(large, row));
        var s = TLanes.AddBroadcast(small, row + (3 * stride));
        h = r + s;
        var whole = TLanes.Round(TLanes.MultiplyAdd(n, r, n * s));
        nh = TLanes.MultiplyAdd(n, s, TLanes.MultiplySubtract(n, r, whole));
    }

    /// <summary>The product of three fractions' sines, over what sines are measured by, as <see cref="Sines"/> has them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ProductOfSines(T* fractions)
    {
        TLanes h = TLanes.Load(fractions), k = TLanes.Load(fractions + TLanes.Count), l = TLanes.Load(fractions + (2 * TLanes.Count));
        if (typeof(T) == typeof(float))
        {
            return Waves<TLanes, T>.SineOfHalfTurns(h) * Waves<TLanes, T>.SineOfHalfTurns(k) * Waves<TLanes, T>.SineOfHalfTurns(l);
        }

        TLanes u = h * h, v = k * k, w = l * l;
        Stages<TLanes, T, SineOverTurns>.First(u, v, w, out var p, out var q, out var s);
        Stages<TLanes, T, SineOverTurns>.Second(ref u, ref v, ref w, ref p, ref q, ref s);
        Stages<TLanes, T, SineOverTurns>.Third(ref u, ref v, ref w, p, q, s);
        return h * u * (k * v) * (l * w);
    }

    /// <summary>Replaces each r by sin πr, over what sines are measured by, which goes out in the quotient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sines(ref TLanes h, ref TLanes k, ref TLanes l, ref TLanes nh, ref TLanes nk, ref TLanes nl)
    {
        if (typeof(T) == typeof(float))
        {
            LockStep<TLanes, T>.Sine(ref h, ref k, ref l, ref nh, ref nk, ref nl);
            return;
        }

        TLanes u = h * h, v = k * k, w = l * l, un = nh * nh, vn = nk * nk, wn = nl * nl;
        Stages<TLanes, T, SineOverTurns>.First(u, v, w, out var p, out var q, out var s);
        Stages<TLanes, T, SineOverTurns>.First(un, vn, wn, out var pn, out var qn, out var sn);
        Stages<TLanes, T, SineOverTurns>.Second(ref u, ref v, ref w, ref p, ref q, ref s);
        Stages<TLanes, T, SineOverTurns>.Second(ref un, ref vn, ref wn, ref pn, ref qn, ref sn);
        Stages<TLanes, T, SineOverTurns>.Third(ref u, ref v, ref w, p, q, s);
        Stages<TLanes, T, SineOverTurns>.Third(ref un, ref vn, ref wn, pn, qn, sn);
        h *= u;
        k *= v;
        l *= w;
        nh *= un;
        nk *= vn;
        nl *= wn;
    }

    /// <summary>The sines where a peak's top may be within a lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AtTop(ref TLanes h, ref TLanes k, ref TLanes l, ref TLanes nh, ref TLanes nk, ref TLanes nl, T* numbers)
    {
        var tiny = TLanes.Broadcast(Tiny);
        (h, k, l) = (TLanes.MagnitudeAtLeast(h, tiny), TLanes.MagnitudeAtLeast(k, tiny), TLanes.MagnitudeAtLeast(l, tiny));
        nh = TLanes.MagnitudeAtLeast(nh, tiny * TLanes.Broadcast(numbers));
        nk = TLanes.MagnitudeAtLeast(nk, tiny * TLanes.Broadcast(numbers + 1));
        nl = TLanes.MagnitudeAtLeast(nl, tiny * TLanes.Broadcast(numbers + 2));
        LockStep<TLanes, T>.Sine(ref h, ref k, ref l, ref nh, ref nk, ref nl);
    }
}
