using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Spots;
using NanoBragg.Kernels.Simulation.Simd.Structure;

namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>Crystals that are no blocks, at two registers of pixels in step.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TSpot">The spots' shape.</typeparam>
/// <typeparam name="TStructure">The structure factor.</typeparam>
/// <param name="spot">The shape.</param>
/// <param name="structure">The structure factor.</param>
internal sealed unsafe class SpotDirectKernel<TLanes, T, TSpot, TStructure>(TSpot spot, TStructure structure) : DirectKernel<TLanes, T, TStructure>(structure)
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TSpot : struct, ISpot<TLanes, T>
    where TStructure : struct, IStructure<TLanes, T>
{
    /// <inheritdoc/>
    protected override void Add(double* x, double* y, double* z, double* sums, int pixels, T* orientations, T* end, T* squares)
    {
        // On the stack, where nothing moves them.
        var (shape, peak) = (spot, spot.Peak);
        Add(in shape, in peak, x, y, z, sums, sums + pixels, orientations, end, squares);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Add(in TSpot spot, in TLanes peak, double* x, double* y, double* z, double* sums, double* last, T* orientations, T* end, T* squares)
    {
        do
        {
            TLanes x0 = TLanes.LoadDoubles(x), x1 = TLanes.LoadDoubles(x + TLanes.Count);
            TLanes y0 = TLanes.LoadDoubles(y), y1 = TLanes.LoadDoubles(y + TLanes.Count);
            TLanes z0 = TLanes.LoadDoubles(z), z1 = TLanes.LoadDoubles(z + TLanes.Count);
            TLanes sum0 = TLanes.Broadcast(0.0), sum1 = TLanes.Broadcast(0.0);
            var row = orientations;
            do
            {
                LockStep<TLanes, T>.Indices(row, x0, y0, z0, x1, y1, z1, out var a0, out var b0, out var c0, out var a1, out var b1, out var c1);
                LockStep<TLanes, T>.Reduce(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
                sum0 = Sum(spot.Share(spot.Squared(a0, b0, c0)), squares, sum0);
                sum1 = Sum(spot.Share(spot.Squared(a1, b1, c1)), squares + TLanes.Count, sum1);
                squares += 2 * TLanes.Count;
                row += Tile.OrientationStride;
            }
            while (row < end);

            TLanes.AddToDoubles(sum0 * peak, sums);
            TLanes.AddToDoubles(sum1 * peak, sums + TLanes.Count);
            x += 2 * TLanes.Count;
            y += 2 * TLanes.Count;
            z += 2 * TLanes.Count;
            sums += 2 * TLanes.Count;
        }
        while (sums < last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sum(TLanes share, T* square, TLanes sum) => TStructure.IsUniform ? sum + share : TLanes.MultiplyAddLoaded(share, square, sum);
}
