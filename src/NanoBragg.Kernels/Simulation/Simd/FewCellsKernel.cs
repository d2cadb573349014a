using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>
/// The kernel for crystals of at most twelve cells along each axis: one cosine an axis, then a polynomial (see <see cref="ICellCount"/>).
/// </summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TA">Cells along a.</typeparam>
/// <typeparam name="TB">Cells along b.</typeparam>
/// <typeparam name="TC">Cells along c.</typeparam>
internal sealed unsafe class FewCellsKernel<TLanes, T, TA, TB, TC> : LatticeKernel<T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TA : struct, ICellCount
    where TB : struct, ICellCount
    where TC : struct, ICellCount
{
    /// <inheritdoc/>
    public override void Accumulate(in Tile tile, int orientations) => Accumulate(
        tile.X, tile.Y, tile.Z, tile.Sums, tile.Pixels, (T*)tile.Orientations, (T*)tile.Orientations + Tile.OrientationStride * orientations);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate(double* x, double* y, double* z, double* sums, int pixels, T* orientations, T* end)
    {
        var last = sums + pixels;
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
                LockStep<TLanes, T>.TwiceCosine(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
                var f0 = ICellCount.Amplitude<TLanes, TA>(a0) * ICellCount.Amplitude<TLanes, TB>(b0) * ICellCount.Amplitude<TLanes, TC>(c0);
                var f1 = ICellCount.Amplitude<TLanes, TA>(a1) * ICellCount.Amplitude<TLanes, TB>(b1) * ICellCount.Amplitude<TLanes, TC>(c1);
                sum0 = TLanes.MultiplyAdd(f0, f0, sum0);
                sum1 = TLanes.MultiplyAdd(f1, f1, sum1);
                row += Tile.OrientationStride;
            }
            while (row < end);

            TLanes.AddToDoubles(sum0, sums);
            TLanes.AddToDoubles(sum1, sums + TLanes.Count);
            x += 2 * TLanes.Count;
            y += 2 * TLanes.Count;
            z += 2 * TLanes.Count;
            sums += 2 * TLanes.Count;
        }
        while (sums < last);
    }
}
