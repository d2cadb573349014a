using System.Runtime.CompilerServices;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation.Simd;

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
    /// <param name="whole">The whole indices at the tile's centre.</param>
    /// <param name="h">Indices h, less the whole one at the tile's centre.</param>
    /// <param name="k">Indices k.</param>
    /// <param name="l">Indices l.</param>
    /// <returns>Squared structure factors.</returns>
    TLanes Squares(T* whole, TLanes h, TLanes k, TLanes l);
}

/// <summary>All reflections have the same structure factor.</summary>
internal readonly unsafe struct UniformStructure<TLanes, T> : IStructure<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static bool IsUniform => true;

    /// <inheritdoc/>
    public TLanes Squares(T* whole, TLanes h, TLanes k, TLanes l) => default;
}

/// <summary>Structure factors from a box of reflections, with a border of the one that holds outside: no branch, no mask.</summary>
/// <param name="squares">The box.</param>
internal readonly unsafe struct GridStructure<TLanes, T>(PaddedGrid<T> squares) : IStructure<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private readonly T* _values = squares.Values;

    // In registers' width, so that loops read them as they are.
    private readonly TLanes _firstH = TLanes.Broadcast(squares.First.H);
    private readonly TLanes _firstK = TLanes.Broadcast(squares.First.K);
    private readonly TLanes _firstL = TLanes.Broadcast(squares.First.L);
    private readonly TLanes _lastH = TLanes.Broadcast(squares.Count.H - 1);
    private readonly TLanes _lastK = TLanes.Broadcast(squares.Count.K - 1);
    private readonly TLanes _lastL = TLanes.Broadcast(squares.Count.L - 1);
    private readonly TLanes _strideH = TLanes.Broadcast((double)squares.Count.K * squares.Count.L);
    private readonly TLanes _strideK = TLanes.Broadcast(squares.Count.L);

    /// <inheritdoc/>
    public static bool IsUniform => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Squares(T* whole, TLanes h, TLanes k, TLanes l)
    {
        var zero = TLanes.Broadcast(0.0);
        var i = TLanes.Clamp(TLanes.Round(h) + (TLanes.Broadcast(whole) - _firstH), zero, _lastH);
        var j = TLanes.Clamp(TLanes.Round(k) + (TLanes.Broadcast(whole + 1) - _firstK), zero, _lastK);
        var m = TLanes.Clamp(TLanes.Round(l) + (TLanes.Broadcast(whole + 2) - _firstL), zero, _lastL);
        return TLanes.Look(_values, TLanes.MultiplyAdd(i, _strideH, TLanes.MultiplyAdd(j, _strideK, m)));
    }
}
