using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>The phases of a tile's columns and rows for one evaluation: a sine and a cosine for each, instead of for each pixel.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal static unsafe class PhaseTables<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Registers of a register of columns: phase factor and its first three differences; real and imaginary, for a, b, c.</summary>
    public const int ColumnVectors = 24;

    /// <summary>Arrays of rows: real and minus the imaginary part, for a, b, c.</summary>
    public const int RowArrays = 6;

    /// <summary>Makes the tables of a tile for one evaluation.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="orientation">The cell vectors over the wavelength, and the fractions of the indices at the centre.</param>
    /// <param name="vectors">Registers from one register of columns to the next in the tile's table.</param>
    public static void Make(in PhaseTile<T> tile, int columns, double* orientation, int vectors)
    {
        var rounded = stackalloc T[Tile.OrientationStride];
        for (var i = 0; i < Tile.OrientationStride; i += TLanes.Count)
        {
            TLanes.Store(TLanes.LoadDoubles(orientation + i), rounded + i);
        }

        Columns(tile.Columns, tile.ColumnStride, columns, rounded, tile.SubRows, tile.ColumnTables, vectors);
        Rows(tile.Rows, tile.RowStride, tile.SubRows, rounded, tile.RowTables);
    }

    /// <summary>
    /// Writes twice the phase factors of the columns at the tile's first row, and how they change from row to row: a polynomial of third degree in the row,
    /// as its value and its first three differences.
    /// </summary>
    /// <param name="columns">The tile's columns: see <see cref="PhaseTile{T}.ColumnArrays"/>.</param>
    /// <param name="stride">Distance between their arrays.</param>
    /// <param name="count">How many columns; rounded up to two registers.</param>
    /// <param name="orientation">The cell vectors over the wavelength.</param>
    /// <param name="rows">The tile's sub-pixel rows.</param>
    /// <param name="phases">Where to: see <see cref="ColumnVectors"/>.</param>
    /// <param name="vectors">Registers from one register of columns to the next.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Columns(T* columns, int stride, int count, T* orientation, int rows, T* phases, int vectors)
    {
        for (var column = 0; column < count; column += 2 * TLanes.Count)
        {
            Pair(columns + column, stride, orientation, rows, phases, phases + (vectors * TLanes.Count));
            phases += 2 * vectors * TLanes.Count;
        }
    }

    /// <summary>Writes the phase factors of the rows, the tile's centre included.</summary>
    /// <param name="rows">The tile's rows: see <see cref="PhaseTile{T}.RowArrays"/>.</param>
    /// <param name="stride">Distance between their arrays, and between those of the phases.</param>
    /// <param name="count">How many rows; rounded up to two registers.</param>
    /// <param name="orientation">The cell vectors over the wavelength, and the fractions of the indices at the centre.</param>
    /// <param name="phases">Where to: see <see cref="RowArrays"/>.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Rows(T* rows, int stride, int count, T* orientation, T* phases)
    {
        var half = TLanes.Broadcast(0.5);
        var one = TLanes.Broadcast(1.0);
        var zero = TLanes.Broadcast(0.0);
        for (var row = 0; row < count; row += 2 * TLanes.Count)
        {
            var second = rows + row + TLanes.Count;
            LockStep<TLanes, T>.Indices(
                orientation,
                TLanes.Load(rows + row), TLanes.Load(rows + row + stride), TLanes.Load(rows + row + (2 * stride)),
                TLanes.Load(second), TLanes.Load(second + stride), TLanes.Load(second + (2 * stride)),
                out var a0, out var b0, out var c0, out var a1, out var b1, out var c1);
            LockStep<TLanes, T>.Reduce(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
            TLanes sa0 = a0, sb0 = b0, sc0 = c0, sa1 = a1, sb1 = b1, sc1 = c1;
            LockStep<TLanes, T>.TwiceCosine(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
            if (typeof(T) == typeof(double))
            {
                // Copies, so that the others may stay in registers.
                TLanes ta0 = sa0, tb0 = sb0, tc0 = sc0, ta1 = sa1, tb1 = sb1, tc1 = sc1;
                LockStep<TLanes, T>.SineByCall(ref ta0, ref tb0, ref tc0, ref ta1, ref tb1, ref tc1);
                (sa0, sb0, sc0, sa1, sb1, sc1) = (ta0, tb0, tc0, ta1, tb1, tc1);
            }
            else
            {
                LockStep<TLanes, T>.Sine(ref sa0, ref sb0, ref sc0, ref sa1, ref sb1, ref sc1);
            }

            Write(phases + row, stride, a0, sa0, half, one, zero);
            Write(phases + row + (2 * stride), stride, b0, sb0, half, one, zero);
            Write(phases + row + (4 * stride), stride, c0, sc0, half, one, zero);
            Write(phases + row + TLanes.Count, stride, a1, sa1, half, one, zero);
            Write(phases + row + TLanes.Count + (2 * stride), stride, b1, sb1, half, one, zero);
            Write(phases + row + TLanes.Count + (4 * stride), stride, c1, sc1, half, one, zero);
        }
    }

    // cos 2πr = (2 cos πr)²/2 - 1 and sin 2πr = (2 cos πr) sin πr; the core wants the sine with the other sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(T* target, int stride, TLanes twiceCosine, TLanes sine, TLanes half, TLanes one, TLanes zero)
    {
        TLanes.Store(TLanes.MultiplySubtract(half * twiceCosine, twiceCosine, one), target);
        TLanes.Store(zero - (twiceCosine * sine), target + stride);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Pair(T* columns, int stride, T* orientation, int rows, T* phases, T* next)
    {
        var second = columns + TLanes.Count;
        LockStep<TLanes, T>.RelativeIndices(
            orientation,
            TLanes.Load(columns), TLanes.Load(columns + stride), TLanes.Load(columns + (2 * stride)),
            TLanes.Load(second), TLanes.Load(second + stride), TLanes.Load(second + (2 * stride)),
            out var a0, out var b0, out var c0, out var a1, out var b1, out var c1);
        TLanes sa0 = a0, sb0 = b0, sc0 = c0, sa1 = a1, sb1 = b1, sc1 = c1;
        LockStep<TLanes, T>.TwiceCosine(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
        LockStep<TLanes, T>.Sine(ref sa0, ref sb0, ref sc0, ref sa1, ref sb1, ref sc1);
        Drift(columns, stride, orientation, rows, a0, sa0, phases);
        Drift(columns, stride, orientation + 3, rows, b0, sb0, phases + (2 * TLanes.Count));
        Drift(columns, stride, orientation + 6, rows, c0, sc0, phases + (4 * TLanes.Count));
        Drift(second, stride, orientation, rows, a1, sa1, next);
        Drift(second, stride, orientation + 3, rows, b1, sb1, next + (2 * TLanes.Count));
        Drift(second, stride, orientation + 6, rows, c1, sc1, next + (4 * TLanes.Count));
    }

    /// <summary>Writes one axis of one register of columns; see <see cref="PhaseBounds"/> for the formulas.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Drift(T* columns, int stride, T* axis, int rows, TLanes twiceCosine, TLanes sine, T* phases)
    {
        TLanes x = TLanes.Broadcast(axis), y = TLanes.Broadcast(axis + 1), z = TLanes.Broadcast(axis + 2);
        var k1 = Dot(columns + (3 * stride), stride, x, y, z);
        var k2 = Dot(columns + (6 * stride), stride, x, y, z);
        var k3 = Dot(columns + (9 * stride), stride, x, y, z);

        // exp(i Σ nᵏ κₖ) = 1 + Σ nᵏ (pₖ + i qₖ) to the third degree, n from the tile's middle row; q₁ is κ₁.
        var k1k1 = k1 * k1;
        TLanes p2 = TLanes.Broadcast(-0.5) * k1k1, p3 = TLanes.Broadcast(0.0) - (k1 * k2);
        var q3 = TLanes.MultiplyAdd(k1k1 * TLanes.Broadcast(-1.0 / 6.0), k1, k3);

        // And what polynomials of the third have of the fourth over the tile's rows; κ₂ holds that of κ₄.
        var first = -0.5 * (rows - 1);
        var (of0, of2) = PhaseBounds.OfFourthDegree(first);
        TLanes half2 = TLanes.Broadcast(-0.5) * k2, q4 = half2 * k1k1;
        var p4 = TLanes.MultiplyAdd(k1k1 * TLanes.Broadcast(1.0 / 24.0), k1k1, TLanes.MultiplyAdd(half2, k2, TLanes.Broadcast(0.0) - (k1 * k3)));
        p2 = TLanes.MultiplyAdd(TLanes.Broadcast(of2), p4, p2);
        k2 = TLanes.MultiplyAdd(TLanes.Broadcast(of2), q4, k2);

        // Every second row is the mean of its neighbours, which is p₂ + 3 n p₃ off: half of that is taken from all.
        TLanes p1 = TLanes.Broadcast(-1.5) * p3, q1 = TLanes.MultiplyAdd(TLanes.Broadcast(-1.5), q3, k1);
        var p0 = TLanes.MultiplyAdd(TLanes.Broadcast(of0), p4, TLanes.MultiplyAdd(TLanes.Broadcast(-0.5), p2, TLanes.Broadcast(1.0) + p1));
        var q0 = TLanes.MultiplyAdd(TLanes.Broadcast(of0), q4, TLanes.MultiplyAdd(TLanes.Broadcast(-0.5), k2, TLanes.Broadcast(-1.5) * q3));

        // Twice the phase factor, so that the core's cosines come out doubled; its differences are those from one pair of rows to the next.
        var two = TLanes.Broadcast(2.0);
        TLanes re = TLanes.MultiplySubtract(twiceCosine, twiceCosine, two), im = twiceCosine * (sine + sine);
        var n = TLanes.Broadcast(first);
        Multiply(
            re, im,
            TLanes.MultiplyAdd(TLanes.MultiplyAdd(TLanes.MultiplyAdd(p3, n, p2), n, p1), n, p0),
            TLanes.MultiplyAdd(TLanes.MultiplyAdd(TLanes.MultiplyAdd(q3, n, k2), n, q1), n, q0),
            phases);
        TLanes slope2 = TLanes.Broadcast((2.0 * first) + 2.0), slope3 = TLanes.Broadcast((((3.0 * first) + 6.0) * first) + 4.0);
        Multiply(
            re, im,
            TLanes.MultiplyAdd(p3, slope3, TLanes.MultiplyAdd(p2, slope2, p1)),
            TLanes.MultiplyAdd(q3, slope3, TLanes.MultiplyAdd(k2, slope2, q1)),
            phases + (6 * TLanes.Count));
        TLanes four = TLanes.Broadcast(4.0), bend3 = TLanes.Broadcast((12.0 * first) + 24.0), twist = TLanes.Broadcast(24.0);
        Multiply(re, im, TLanes.MultiplyAdd(p3, bend3, four * p2), TLanes.MultiplyAdd(q3, bend3, four * k2), phases + (12 * TLanes.Count));
        Multiply(re, im, twist * p3, twist * q3, phases + (18 * TLanes.Count));
    }

    /// <summary>Scalar products of a register of vectors with one.</summary>
    /// <param name="vectors">The vectors' x, y and z.</param>
    /// <param name="stride">From x to y, and on to z.</param>
    /// <param name="x">The one's x.</param>
    /// <param name="y">Its y.</param>
    /// <param name="z">Its z.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Dot(T* vectors, int stride, TLanes x, TLanes y, TLanes z) =>
        TLanes.MultiplyAddLoaded(x, vectors, TLanes.MultiplyAddLoaded(y, vectors + stride, TLanes.MultiplyLoaded(z, vectors + (2 * stride))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(TLanes re, TLanes im, TLanes p, TLanes q, T* target)
    {
        TLanes.Store(TLanes.MultiplySubtract(re, p, im * q), target);
        TLanes.Store(TLanes.MultiplyAdd(re, q, im * p), target + TLanes.Count);
    }
}
