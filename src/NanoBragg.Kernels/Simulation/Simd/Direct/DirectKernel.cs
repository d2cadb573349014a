using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>The inner loop that takes each phase by itself.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TLattice">The lattice factor.</typeparam>
/// <typeparam name="TStructure">The structure factor.</typeparam>
/// <param name="lattice">The lattice factor.</param>
/// <param name="structure">The structure factor.</param>
internal sealed unsafe class DirectKernel<TLanes, T, TLattice, TStructure>(TLattice lattice, TStructure structure) : LatticeKernel<T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TLattice : struct, ILattice<TLanes, T>
    where TStructure : struct, IStructure<TLanes, T>
{
    /// <inheritdoc/>
    public override void Accumulate(in Tile tile, int orientations)
    {
        // On the stack, where nothing moves them.
        var (l, s) = (lattice, structure);
        Accumulate(
            in l, in s, tile.X, tile.Y, tile.Z, tile.Sums, tile.Pixels, (T*)tile.Orientations, (T*)tile.Orientations + (Tile.OrientationStride * orientations));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate(
        in TLattice lattice, in TStructure structure, double* x, double* y, double* z, double* sums, int pixels, T* orientations, T* end)
    {
        var weights = stackalloc T[TStructure.IsUniform ? 0 : 2 * TLanes.Count];
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
                if (!TStructure.IsUniform)
                {
                    structure.Look(row, a0, b0, c0, weights);
                    structure.Look(row, a1, b1, c1, weights + TLanes.Count);
                }

                LockStep<TLanes, T>.Reduce(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
                lattice.Amplitudes(a0, b0, c0, a1, b1, c1, out var f0, out var f1);
                if (TStructure.IsUniform)
                {
                    sum0 = TLanes.MultiplyAdd(f0, f0, sum0);
                    sum1 = TLanes.MultiplyAdd(f1, f1, sum1);
                }
                else
                {
                    sum0 = TLanes.MultiplyAdd(f0 * f0, TLanes.Load(weights), sum0);
                    sum1 = TLanes.MultiplyAdd(f1 * f1, TLanes.Load(weights + TLanes.Count), sum1);
                }

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
