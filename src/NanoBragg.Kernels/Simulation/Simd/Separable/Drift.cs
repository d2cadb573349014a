using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>The differences of what drifts from row to row, in memory: three axes of first, second and third ones.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal static unsafe class Drift<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Moves first and second differences on by two rows.</summary>
    /// <param name="drift">Nine registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToNextPair(T* drift)
    {
        Move(drift);
        Move(drift + TLanes.Count);
        Move(drift + (2 * TLanes.Count));
        Move(drift + (3 * TLanes.Count));
        Move(drift + (4 * TLanes.Count));
        Move(drift + (5 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(T* difference) => TLanes.Store(TLanes.Load(difference) + TLanes.Load(difference + (3 * TLanes.Count)), difference);
}
