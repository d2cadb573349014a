using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Structure;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>A kernel whose squared lattice factors are weighted by the squared structure factors of the nearest reflections, where these differ.</summary>
/// <typeparam name="TDoubles">A register of doubles.</typeparam>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TStructure">The structure factors.</typeparam>
/// <param name="structure">The structure factors.</param>
/// <remarks>Weights of a register of columns are looked up for all rows before any is used: two loops, each of which has room for its numbers in registers.</remarks>
internal abstract unsafe class WeightedKernel<TDoubles, TLanes, T, TStructure>(TStructure structure) : SeparableKernel<T>
    where TDoubles : struct, ILanes<TDoubles, double>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TStructure : struct, IStructure<TLanes, T>
{
    /// <inheritdoc/>
    public sealed override int ColumnVectors => LatticeVectors + (TStructure.IsUniform ? 0 : IndexTables<TDoubles, TLanes, T>.ColumnVectors);

    /// <inheritdoc/>
    public sealed override int RowArrays => LatticeArrays + (TStructure.IsUniform ? 0 : IndexTables<TDoubles, TLanes, T>.RowArrays);

    /// <summary>Gets the registers of a register of columns that the lattice factor needs.</summary>
    protected abstract int LatticeVectors { get; }

    /// <summary>Gets the arrays of rows that the lattice factor needs.</summary>
    protected abstract int LatticeArrays { get; }

    /// <inheritdoc/>
    public sealed override void Prepare(in PhaseTile<T> tile, int columns, double* orientation)
    {
        PrepareLattice(in tile, columns, orientation);
        if (!TStructure.IsUniform)
        {
            IndexTables<TDoubles, TLanes, T>.Columns(in tile, columns, orientation, whole: true, tile.ColumnTables + (LatticeVectors * TLanes.Count), ColumnVectors);
            IndexTables<TDoubles, TLanes, T>.Rows(in tile, orientation, whole: true, tile.RowTables + (LatticeArrays * tile.RowStride));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // once for each register of columns and evaluation
    public sealed override void Accumulate(in PhaseTile<T> tile, T* column, double* orientation, T* sums, int width)
    {
        if (!TStructure.IsUniform)
        {
            var whole = stackalloc T[3] { Orientations<T>.Rounded(orientation[12]), Orientations<T>.Rounded(orientation[13]), Orientations<T>.Rounded(orientation[14]) };
            var rows = tile.RowTables + (LatticeArrays * tile.RowStride);
            structure.Look(new(whole, column + (LatticeVectors * TLanes.Count), rows, tile.RowStride, tile.SubRows), tile.Weights);
        }

        AddLattice(in tile, column, sums, width);
    }

    /// <summary>Makes the lattice factor's tables, which are the first.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="columns">How many columns, sub-pixels.</param>
    /// <param name="orientation">The cell vectors over the wavelength, and the indices at the centre.</param>
    protected abstract void PrepareLattice(in PhaseTile<T> tile, int columns, double* orientation);

    /// <summary>Adds one evaluation's squared lattice factors, each times its weight, to the sums of a register of columns.</summary>
    /// <param name="tile">The tile, with its tables and weights.</param>
    /// <param name="column">The columns' tables, which the loop may change.</param>
    /// <param name="sums">The first row's sums.</param>
    /// <param name="width">Distance between rows of sums.</param>
    protected abstract void AddLattice(in PhaseTile<T> tile, T* column, T* sums, int width);

    /// <summary>Adds a squared factor to the sum at a place.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="times">What it is multiplied by to be the square.</param>
    /// <param name="weight">Where its weight is.</param>
    /// <param name="sum">Where the sum is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void AddWeighted(TLanes factor, TLanes times, T* weight, T* sum)
    {
        default(Summing<TLanes, T, TStructure>).Take(factor, times, weight, sum);
    }
}
