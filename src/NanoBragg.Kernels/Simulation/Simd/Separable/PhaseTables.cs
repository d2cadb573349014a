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

        Columns(tile.Columns, tile.ColumnStride, columns, rounded, tile.Differences, tile.ColumnTables, vectors);
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
    /// <param name="parts">See <see cref="RowDifferences{T}"/>.</param>
    /// <param name="phases">Where to: see <see cref="ColumnVectors"/>.</param>
    /// <param name="vectors">Registers from one register of columns to the next.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Columns(T* columns, int stride, int count, T* orientation, T* parts, T* phases, int vectors)
    {
        for (var column = 0; column < count; column += 2 * TLanes.Count)
        {
            Pair(columns + column, stride, orientation, parts, phases, phases + (vectors * TLanes.Count));
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
    private static void Pair(T* columns, int stride, T* orientation, T* parts, T* phases, T* next)
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
        Drift(columns, stride, orientation, parts, a0, sa0, phases);
        Drift(columns, stride, orientation + 3, parts, b0, sb0, phases + (2 * TLanes.Count));
        Drift(columns, stride, orientation + 6, parts, c0, sc0, phases + (4 * TLanes.Count));
        Drift(second, stride, orientation, parts, a1, sa1, next);
        Drift(second, stride, orientation + 3, parts, b1, sb1, next + (2 * TLanes.Count));
        Drift(second, stride, orientation + 6, parts, c1, sc1, next + (4 * TLanes.Count));
    }

    /// <summary>Writes one axis of one register of columns; see <see cref="PhaseBounds"/> for the formulas.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Drift(T* columns, int stride, T* axis, T* parts, TLanes twiceCosine, TLanes sine, T* phases)
    {
        TLanes x = TLanes.Broadcast(axis), y = TLanes.Broadcast(axis + 1), z = TLanes.Broadcast(axis + 2);
        var k1 = Dot(columns + (3 * stride), stride, x, y, z);
        var k2 = Dot(columns + (6 * stride), stride, x, y, z);
        var k3 = Dot(columns + (9 * stride), stride, x, y, z);

        // exp(i (K₁ m + K₂ m² + K₃ m³/3)) = 1 + i K₁ m + (p₂ + i K₂) m² + (p₃ + i q₃) m³/3 + (p₄ + i q₄) m⁴ to the fourth degree. Additions are other units' work than multiplications.
        TLanes zero = TLanes.Broadcast(0.0), minusHalf = TLanes.Broadcast(-0.5) * k1, minus = zero - k1;
        TLanes p2 = minusHalf * k1, p3 = (minus + minus + minus) * k2, q3 = TLanes.MultiplyAdd(k1, p2, k3), q4 = p2 * k2;

        // Minus twice p₄.
        var r4 = TLanes.MultiplyAdd(TLanes.Broadcast(2.0 / 3.0) * k1, q3, TLanes.MultiplyAdd(p2, p2, k2 * k2));

        // And what polynomials of the third have of the fourth over the tile's rows; K₂ holds that of K₄.
        p2 = TLanes.MultiplyAddBroadcast(r4, parts + RowDifferences<T>.MinusHalfSquare4, p2);
        k2 = TLanes.MultiplyAddBroadcast(q4, parts + RowDifferences<T>.Square4, k2);

        // Twice the phase factor, so that the core's cosines come out doubled.
        TLanes one = TLanes.Broadcast(1.0), two = TLanes.Broadcast(2.0);
        TLanes re = TLanes.MultiplySubtract(twiceCosine, twiceCosine, two), im = twiceCosine * (sine + sine);
        TLanes p = TLanes.MultiplyAddBroadcast(r4, parts + RowDifferences<T>.MinusHalfValue4, one), q = TLanes.MultiplyBroadcast(q4, parts + RowDifferences<T>.Value4);
        q = TLanes.MultiplyAddBroadcast(k1, parts + RowDifferences<T>.Value1, q);
        p = TLanes.MultiplyAddBroadcast(p2, parts + RowDifferences<T>.Value2, p);
        q = TLanes.MultiplyAddBroadcast(k2, parts + RowDifferences<T>.Value2, q);
        p = TLanes.MultiplyAddBroadcast(p3, parts + RowDifferences<T>.Value3, p);
        q = TLanes.MultiplyAddBroadcast(q3, parts + RowDifferences<T>.Value3, q);
        Multiply(re, im, p, q, phases);
        p = TLanes.MultiplyBroadcast(p2, parts + RowDifferences<T>.First2);
        q = TLanes.MultiplyAddBroadcast(k2, parts + RowDifferences<T>.First2, zero - minusHalf);
        p = TLanes.MultiplyAddBroadcast(p3, parts + RowDifferences<T>.First3, p);
        q = TLanes.MultiplyAddBroadcast(q3, parts + RowDifferences<T>.First3, q);
        Multiply(re, im, p, q, phases + (6 * TLanes.Count));
        p = TLanes.MultiplyAddBroadcast(p3, parts + RowDifferences<T>.Second3, p2);
        q = TLanes.MultiplyAddBroadcast(q3, parts + RowDifferences<T>.Second3, k2);
        Multiply(re, im, p, q, phases + (12 * TLanes.Count));
        Multiply(re, im, p3, q3, phases + (18 * TLanes.Count));
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
