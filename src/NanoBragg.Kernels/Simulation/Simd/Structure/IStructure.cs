using NanoBragg.Kernels.Simulation.Simd.Separable;

namespace NanoBragg.Kernels.Simulation.Simd.Structure;

/// <summary>Squared structure factors of reflections.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal unsafe interface IStructure<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Gets whether all reflections have the same, which the pixels' factors hold then.</summary>
    static abstract bool IsUniform { get; }

    /// <summary>Looks up a register of indices.</summary>
    /// <param name="whole">The whole indices at the tile's centre.</param>
    /// <param name="h">Indices h, less the whole one at the tile's centre.</param>
    /// <param name="k">Indices k.</param>
    /// <param name="l">Indices l.</param>
    /// <returns>Squared structure factors.</returns>
    TLanes Squares(T* whole, TLanes h, TLanes k, TLanes l);

    /// <summary>Looks up a register of columns, row by row.</summary>
    /// <param name="column">The columns, which are moved on to the row after the last.</param>
    /// <param name="squares">Where the squared structure factors go, a register a row.</param>
    void Look(IndexColumn<TLanes, T> column, T* squares);
}
