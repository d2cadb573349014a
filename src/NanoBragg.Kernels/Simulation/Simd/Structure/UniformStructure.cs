using NanoBragg.Kernels.Simulation.Simd.Separable;

namespace NanoBragg.Kernels.Simulation.Simd.Structure;

/// <summary>All reflections have the same structure factor.</summary>
internal readonly unsafe struct UniformStructure<TLanes, T> : IStructure<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static bool IsUniform => true;

    /// <inheritdoc/>
    public TLanes Squares(T* whole, TLanes h, TLanes k, TLanes l) => TLanes.Broadcast(1.0);

    /// <inheritdoc/>
    public void Look(IndexColumn<TLanes, T> column, T* squares) => column.Look(in this, squares);
}
