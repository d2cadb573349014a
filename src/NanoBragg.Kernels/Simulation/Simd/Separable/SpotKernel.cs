using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Spots;
using NanoBragg.Kernels.Simulation.Simd.Structure;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>Crystals that are no blocks: an index from pixel to pixel by additions, then the spot's formula.</summary>
/// <typeparam name="TDoubles">A register of doubles.</typeparam>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TSpot">The spots' shape.</typeparam>
/// <typeparam name="TStructure">The structure factors.</typeparam>
/// <param name="spot">The shape.</param>
/// <param name="structure">The structure factors.</param>
internal sealed unsafe class SpotKernel<TDoubles, TLanes, T, TSpot, TStructure>(TSpot spot, TStructure structure) : IndexKernel<TDoubles, TLanes, T, TStructure>(structure)
    where TDoubles : struct, ILanes<TDoubles, double>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TSpot : struct, ISpot<TLanes, T>
    where TStructure : struct, IStructure<TLanes, T>
{
    /// <inheritdoc/>
    protected override void AddLattice(in PhaseTile<T> tile, T* column, T* sums, int width)
    {
        // Machines with 512 bits have 32 registers, others 16.
        if (sizeof(T) * TLanes.Count == 64 && TSpot.MostlyAdds)
        {
            AddAhead(spot, column, tile.RowTables, tile.RowStride, tile.SubRows, tile.Weights, sums, width);
        }
        else if (sizeof(T) * TLanes.Count == 64)
        {
            Add(spot, column, tile.RowTables, tile.RowStride, tile.SubRows, tile.Weights, sums, width);
        }
        else
        {
            AddInTwoPasses(spot, column, tile.RowTables, tile.RowStride, tile.SubRows, tile.Weights, sums, width);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Add(TSpot shape, T* column, T* rows, int stride, int count, T* weights, T* sums, int width)
    {
        // Into registers, which a parameter is not.
        var spot = shape;
        TLanes a = TLanes.Load(column), b = TLanes.Load(column + TLanes.Count), c = TLanes.Load(column + (2 * TLanes.Count));
        TLanes da = TLanes.Load(column + (3 * TLanes.Count)), db = TLanes.Load(column + (4 * TLanes.Count)), dc = TLanes.Load(column + (5 * TLanes.Count));
        TLanes ea = TLanes.Load(column + (6 * TLanes.Count)), eb = TLanes.Load(column + (7 * TLanes.Count)), ec = TLanes.Load(column + (8 * TLanes.Count));
        TLanes fa = TLanes.Load(column + (9 * TLanes.Count)), fb = TLanes.Load(column + (10 * TLanes.Count)), fc = TLanes.Load(column + (11 * TLanes.Count));
        var end = rows + count;
        do
        {
            Row(in spot, rows, stride, a, b, c, da, db, dc, weights, sums);
            da += ea;
            db += eb;
            dc += ec;
            Row(in spot, rows + 1, stride, a, b, c, da, db, dc, weights + TLanes.Count, sums + width);
            da += ea;
            db += eb;
            dc += ec;
            ea += fa;
            eb += fb;
            ec += fc;
            fa = TLanes.AddLoaded(fa, column + (12 * TLanes.Count));
            fb = TLanes.AddLoaded(fb, column + (13 * TLanes.Count));
            fc = TLanes.AddLoaded(fc, column + (14 * TLanes.Count));
            rows += 2;
            weights += 2 * TLanes.Count;
            sums += 2 * width;
        }
        while (rows < end);
    }

    /// <summary>The same with the next row's place beside a row's share: one alone is a row of steps that wait for one another. After the last come numbers that nobody needs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddAhead(TSpot shape, T* column, T* rows, int stride, int count, T* weights, T* sums, int width)
    {
        // Into registers, which a parameter is not.
        var spot = shape;
        var number = Orientations<T>.Rounded(1.0);
        var one = TLanes.Broadcast(&number);
        TLanes a = TLanes.Load(column), b = TLanes.Load(column + TLanes.Count), c = TLanes.Load(column + (2 * TLanes.Count));
        TLanes da = TLanes.Load(column + (3 * TLanes.Count)), db = TLanes.Load(column + (4 * TLanes.Count)), dc = TLanes.Load(column + (5 * TLanes.Count));
        TLanes ea = TLanes.Load(column + (6 * TLanes.Count)), eb = TLanes.Load(column + (7 * TLanes.Count)), ec = TLanes.Load(column + (8 * TLanes.Count));
        TLanes fa = TLanes.Load(column + (9 * TLanes.Count)), fb = TLanes.Load(column + (10 * TLanes.Count)), fc = TLanes.Load(column + (11 * TLanes.Count));
        var squared = spot.Squared(TLanes.Fraction(Index(one, rows, a, da)), TLanes.Fraction(Index(one, rows + stride, b, db)), TLanes.Fraction(Index(one, rows + (2 * stride), c, dc)));
        for (var end = rows + count; rows < end; rows += 2)
        {
            da += ea;
            db += eb;
            dc += ec;
            TLanes h = Index(one, rows + 1, a, da), k = Index(one, rows + stride + 1, b, db), l = Index(one, rows + (2 * stride) + 1, c, dc);
            var share = spot.Share(squared);
            squared = spot.Squared(TLanes.Fraction(h), TLanes.Fraction(k), TLanes.Fraction(l));
            AddWeighted(share, spot.Peak, weights, sums);
            da += ea;
            db += eb;
            dc += ec;
            ea += fa;
            eb += fb;
            ec += fc;
            fa = TLanes.AddLoaded(fa, column + (12 * TLanes.Count));
            fb = TLanes.AddLoaded(fb, column + (13 * TLanes.Count));
            fc = TLanes.AddLoaded(fc, column + (14 * TLanes.Count));
            (h, k, l) = (Index(one, rows + 2, a, da), Index(one, rows + stride + 2, b, db), Index(one, rows + (2 * stride) + 2, c, dc));
            share = spot.Share(squared);
            squared = spot.Squared(TLanes.Fraction(h), TLanes.Fraction(k), TLanes.Fraction(l));
            AddWeighted(share, spot.Peak, weights + TLanes.Count, sums + width);
            weights += 2 * TLanes.Count;
            sums += 2 * width;
        }
    }

    /// <summary>
    /// The same in two passes, with some differences in memory: a pixel is a long row of steps that wait for one another, and the fewer there are of them in a loop, the more rows a processor has under way
    /// at once.
    /// </summary>
    [SkipLocalsInit]
    private static void AddInTwoPasses(TSpot spot, T* column, T* rows, int stride, int count, T* weights, T* sums, int width)
    {
        var squares = stackalloc T[TLanes.Count * (TileShape.MostSubpixels + 1)];
        Square(spot, column, rows, stride, count, squares);
        Share(spot, squares, count, weights, sums, width);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Square(TSpot spot, T* column, T* rows, int stride, int count, T* squares)
    {
        TLanes a = TLanes.Load(column), b = TLanes.Load(column + TLanes.Count), c = TLanes.Load(column + (2 * TLanes.Count));
        TLanes da = TLanes.Load(column + (3 * TLanes.Count)), db = TLanes.Load(column + (4 * TLanes.Count)), dc = TLanes.Load(column + (5 * TLanes.Count));
        TLanes ea = TLanes.Load(column + (6 * TLanes.Count)), eb = TLanes.Load(column + (7 * TLanes.Count)), ec = TLanes.Load(column + (8 * TLanes.Count));
        T* bend = column + (9 * TLanes.Count), end = rows + count;
        do
        {
            TLanes h = TLanes.AddBroadcast(a, rows) + da, k = TLanes.AddBroadcast(b, rows + stride) + db, l = TLanes.AddBroadcast(c, rows + (2 * stride)) + dc;
            TLanes.Store(spot.Squared(TLanes.Fraction(h), TLanes.Fraction(k), TLanes.Fraction(l)), squares);
            da += ea;
            db += eb;
            dc += ec;
            (h, k, l) = (TLanes.AddBroadcast(a, rows + 1) + da, TLanes.AddBroadcast(b, rows + stride + 1) + db, TLanes.AddBroadcast(c, rows + (2 * stride) + 1) + dc);
            TLanes.Store(spot.Squared(TLanes.Fraction(h), TLanes.Fraction(k), TLanes.Fraction(l)), squares + TLanes.Count);
            da += ea;
            db += eb;
            dc += ec;
            ea = Bent(ea, bend);
            eb = Bent(eb, bend + TLanes.Count);
            ec = Bent(ec, bend + (2 * TLanes.Count));
            rows += 2;
            squares += 2 * TLanes.Count;
        }
        while (rows < end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Bent(TLanes step, T* bend)
    {
        var second = TLanes.Load(bend);
        TLanes.Store(TLanes.AddLoaded(second, bend + (3 * TLanes.Count)), bend);
        return step + second;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Share(TSpot spot, T* squares, int count, T* weights, T* sums, int width)
    {
        for (var end = squares + (count * TLanes.Count); squares < end; squares += TLanes.Count)
        {
            AddWeighted(spot.Share(TLanes.Load(squares)), spot.Peak, weights, sums);
            weights += TLanes.Count;
            sums += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(in TSpot spot, T* row, int stride, TLanes a, TLanes b, TLanes c, TLanes da, TLanes db, TLanes dc, T* weight, T* sum)
    {
        TLanes h = TLanes.AddBroadcast(a, row) + da, k = TLanes.AddBroadcast(b, row + stride) + db, l = TLanes.AddBroadcast(c, row + (2 * stride)) + dc;
        AddWeighted(spot.Share(spot.Squared(TLanes.Fraction(h), TLanes.Fraction(k), TLanes.Fraction(l))), spot.Peak, weight, sum);
    }

    /// <summary>An index; the large terms' sum by a multiply-add, which is other units' work than what else there is to add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Index(TLanes one, T* row, TLanes large, TLanes small) => TLanes.MultiplyAddBroadcast(one, row, large) + small;
}
