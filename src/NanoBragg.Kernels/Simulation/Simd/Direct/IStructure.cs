using System.Runtime.CompilerServices;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>Squared structure factors of reflections.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal unsafe interface IStructure<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Gets whether all reflections have the same, which the pixels' factors hold then.</summary>
    static abstract bool IsUniform { get; }

    /// <summary>Looks up the reflections nearest to a register of indices.</summary>
    /// <param name="row">The orientation: see <see cref="Orientations{T}"/>.</param>
    /// <param name="h">Indices h, less the whole one at the tile's centre.</param>
    /// <param name="k">Indices k.</param>
    /// <param name="l">Indices l.</param>
    /// <returns>Squared structure factors.</returns>
    TLanes Squares(T* row, TLanes h, TLanes k, TLanes l);
}

/// <summary>All reflections have the same structure factor.</summary>
internal readonly unsafe struct UniformStructure<TLanes, T> : IStructure<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static bool IsUniform => true;

    /// <inheritdoc/>
    public TLanes Squares(T* row, TLanes h, TLanes k, TLanes l) => default;
}

/// <summary>Structure factors from a box of reflections, with a border of the one that holds outside: no branch, no mask.</summary>
/// <param name="squares">The box.</param>
internal readonly unsafe struct GridStructure<TLanes, T>(PaddedSquares<T> squares) : IStructure<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private readonly T* _values = squares.Values;
    private readonly double _firstH = squares.First.H;
    private readonly double _firstK = squares.First.K;
    private readonly double _firstL = squares.First.L;
    private readonly double _lastH = squares.Count.H - 1;
    private readonly double _lastK = squares.Count.K - 1;
    private readonly double _lastL = squares.Count.L - 1;
    private readonly double _strideH = (double)squares.Count.K * squares.Count.L;
    private readonly double _strideK = squares.Count.L;

    /// <inheritdoc/>
    public static bool IsUniform => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Squares(T* row, TLanes h, TLanes k, TLanes l)
    {
        var zero = TLanes.Broadcast(0.0);
        var i = TLanes.Clamp(LockStep<TLanes, T>.Nearest(h) + (TLanes.Broadcast(row + 12) - TLanes.Broadcast(_firstH)), zero, TLanes.Broadcast(_lastH));
        var j = TLanes.Clamp(LockStep<TLanes, T>.Nearest(k) + (TLanes.Broadcast(row + 13) - TLanes.Broadcast(_firstK)), zero, TLanes.Broadcast(_lastK));
        var m = TLanes.Clamp(LockStep<TLanes, T>.Nearest(l) + (TLanes.Broadcast(row + 14) - TLanes.Broadcast(_firstL)), zero, TLanes.Broadcast(_lastL));
        return TLanes.Look(_values, TLanes.MultiplyAdd(i, TLanes.Broadcast(_strideH), TLanes.MultiplyAdd(j, TLanes.Broadcast(_strideK), m)));
    }
}
