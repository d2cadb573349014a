using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Separable;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation.Simd.Structure;

/// <summary>Structure factors of the nearest reflections, from a grid with a border of the one that holds outside: no branch, no mask.</summary>
/// <param name="squares">The grid, squared.</param>
internal readonly unsafe struct GridStructure<TLanes, T>(PaddedGrid<T> squares) : IStructure<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private readonly T* _values = squares.Values;
    private readonly (int H, int K, int L) _first = squares.First;
    private readonly (int H, int K, int L) _count = squares.Count;

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

    /// <inheritdoc/>
    /// <remarks>
    /// As many rows at a time as there are columns: the reflections about such a patch are mostly few enough for a table in registers, from which they are
    /// picked in some cycles; from memory, one lane after the other, it takes many.
    /// </remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Look(IndexColumn<TLanes, T> column, T* squares)
    {
        var table = stackalloc T[Math.Max(1, TLanes.Picked)];
        Unsafe.SkipInit(out PickedReflections<TLanes, T> picked);
        for (var row = 0; row < column.Count;)
        {
            // A larger patch is found out about in less time a row, where it fits.
            var patch = column.Part(row, Math.Min(2 * TLanes.Count, column.Count - row));
            var fits = TLanes.Picked > 0 && PickedReflections<TLanes, T>.TryFill(in patch, _values, _first, _count, table, out picked);
            if (!fits)
            {
                patch = column.Part(row, Math.Min(TLanes.Count, column.Count - row));
                fits = TLanes.Picked > 0 && PickedReflections<TLanes, T>.TryFill(in patch, _values, _first, _count, table, out picked);
            }

            if (fits)
            {
                patch.Look(in picked, squares);
            }
            else
            {
                patch.Look(in this, squares);
            }

            row += patch.Count;
            squares += patch.Count * TLanes.Count;
        }
    }
}
