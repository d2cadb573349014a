using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Separable;

namespace NanoBragg.Kernels.Simulation.Simd.Structure;

/// <summary>Structure factors of the reflections about a patch of a tile, few enough for a table in registers.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal readonly unsafe struct PickedReflections<TLanes, T> : IStructure<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private readonly T* _table;
    // In registers' width, so that loops read them as they are.
    private readonly TLanes _firstH, _firstK, _firstL, _lastH, _lastK, _lastL, _strideH, _strideK;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PickedReflections(T* table, (int First, int Last) h, (int First, int Last) k, (int First, int Last) l)
    {
        _table = table;
        (_firstH, _firstK, _firstL) = (TLanes.Broadcast(h.First), TLanes.Broadcast(k.First), TLanes.Broadcast(l.First));
        (_lastH, _lastK, _lastL) = (TLanes.Broadcast(h.Last - h.First), TLanes.Broadcast(k.Last - k.First), TLanes.Broadcast(l.Last - l.First));
        _strideK = TLanes.Broadcast(l.Last - l.First + 1);
        _strideH = TLanes.Broadcast((k.Last - k.First + 1) * (l.Last - l.First + 1));
    }

    /// <inheritdoc/>
    public static bool IsUniform => false;

    /// <summary>Fills a table with all reflections that a patch may be next to.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="grid">The squared structure factors.</param>
    /// <param name="first">The grid's lowest indices.</param>
    /// <param name="count">How many there are along each axis.</param>
    /// <param name="table">The table.</param>
    /// <param name="picked">What picks from it.</param>
    /// <returns>Whether they are few enough.</returns>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static bool TryFill(
        in IndexColumn<TLanes, T> patch, T* grid, (int H, int K, int L) first, (int H, int K, int L) count, T* table, out PickedReflections<TLanes, T> picked)
    {
        // Relative to the whole indices at the tile's centre, within the grid.
        int wholeH = (int)LaneBits.ToDouble(patch.Whole[0]), wholeK = (int)LaneBits.ToDouble(patch.Whole[1]), wholeL = (int)LaneBits.ToDouble(patch.Whole[2]);
        var h = patch.Range(0, first.H - wholeH, first.H + count.H - 1 - wholeH);
        var k = patch.Range(1, first.K - wholeK, first.K + count.K - 1 - wholeK);
        var l = patch.Range(2, first.L - wholeL, first.L + count.L - 1 - wholeL);
        var along = l.Last - l.First + 1;
        if ((long)(h.Last - h.First + 1) * (k.Last - k.First + 1) * along > TLanes.Picked)
        {
            picked = default;
            return false;
        }

        var next = table;
        for (var i = h.First + wholeH - first.H; i <= h.Last + wholeH - first.H; i++)
        {
            for (var j = k.First + wholeK - first.K; j <= k.Last + wholeK - first.K; j++)
            {
                var source = grid + (((((long)i * count.K) + j) * count.L) + l.First + wholeL - first.L);
                for (var m = 0; m < along; m++)
                {
                    *next++ = source[m];
                }
            }
        }

        picked = new(table, h, k, l);
        return true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Squares(T* whole, TLanes h, TLanes k, TLanes l)
    {
        var zero = TLanes.Broadcast(0.0);
        TLanes i = TLanes.Clamp(TLanes.Round(h) - _firstH, zero, _lastH), j = TLanes.Clamp(TLanes.Round(k) - _firstK, zero, _lastK);
        var m = TLanes.Clamp(TLanes.Round(l) - _firstL, zero, _lastL);
        return TLanes.Pick(_table, TLanes.MultiplyAdd(i, _strideH, TLanes.MultiplyAdd(j, _strideK, m)));
    }

    /// <inheritdoc/>
    public void Look(IndexColumn<TLanes, T> column, T* squares) => column.Look(in this, squares);
}
