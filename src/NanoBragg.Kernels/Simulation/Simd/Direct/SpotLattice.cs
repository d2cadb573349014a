using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Spots;

namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>Spots of one shape at all reflections.</summary>
/// <param name="spot">The shape.</param>
internal readonly struct SpotLattice<TLanes, T, TSpot>(TSpot spot) : ILattice<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TSpot : struct, ISpot<TLanes, T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TLanes a0, TLanes b0, TLanes c0, TLanes a1, TLanes b1, TLanes c1, ref TLanes sum0, ref TLanes sum1)
    {
        sum0 = TLanes.MultiplyAdd(spot.Share(a0, b0, c0), spot.Peak, sum0);
        sum1 = TLanes.MultiplyAdd(spot.Share(a1, b1, c1), spot.Peak, sum1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddWeighted(
        TLanes a0, TLanes b0, TLanes c0, TLanes weight0, TLanes a1, TLanes b1, TLanes c1, TLanes weight1, ref TLanes sum0, ref TLanes sum1)
    {
        sum0 = TLanes.MultiplyAdd(spot.Share(a0, b0, c0), spot.Peak * weight0, sum0);
        sum1 = TLanes.MultiplyAdd(spot.Share(a1, b1, c1), spot.Peak * weight1, sum1);
    }
}
