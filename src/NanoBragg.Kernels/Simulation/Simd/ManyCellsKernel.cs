using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>The kernel for any number of cells: <c>sin(N πr) / sin(πr)</c> from two sines an axis and one quotient for the three.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <param name="cells">Cells along a, b and c.</param>
/// <remarks>
/// With r = h - round(h) the phase N r is reduced by its own nearest integer in one fused multiply-add, so both sines have small arguments that
/// are rounded once, and keep their relative accuracy next to an integer h and at the zeros between fringes alike. At r = 0, r is replaced by a
/// tiny number, for which the quotient is N to the last bit.
/// </remarks>
internal sealed unsafe class ManyCellsKernel<TLanes, T>((int A, int B, int C) cells) : LatticeKernel<T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public override void Accumulate(in Tile tile, int orientations) => Accumulate(
        tile.X, tile.Y, tile.Z, tile.Sums, tile.Pixels, (T*)tile.Orientations, (T*)tile.Orientations + Tile.OrientationStride * orientations,
        cells.A, cells.B, cells.C);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate(
        double* x, double* y, double* z, double* sums, int pixels, T* orientations, T* end, double cellsA, double cellsB, double cellsC)
    {
        TLanes na = TLanes.Broadcast(cellsA), nb = TLanes.Broadcast(cellsB), nc = TLanes.Broadcast(cellsC);

        // Its cube, times 1000 cubed or not, is an ordinary number of either element.
        var tiny = TLanes.Broadcast(typeof(T) == typeof(double) ? 1e-30 : 1e-10);
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
                a0 = TLanes.MagnitudeAtLeast(a0, tiny);
                b0 = TLanes.MagnitudeAtLeast(b0, tiny);
                c0 = TLanes.MagnitudeAtLeast(c0, tiny);
                a1 = TLanes.MagnitudeAtLeast(a1, tiny);
                b1 = TLanes.MagnitudeAtLeast(b1, tiny);
                c1 = TLanes.MagnitudeAtLeast(c1, tiny);
                TLanes u0 = LockStep<TLanes, T>.ReducedProduct(na, a0), v0 = LockStep<TLanes, T>.ReducedProduct(nb, b0);
                TLanes w0 = LockStep<TLanes, T>.ReducedProduct(nc, c0), u1 = LockStep<TLanes, T>.ReducedProduct(na, a1);
                TLanes v1 = LockStep<TLanes, T>.ReducedProduct(nb, b1), w1 = LockStep<TLanes, T>.ReducedProduct(nc, c1);
                LockStep<TLanes, T>.Sine(ref u0, ref v0, ref w0, ref u1, ref v1, ref w1);
                LockStep<TLanes, T>.Sine(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
                var f0 = u0 * v0 * w0 / (a0 * b0 * c0);
                var f1 = u1 * v1 * w1 / (a1 * b1 * c1);
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
