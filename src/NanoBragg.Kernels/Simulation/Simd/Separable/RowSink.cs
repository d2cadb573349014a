using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Structure;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>What becomes of a row's squared lattice factors.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal unsafe interface IRowSink<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Gets the elements from what one row is weighted with to the next row's.</summary>
    static abstract int WeightStep { get; }

    /// <summary>Takes a register of a row.</summary>
    /// <param name="factor">The factors.</param>
    /// <param name="times">What they are multiplied by to be the squares.</param>
    /// <param name="weight">What the row is weighted with.</param>
    /// <param name="target">Where to.</param>
    void Take(TLanes factor, TLanes times, T* weight, T* target);
}

/// <summary>Adds squared lattice factors, times squared structure factors where these differ, to the sums of evaluations before.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TStructure">The structure factors.</typeparam>
internal readonly unsafe struct Summing<TLanes, T, TStructure> : IRowSink<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TStructure : struct, IStructure<TLanes, T>
{
    /// <inheritdoc/>
    public static int WeightStep => TLanes.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(TLanes factor, TLanes times, T* weight, T* target)
    {
        var weighted = TStructure.IsUniform ? factor : TLanes.MultiplyLoaded(factor, weight);
        TLanes.Store(TLanes.MultiplyAddLoaded(weighted, times, target), target);
    }
}

/// <summary>
/// Multiplies squared lattice factors by the pixels' factors, and writes them into the picture: where a pixel is a single step, so that nothing is to be summed.
/// Writing waits for memory, and goes on beside the next row's arithmetic here.
/// </summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <param name="places">Where the register's pixels are, as <see cref="FactorSurface{TLanes}"/> wants it.</param>
internal readonly unsafe struct Finishing<TLanes, T>(TLanes places) : IRowSink<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private readonly TLanes _places = places;

    /// <inheritdoc/>
    public static int WeightStep => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(TLanes factor, TLanes times, T* weight, T* target)
    {
        const int stride = PhaseTile<T>.RowFactorStride;
        var surface = TLanes.MultiplyAddBroadcast(_places, weight + (4 * stride), TLanes.Broadcast(weight + (3 * stride)));
        surface = TLanes.MultiplyAddBroadcast(surface, _places, weight + (2 * stride));
        surface = TLanes.MultiplyAddBroadcast(surface, _places, weight + stride);
        surface = TLanes.MultiplyAddBroadcast(surface, _places, weight);
        TLanes.Store(factor * times * surface, target);
    }
}
