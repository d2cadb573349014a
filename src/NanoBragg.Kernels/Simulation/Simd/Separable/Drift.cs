using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>The differences of what drifts from row to row, in memory: three axes of first, second and third ones.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal static unsafe class Drift<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Moves what drifts on by a row, and after every second one first and second differences by two.</summary>
    /// <param name="drift">Nine registers.</param>
    /// <param name="row">The row that is left.</param>
    /// <param name="a">What drifts of h.</param>
    /// <param name="b">Of k.</param>
    /// <param name="c">Of l.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToNext(T* drift, int row, ref TLanes a, ref TLanes b, ref TLanes c)
    {
        a = TLanes.AddLoaded(a, drift);
        b = TLanes.AddLoaded(b, drift + TLanes.Count);
        c = TLanes.AddLoaded(c, drift + (2 * TLanes.Count));
        if ((row & 1) == 0)
        {
            return;
        }

        Move(drift);
        Move(drift + TLanes.Count);
        Move(drift + (2 * TLanes.Count));
        Move(drift + (3 * TLanes.Count));
        Move(drift + (4 * TLanes.Count));
        Move(drift + (5 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(T* difference) => TLanes.Store(TLanes.AddLoaded(TLanes.Load(difference), difference + (3 * TLanes.Count)), difference);
}
