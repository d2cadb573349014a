using NanoBragg.Kernels.Simulation.Simd.Structure;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>A kernel whose lattice factor is a function of the indices themselves.</summary>
/// <typeparam name="TDoubles">A register of doubles.</typeparam>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TStructure">The structure factors.</typeparam>
/// <param name="structure">The structure factors.</param>
internal abstract unsafe class IndexKernel<TDoubles, TLanes, T, TStructure>(TStructure structure) : WeightedKernel<TDoubles, TLanes, T, TStructure>(structure)
    where TDoubles : struct, ILanes<TDoubles, double>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TStructure : struct, IStructure<TLanes, T>
{
    /// <inheritdoc/>
    public sealed override bool FollowsIndices => true;

    /// <inheritdoc/>
    protected sealed override int LatticeVectors => IndexTables<TDoubles, TLanes, T>.ColumnVectors;

    /// <inheritdoc/>
    protected sealed override int LatticeArrays => IndexTables<TDoubles, TLanes, T>.RowArrays;

    /// <inheritdoc/>
    protected sealed override void PrepareLattice(in PhaseTile<T> tile, int columns, double* orientation)
    {
        IndexTables<TDoubles, TLanes, T>.Columns(in tile, columns, orientation, whole: false, tile.ColumnTables, ColumnVectors);
        IndexTables<TDoubles, TLanes, T>.Rows(in tile, orientation, whole: false, tile.RowTables);
    }
}
