using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Structure;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>The indices of a register of columns, all of them or in some rows: tables of <see cref="IndexTables{TDoubles, TLanes, T}"/>.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <param name="whole">The whole indices at the tile's centre.</param>
/// <param name="column">The columns' table, which is moved on from row to row.</param>
/// <param name="rows">The first row in the rows' table.</param>
/// <param name="stride">Distance between its arrays.</param>
/// <param name="count">How many rows.</param>
internal readonly unsafe struct IndexColumn<TLanes, T>(T* whole, T* column, T* rows, int stride, int count)
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    // Rows whose indices are in memory at once: an even number, with room in the first level of cache beside the sums.
    private const int Ahead = 32;

    /// <summary>Gets the whole indices h, k, l at the tile's centre.</summary>
    public T* Whole => whole;

    /// <summary>Gets how many rows there are.</summary>
    public int Count => count;

    /// <summary>Some of the rows: those next after what has been looked up.</summary>
    /// <param name="first">The first, an even number.</param>
    /// <param name="rowCount">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IndexColumn<TLanes, T> Part(int first, int rowCount) => new(whole, column, rows + first, stride, rowCount);

    /// <summary>The nearest whole indices of all pixels, less the one at the tile's centre, along an axis.</summary>
    /// <param name="axis">0 for h, 1 for k, 2 for l.</param>
    /// <param name="least">The least that is wanted; below it counts as it.</param>
    /// <param name="most">The greatest that is wanted.</param>
    /// <returns>The range; a little more than that, because columns and rows bend and drift.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public (int First, int Last) Range(int axis, int least, int most)
    {
        T* large = column + (axis * TLanes.Count), small = large + (3 * TLanes.Count), step = large + (6 * TLanes.Count), row = rows + (axis * stride);
        var last = TLanes.Count - 1;
        var (low, high) = Span(LaneBits.ToDouble(large[0]), LaneBits.ToDouble(large[last / 2]), LaneBits.ToDouble(large[last]));
        var (lowRow, highRow) = Span(LaneBits.ToDouble(row[0]), LaneBits.ToDouble(row[(count - 1) / 2]), LaneBits.ToDouble(row[count - 1]));
        double left = LaneBits.ToDouble(small[0]), right = LaneBits.ToDouble(small[last]), leftStep = count * LaneBits.ToDouble(step[0]), rightStep = count * LaneBits.ToDouble(step[last]);
        var drift = 1.25 * Math.Max(Math.Max(Math.Abs(left), Math.Abs(right)), Math.Max(Math.Abs(left + leftStep), Math.Abs(right + rightStep)));
        return ((int)Math.Clamp(Math.Round(low + lowRow - drift), least, most), (int)Math.Clamp(Math.Round(high + highRow + drift), least, most));
    }

    /// <summary>Looks up all rows, one after the other.</summary>
    /// <typeparam name="TStructure">The structure factors' type.</typeparam>
    /// <param name="structure">The structure factors.</param>
    /// <param name="squares">Where they go.</param>
    public void Look<TStructure>(in TStructure structure, T* squares)
        where TStructure : struct, IStructure<TLanes, T>
    {
        // Machines with 512 bits have 32 registers, others 16.
        if (sizeof(T) * TLanes.Count == 64)
        {
            Look(in structure, whole, column, rows, stride, count, squares);
        }
        else
        {
            LookInTwoPasses(in structure, whole, column, rows, stride, count, squares);
        }
    }

    /// <summary>
    /// Writes the indices of all rows, less the whole ones at the tile's centre, by blocks of pixels that are as near to one another as may be: of as many rows as a register
    /// has pieces of 16 bytes, and as many columns as such a piece has elements.
    /// </summary>
    /// <param name="target">Where to: a register of h, one of k and one of l for each block, those of a group of rows from left to right.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void WriteBlocks(T* target)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            T* large = column + (axis * TLanes.Count), row = rows + (axis * stride), place = target + (axis * TLanes.Count);
            TLanes a = TLanes.Load(large), da = TLanes.Load(large + (3 * TLanes.Count));
            TLanes ea = TLanes.Load(large + (6 * TLanes.Count)), fa = TLanes.Load(large + (9 * TLanes.Count));

            // Two pairs of rows; beyond the last are numbers that nobody needs.
            for (var end = row + count; row < end; row += 4)
            {
                var first = TLanes.AddBroadcast(a, row) + da;
                da += ea;
                var second = TLanes.AddBroadcast(a, row + 1) + da;
                da += ea;
                ea += fa;
                fa = TLanes.AddLoaded(fa, large + (12 * TLanes.Count));
                var third = TLanes.AddBroadcast(a, row + 2) + da;
                da += ea;
                TLanes.StoreBlocks(first, second, third, TLanes.AddBroadcast(a, row + 3) + da, place, 3 * TLanes.Count);
                da += ea;
                ea += fa;
                fa = TLanes.AddLoaded(fa, large + (12 * TLanes.Count));
                place += 4 * 3 * TLanes.Count;
            }

            TLanes.Store(da, large + (3 * TLanes.Count));
            TLanes.Store(ea, large + (6 * TLanes.Count));
            TLanes.Store(fa, large + (9 * TLanes.Count));
        }
    }

    // Of three numbers in a row, the range of a curve through them, and once more as much as it bends.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double Low, double High) Span(double first, double middle, double last)
    {
        var bend = Math.Abs(middle - (0.5 * (first + last)));
        return (Math.Min(first, last) - (2.0 * bend), Math.Max(first, last) + (2.0 * bend));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Look<TStructure>(in TStructure factors, T* whole, T* column, T* rows, int stride, int count, T* squares)
        where TStructure : struct, IStructure<TLanes, T>
    {
        // Into registers, which a parameter is not.
        var structure = factors;
        TLanes a = TLanes.Load(column), b = TLanes.Load(column + TLanes.Count), c = TLanes.Load(column + (2 * TLanes.Count));
        TLanes da = TLanes.Load(column + (3 * TLanes.Count)), db = TLanes.Load(column + (4 * TLanes.Count)), dc = TLanes.Load(column + (5 * TLanes.Count));
        TLanes ea = TLanes.Load(column + (6 * TLanes.Count)), eb = TLanes.Load(column + (7 * TLanes.Count)), ec = TLanes.Load(column + (8 * TLanes.Count));
        TLanes fa = TLanes.Load(column + (9 * TLanes.Count)), fb = TLanes.Load(column + (10 * TLanes.Count)), fc = TLanes.Load(column + (11 * TLanes.Count));
        var end = rows + count;
        do
        {
            TLanes h = TLanes.AddBroadcast(a, rows) + da, k = TLanes.AddBroadcast(b, rows + stride) + db;
            TLanes.Store(structure.Squares(whole, h, k, TLanes.AddBroadcast(c, rows + (2 * stride)) + dc), squares);
            da += ea;
            db += eb;
            dc += ec;
            (h, k) = (TLanes.AddBroadcast(a, rows + 1) + da, TLanes.AddBroadcast(b, rows + 1 + stride) + db);
            TLanes.Store(structure.Squares(whole, h, k, TLanes.AddBroadcast(c, rows + 1 + (2 * stride)) + dc), squares + TLanes.Count);
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
            squares += 2 * TLanes.Count;
        }
        while (rows < end);

        TLanes.Store(da, column + (3 * TLanes.Count));
        TLanes.Store(db, column + (4 * TLanes.Count));
        TLanes.Store(dc, column + (5 * TLanes.Count));
        TLanes.Store(ea, column + (6 * TLanes.Count));
        TLanes.Store(eb, column + (7 * TLanes.Count));
        TLanes.Store(ec, column + (8 * TLanes.Count));
        TLanes.Store(fa, column + (9 * TLanes.Count));
        TLanes.Store(fb, column + (10 * TLanes.Count));
        TLanes.Store(fc, column + (11 * TLanes.Count));
    }

    /// <summary>
    /// The same with some rows' indices in memory before anything is looked up: with few registers, the fewer steps are in a loop, the more rows a processor has under way at once.
    /// </summary>
    [SkipLocalsInit]
    private static void LookInTwoPasses<TStructure>(in TStructure structure, T* whole, T* column, T* rows, int stride, int count, T* squares)
        where TStructure : struct, IStructure<TLanes, T>
    {
        var indices = stackalloc T[3 * TLanes.Count * Ahead];
        for (var row = 0; row < count; row += Ahead)
        {
            var some = Math.Min(Ahead, count - row);
            WriteRows(column, rows + row, stride, some, indices);
            LookAt(in structure, whole, indices, some, squares);
            squares += some * TLanes.Count;
        }
    }

    /// <summary>Writes the indices of some rows, less the whole ones at the tile's centre: a register of h, one of k and one of l for each row, of an even number of rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void WriteRows(T* column, T* rows, int stride, int count, T* indices)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            T* large = column + (axis * TLanes.Count), row = rows + (axis * stride), place = indices + (axis * TLanes.Count);
            TLanes a = TLanes.Load(large), da = TLanes.Load(large + (3 * TLanes.Count));
            TLanes ea = TLanes.Load(large + (6 * TLanes.Count)), fa = TLanes.Load(large + (9 * TLanes.Count));
            for (var end = row + count; row < end; row += 2)
            {
                TLanes.Store(TLanes.AddBroadcast(a, row) + da, place);
                da += ea;
                TLanes.Store(TLanes.AddBroadcast(a, row + 1) + da, place + (3 * TLanes.Count));
                da += ea;
                ea += fa;
                fa = TLanes.AddLoaded(fa, large + (12 * TLanes.Count));
                place += 2 * 3 * TLanes.Count;
            }

            TLanes.Store(da, large + (3 * TLanes.Count));
            TLanes.Store(ea, large + (6 * TLanes.Count));
            TLanes.Store(fa, large + (9 * TLanes.Count));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void LookAt<TStructure>(in TStructure structure, T* whole, T* indices, int count, T* squares)
        where TStructure : struct, IStructure<TLanes, T>
    {
        for (var end = squares + (count * TLanes.Count); squares < end; squares += TLanes.Count)
        {
            TLanes.Store(structure.Squares(whole, TLanes.Load(indices), TLanes.Load(indices + TLanes.Count), TLanes.Load(indices + (2 * TLanes.Count))), squares);
            indices += 3 * TLanes.Count;
        }
    }
}
