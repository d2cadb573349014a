using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Separable;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation.Simd.Structure;

/// <summary>
/// Structure factors between reflections, by cubic polynomials through four along each axis (physics.md section 18), where the grid surrounds all places: 64
/// of the grid and their weights, which are products of four for each axis.
/// </summary>
/// <param name="grid">The grid, not squared.</param>
/// <remarks>
/// The lanes of a register lie in a few neighbouring cells of the reciprocal lattice. All are one sum over the reflections about these, in which each lane's weights are
/// 0 but for its own four along each axis. Where a register reaches further, it is a sum for each cell.
/// </remarks>
internal readonly unsafe struct InterpolatedStructure<TLanes, T>(PaddedGrid<T> grid) : IStructure<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    // Of a box along an axis: those about two cells.
    private const int Reflections = 5;

    // Of a block: indices and weights.
    private const int BlockVectors = 3 + (3 * Reflections);

    private readonly T* _values = grid.Values;
    private readonly (int H, int K, int L) _count = grid.Count;
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
    [SkipLocalsInit]
    public TLanes Squares(T* whole, TLanes h, TLanes k, TLanes l)
    {
        var scratch = stackalloc byte[(BlockVectors * sizeof(T) * TLanes.Count) + 63];
        var indices = Aligned(scratch);
        TLanes.Store(h, indices);
        TLanes.Store(k, indices + TLanes.Count);
        TLanes.Store(l, indices + (2 * TLanes.Count));
        Box box;
        Square(whole, indices, &box, 1, indices, 16 / sizeof(T));
        return TLanes.Load(indices);
    }

    /// <inheritdoc/>
    /// <remarks>Some rows at a time, by blocks, which lie between fewer reflections than rows.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Look(IndexColumn<TLanes, T> column, T* squares)
    {
        const int most = 8;
        var scratch = stackalloc byte[(most * BlockVectors * sizeof(T) * TLanes.Count) + 63];
        var indices = Aligned(scratch);
        var boxes = stackalloc Box[most];
        var pieces = TLanes.Count * sizeof(T) / 16;
        for (var first = 0; first < column.Count; first += most)
        {
            // Whole groups; the tables go on beyond the last row.
            var part = column.Part(first, Math.Min(most, (column.Count - first + pieces - 1) / pieces * pieces));
            part.WriteBlocks(indices);
            Square(column.Whole, indices, boxes, part.Count, squares, TLanes.Count);
            squares += most * TLanes.Count;
        }
    }

    /// <summary>Squared structure factors of some blocks. A loop for each step: one after the other, a block's steps would wait for one another.</summary>
    /// <param name="whole">The whole indices at the tile's centre.</param>
    /// <param name="indices">Registers of h, k, l for each block; then room for <see cref="BlockVectors"/> each in all.</param>
    /// <param name="boxes">Room for a box each.</param>
    /// <param name="count">How many blocks.</param>
    /// <param name="squares">Where the squares go, in pieces of 16 bytes.</param>
    /// <param name="stride">From one piece of a block to the next.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Square(T* whole, T* indices, Box* boxes, int count, T* squares, nint stride)
    {
        var weights = indices + (3 * TLanes.Count * count);
        int piece = 16 / sizeof(T), pieces = TLanes.Count / piece;
        Weigh(whole, indices, boxes, count, weights);
        for (var block = 0; block < count; block++)
        {
            var box = boxes + block;
            var square = squares + (block / pieces * pieces * TLanes.Count) + (block % pieces * piece);
            if (!box->HoldsAll)
            {
                Scattered(whole, indices + (3 * TLanes.Count * block), square, stride);
                continue;
            }

            var first = _values + box->Place(_strideH, _strideK);
            var weight = weights + (3 * Reflections * TLanes.Count * block);
            if (box->L.Count == Reflections)
            {
                Sum<Five>(first, _strideH, _strideK, box->H.Count, box->K.Count, weight, square, stride);
            }
            else
            {
                Sum<Four>(first, _strideH, _strideK, box->H.Count, box->K.Count, weight, square, stride);
            }
        }
    }

    /// <summary>Finds the boxes about the lanes of some blocks, and writes the weights of their reflections.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Weigh(T* whole, T* indices, Box* boxes, int count, T* weights)
    {
        var steps = stackalloc T[2] { Orientations<T>.Rounded(0.0), Orientations<T>.Rounded(1.0) };
        TLanes offsetH = TLanes.Broadcast(whole) - _firstH, offsetK = TLanes.Broadcast(whole + 1) - _firstK, offsetL = TLanes.Broadcast(whole + 2) - _firstL;
        TLanes lastH = _lastH, lastK = _lastK, lastL = _lastL;
        for (var box = boxes; box < boxes + count; box++)
        {
            var apart = Weigh(indices, offsetH, lastH, steps, weights, out box->H);
            apart = TLanes.MagnitudeAtLeast(apart, Weigh(indices + TLanes.Count, offsetK, lastK, steps, weights + (Reflections * TLanes.Count), out box->K));
            apart = TLanes.MagnitudeAtLeast(apart, Weigh(indices + (2 * TLanes.Count), offsetL, lastL, steps, weights + (2 * Reflections * TLanes.Count), out box->L));
            box->HoldsAll = !TLanes.AnyLess(TLanes.Broadcast(0.75), apart);
            indices += 3 * TLanes.Count;
            weights += 3 * Reflections * TLanes.Count;
        }
    }

    /// <summary>The weights of the reflections of a box along one axis: Lagrange's polynomials of the four about a place, and 0 for the first or the last of five.</summary>
    /// <param name="index">The index, less the whole one at the tile's centre.</param>
    /// <param name="offset">From there to cells from the grid's first.</param>
    /// <param name="last">The last cell.</param>
    /// <param name="steps">0 and 1.</param>
    /// <param name="weights">Where they go.</param>
    /// <param name="span">The box.</param>
    /// <returns>At most 1/2 where a lane is within the box.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Weigh(T* index, TLanes offset, TLanes last, T* steps, T* weights, out Span span)
    {
        TLanes zero = TLanes.Broadcast(0.0), half = TLanes.Broadcast(0.5), h = TLanes.Load(index), below = TLanes.Floor(h);
        var cell = Cell(below, offset, last) + TLanes.Broadcast(LaneBits.Whole<T>());

        // Mostly all lanes are in the first one's cell or in the next on one side.
        var one = TLanes.BroadcastFirst(cell);
        int isBelow = TLanes.AnyLess(cell, one) ? 1 : 0, isAbove = TLanes.AnyLess(one, cell) ? 1 : 0;
        span = new((int)LaneBits.Place(TLanes.First(cell)) - isBelow, 4 + isBelow + isAbove);
        var step = TLanes.AddBroadcast(cell - one, steps + isBelow);
        Lagrange(h - below, out var w0, out var w1, out var w2, out var w3);

        // Of two cells the second, or none.
        Put(TLanes.SelectLess(step, half, w0, zero), TLanes.SelectLess(step, half, w1, w0), TLanes.SelectLess(step, half, w2, w1), TLanes.SelectLess(step, half, w3, w2), weights);
        TLanes.Store(TLanes.SelectLess(step, half, zero, w3), weights + (4 * TLanes.Count));
        return step - half;
    }

    /// <summary>The cells of indices, from the grid's first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Cell(TLanes below, TLanes offset, TLanes last) => TLanes.Clamp(below + offset, TLanes.Broadcast(0.0), last);

    /// <summary>The squares where lanes lie in many cells: a sum for each of these.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Scattered(T* whole, T* indices, T* square, nint stride)
    {
        var scratch = stackalloc byte[((3 * Reflections) + 1) * sizeof(T) * TLanes.Count + 63];
        var weights = Aligned(scratch);
        TLanes h = TLanes.Load(indices), k = TLanes.Load(indices + TLanes.Count), l = TLanes.Load(indices + (2 * TLanes.Count));
        TLanes belowH = TLanes.Floor(h), belowK = TLanes.Floor(k), belowL = TLanes.Floor(l);
        Lagrange(h - belowH, weights);
        Lagrange(k - belowK, weights + (Reflections * TLanes.Count));
        Lagrange(l - belowL, weights + (2 * Reflections * TLanes.Count));
        TLanes i = Cell(belowH, TLanes.Broadcast(whole) - _firstH, _lastH), j = Cell(belowK, TLanes.Broadcast(whole + 1) - _firstK, _lastK);
        var m = Cell(belowL, TLanes.Broadcast(whole + 2) - _firstL, _lastL);
        var places = TLanes.MultiplyAdd(i, TLanes.Broadcast(_strideH), TLanes.MultiplyAdd(j, TLanes.Broadcast(_strideK), m));
        T* value = weights + (3 * Reflections * TLanes.Count), each = stackalloc T[TLanes.Count];
        TLanes.Store(places, each);
        TLanes half = TLanes.Broadcast(0.5), found = TLanes.Broadcast(0.0);
        for (var lane = 0; lane < TLanes.Count;)
        {
            // 0.25 where a lane lies in this one's cell, at least 1 elsewhere.
            var apart = TLanes.MagnitudeAtLeast(places - TLanes.Broadcast(each + lane), TLanes.Broadcast(0.25));
            Sum<Four>(_values + LaneBits.ToPlace(each[lane]), _strideH, _strideK, 4, 4, weights, value, 16 / sizeof(T));
            found = TLanes.SelectLess(apart, half, TLanes.Load(value), found);
            var done = each[lane];
            do
            {
                lane++;
            }
            while (lane < TLanes.Count && LaneBits.Same(each[lane], done));
        }

        TLanes.StorePieces(found, square, stride);
    }

    /// <summary>Lagrange's polynomials of four whole numbers -1, 0, 1, 2 at 0 to 1, six times as large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lagrange(TLanes x, out TLanes w0, out TLanes w1, out TLanes w2, out TLanes w3)
    {
        TLanes one = TLanes.Broadcast(1.0), three = TLanes.Broadcast(3.0);
        TLanes before = x + one, after = x - one, beyond = TLanes.Broadcast(2.0) - x;
        TLanes inner = after * beyond, outer = before * x;
        w0 = x * inner;
        w1 = TLanes.MultiplyAdd(x, TLanes.Broadcast(-3.0), TLanes.Broadcast(-3.0)) * inner;
        w2 = three * beyond * outer;
        w3 = after * outer;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lagrange(TLanes x, T* weights)
    {
        Lagrange(x, out var w0, out var w1, out var w2, out var w3);
        Put(w0, w1, w2, w3, weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TLanes w0, TLanes w1, TLanes w2, TLanes w3, T* weights)
    {
        TLanes.Store(w0, weights);
        TLanes.Store(w1, weights + TLanes.Count);
        TLanes.Store(w2, weights + (2 * TLanes.Count));
        TLanes.Store(w3, weights + (3 * TLanes.Count));
    }

    // The stack is aligned to 16 bytes, and a register across two lines of the cache takes twice the time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* Aligned(byte* scratch) => (T*)((nint)(scratch + 63) & ~63);

    /// <summary>The squared sum over a box of reflections, from the last to the first, so that weights of 0 at either end change no bit.</summary>
    /// <typeparam name="TSide">Reflections along l, the innermost.</typeparam>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Sum<TSide>(T* first, nint strideH, nint strideK, int planes, int rows, T* h, T* square, nint stride)
        where TSide : struct, ISide
    {
        T* k = h + (Reflections * TLanes.Count), l = k + (Reflections * TLanes.Count);
        TLanes z0 = TLanes.Load(l), z1 = TLanes.Load(l + TLanes.Count), z2 = TLanes.Load(l + (2 * TLanes.Count)), z3 = TLanes.Load(l + (3 * TLanes.Count));
        TLanes z4 = TLanes.Load(l + (4 * TLanes.Count)), sum = TLanes.Broadcast(0.0);
        for (var i = planes - 1; i >= 0; i--)
        {
            var plane = TLanes.Broadcast(0.0);
            var row = first + (i * strideH) + ((rows - 1) * strideK);
            for (var j = rows - 1; j >= 0; j--)
            {
                var value = TSide.IsWide ? TLanes.MultiplyAddBroadcast(z3, row + 3, TLanes.MultiplyBroadcast(z4, row + 4)) : TLanes.MultiplyBroadcast(z3, row + 3);
                value = TLanes.MultiplyAddBroadcast(z2, row + 2, value);
                value = TLanes.MultiplyAddBroadcast(z1, row + 1, value);
                value = TLanes.MultiplyAddBroadcast(z0, row, value);
                plane = TLanes.MultiplyAddLoaded(value, k + (j * TLanes.Count), plane);
                row -= strideK;
            }

            sum = TLanes.MultiplyAddLoaded(plane, h + (i * TLanes.Count), sum);
        }

        TLanes.StorePieces(sum * TLanes.Broadcast(1.0 / (216.0 * 216.0)) * sum, square, stride);
    }

    /// <summary>How many reflections a box has along an axis, as a type.</summary>
    private interface ISide
    {
        /// <summary>Gets whether there are five, about two cells, and not four.</summary>
        static abstract bool IsWide { get; }
    }

    private readonly struct Four : ISide
    {
        public static bool IsWide => false;
    }

    private readonly struct Five : ISide
    {
        public static bool IsWide => true;
    }

    /// <summary>Reflections along an axis.</summary>
    private readonly record struct Span(int First, int Count);

    /// <summary>The reflections that the lanes of a block lie between.</summary>
    private struct Box
    {
        public Span H, K, L;
        public bool HoldsAll;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly nint Place(nint strideH, nint strideK) => (H.First * strideH) + (K.First * strideK) + L.First;
    }
}
