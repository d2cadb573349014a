using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>
/// The indices h, k, l of a tile for one evaluation, each as a sum of four terms: one of the column and one of the row, which are added without rounding, and
/// two small ones, what is left of the column, drifting from row to row, and what is left of the row. So an element keeps more of an index than its mantissa
/// holds.
/// </summary>
/// <typeparam name="TDoubles">A register of doubles.</typeparam>
/// <typeparam name="TLanes">The register of the tables.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal static unsafe class IndexTables<TDoubles, TLanes, T>
    where TDoubles : struct, ILanes<TDoubles, double>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Registers of a register of columns, each for h, k, l: the large term, the small one at the first row, and its first three differences.</summary>
    public const int ColumnVectors = 15;

    /// <summary>Arrays of rows, each for h, k, l: the large term and the small one.</summary>
    public const int RowArrays = 6;

    // Adding it to a double leaves a multiple of 2^-21 (float) or 2^-50 (double): those below 4 are added exactly.
    private static double Grid
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? 1.5 * (1L << 31) : 1.5 * (1L << 2);
    }

    /// <summary>Writes the columns' terms.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="count">How many columns; rounded up to a register.</param>
    /// <param name="orientation">The cell vectors over the wavelength.</param>
    /// <param name="whole">Whether all of an index is wanted; if not, less the nearest whole number.</param>
    /// <param name="target">Where to.</param>
    /// <param name="vectors">Registers from one register of columns to the next.</param>
    public static void Columns(in PhaseTile<T> tile, int count, double* orientation, bool whole, T* target, int vectors)
    {
        for (var column = 0; column < count; column += TLanes.Count)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                Column(tile.ColumnDirections + column, tile.Columns + column, tile.ColumnStride, orientation + (3 * axis), tile.Differences, whole, target + (axis * TLanes.Count));
            }

            target += vectors * TLanes.Count;
        }
    }

    /// <summary>Writes the rows' terms, the fraction of the index at the centre included.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="orientation">The cell vectors over the wavelength, and the fractions of the indices at the centre.</param>
    /// <param name="whole">Whether all of an index is wanted; if not, less the nearest whole number.</param>
    /// <param name="target">Where to.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Rows(in PhaseTile<T> tile, double* orientation, bool whole, T* target)
    {
        var terms = stackalloc double[2 * TLanes.Count];
        var stride = tile.RowStride;
        var grid = TDoubles.Broadcast(Grid);
        for (var axis = 0; axis < 3; axis++)
        {
            var cell = orientation + (3 * axis);
            TDoubles x = TDoubles.Broadcast(cell), y = TDoubles.Broadcast(cell + 1), z = TDoubles.Broadcast(cell + 2), centre = TDoubles.Broadcast(orientation + 9 + axis);
            for (var row = 0; row < tile.SubRows; row += TLanes.Count)
            {
                for (var part = 0; part < TLanes.Count; part += TDoubles.Count)
                {
                    var directions = tile.RowDirections + row + part;
                    var index = TDoubles.MultiplyAdd(TDoubles.Load(directions), x, centre);
                    index = TDoubles.MultiplyAdd(TDoubles.Load(directions + stride), y, index);
                    index = TDoubles.MultiplyAdd(TDoubles.Load(directions + (2 * stride)), z, index);
                    index -= whole ? TDoubles.Broadcast(0.0) : TDoubles.Round(index);
                    var large = index + grid - grid;
                    TDoubles.Store(large, terms + part);
                    TDoubles.Store(index - large, terms + TLanes.Count + part);
                }

                TLanes.Store(TLanes.LoadDoubles(terms), target + (axis * stride) + row);
                TLanes.Store(TLanes.LoadDoubles(terms + TLanes.Count), target + ((3 + axis) * stride) + row);
            }
        }
    }

    /// <summary>Writes one axis of a register of columns; every second row will be the mean of its neighbours (<see cref="PhaseBounds"/>).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Column(double* directions, T* columns, int stride, double* cell, T* parts, bool whole, T* target)
    {
        var terms = stackalloc double[2 * TLanes.Count];
        var grid = TDoubles.Broadcast(Grid);
        for (var part = 0; part < TLanes.Count; part += TDoubles.Count)
        {
            var index = TDoubles.Load(directions + part) * TDoubles.Broadcast(cell);
            index = TDoubles.MultiplyAdd(TDoubles.Load(directions + part + stride), TDoubles.Broadcast(cell + 1), index);
            index = TDoubles.MultiplyAdd(TDoubles.Load(directions + part + (2 * stride)), TDoubles.Broadcast(cell + 2), index);
            index -= whole ? TDoubles.Broadcast(0.0) : TDoubles.Round(index);
            var large = index + grid - grid;
            TDoubles.Store(large, terms + part);
            TDoubles.Store(index - large, terms + TLanes.Count + part);
        }

        // The directions' terms come times 2π.
        const double turn = 1.0 / (2.0 * Math.PI);
        TLanes x = TLanes.Broadcast(turn * cell[0]), y = TLanes.Broadcast(turn * cell[1]), z = TLanes.Broadcast(turn * cell[2]);
        var k1 = PhaseTables<TLanes, T>.Dot(columns + (3 * stride), stride, x, y, z);
        var k2 = PhaseTables<TLanes, T>.Dot(columns + (6 * stride), stride, x, y, z);
        var k3 = PhaseTables<TLanes, T>.Dot(columns + (9 * stride), stride, x, y, z);
        var small = TLanes.LoadDoubles(terms + TLanes.Count);
        var first = TLanes.MultiplyBroadcast(k2, parts + RowDifferences<T>.First2);
        first = TLanes.MultiplyAdd(TLanes.Broadcast(0.5), k1, TLanes.MultiplyAddBroadcast(k3, parts + RowDifferences<T>.First3, first));
        var value = TLanes.MultiplyAddBroadcast(k2, parts + RowDifferences<T>.Value2, TLanes.MultiplyAddBroadcast(k1, parts + RowDifferences<T>.Value1, small));
        var next = 3 * TLanes.Count;
        TLanes.Store(TLanes.LoadDoubles(terms), target);
        TLanes.Store(TLanes.MultiplyAddBroadcast(k3, parts + RowDifferences<T>.Value3, value), target + next);
        TLanes.Store(first, target + (2 * next));
        TLanes.Store(TLanes.MultiplyAddBroadcast(k3, parts + RowDifferences<T>.Second3, k2), target + (3 * next));
        TLanes.Store(k3, target + (4 * next));
    }
}
