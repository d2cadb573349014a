using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.HalfTurns;

/// <summary>2 cos 2πr from 2 cos πr.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal static class DoubledAngle<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Gets one over what it is measured by: the square of what <see cref="TwiceCosine"/> is.</summary>
    public static double PerUnit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1.0 / (Stages<TLanes, T, TwiceCosine>.Unit * Stages<TLanes, T, TwiceCosine>.Unit);
    }

    /// <summary>2 cos 2πr, times <see cref="PerUnit"/>.</summary>
    /// <param name="twiceCosine">2 cos πr over its unit.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of(TLanes twiceCosine) => TLanes.MultiplySubtract(twiceCosine, twiceCosine, TLanes.Broadcast(2.0 * PerUnit));
}
