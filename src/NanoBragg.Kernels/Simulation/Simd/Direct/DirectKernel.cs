using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Structure;

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
    // Orientations whose structure factors are looked up before any of them is used.
    private const int Ahead = 16;

    /// <inheritdoc/>
    public override void Accumulate(in Tile tile, int orientations)
    {
        // On the stack, where nothing moves them.
        var (l, s) = (lattice, structure);
        T* first = (T*)tile.Orientations, end = first + (Tile.OrientationStride * orientations);
        if (TStructure.IsUniform)
        {
            Accumulate(in l, tile.X, tile.Y, tile.Z, tile.Sums, tile.Pixels, first, end);
        }
        else
        {
            AccumulateWeighted(in l, in s, tile.X, tile.Y, tile.Z, tile.Sums, tile.Pixels, first, end);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate(in TLattice lattice, double* x, double* y, double* z, double* sums, int pixels, T* orientations, T* end)
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
                LockStep<TLanes, T>.Reduce(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
                lattice.Add(a0, b0, c0, a1, b1, c1, ref sum0, ref sum1);
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

    /// <summary>The same where each reflection has a structure factor of its own, which is looked up ahead.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateWeighted(
        in TLattice lattice, in TStructure structure, double* x, double* y, double* z, double* sums, int pixels, T* orientations, T* end)
    {
        var squares = stackalloc T[2 * Ahead * TLanes.Count];
        for (var last = sums + pixels; sums < last; sums += 2 * TLanes.Count)
        {
            for (var row = orientations; row < end; row += Ahead * Tile.OrientationStride)
            {
                var next = row + (Ahead * Tile.OrientationStride) < end ? row + (Ahead * Tile.OrientationStride) : end;
                LookAhead(in structure, x, y, z, row, next, squares);
                AddWeighted(in lattice, x, y, z, row, next, squares, sums);
            }

            x += 2 * TLanes.Count;
            y += 2 * TLanes.Count;
            z += 2 * TLanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddWeighted(in TLattice lattice, double* x, double* y, double* z, T* row, T* end, T* squares, double* sums)
    {
        TLanes x0 = TLanes.LoadDoubles(x), x1 = TLanes.LoadDoubles(x + TLanes.Count);
        TLanes y0 = TLanes.LoadDoubles(y), y1 = TLanes.LoadDoubles(y + TLanes.Count);
        TLanes z0 = TLanes.LoadDoubles(z), z1 = TLanes.LoadDoubles(z + TLanes.Count);
        TLanes sum0 = TLanes.Broadcast(0.0), sum1 = TLanes.Broadcast(0.0);
        do
        {
            LockStep<TLanes, T>.Indices(row, x0, y0, z0, x1, y1, z1, out var a0, out var b0, out var c0, out var a1, out var b1, out var c1);
            LockStep<TLanes, T>.Reduce(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
            lattice.AddWeighted(a0, b0, c0, TLanes.Load(squares), a1, b1, c1, TLanes.Load(squares + TLanes.Count), ref sum0, ref sum1);
            squares += 2 * TLanes.Count;
            row += Tile.OrientationStride;
        }
        while (row < end);

        TLanes.AddToDoubles(sum0, sums);
        TLanes.AddToDoubles(sum1, sums + TLanes.Count);
    }

    /// <summary>Looks up two registers of squared structure factors for each of some orientations.</summary>
    /// <remarks>A loop of its own: with the lattice factor's, it would be more than the compiler takes into one.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void LookAhead(in TStructure structure, double* x, double* y, double* z, T* row, T* end, T* squares)
    {
        TLanes x0 = TLanes.LoadDoubles(x), x1 = TLanes.LoadDoubles(x + TLanes.Count);
        TLanes y0 = TLanes.LoadDoubles(y), y1 = TLanes.LoadDoubles(y + TLanes.Count);
        TLanes z0 = TLanes.LoadDoubles(z), z1 = TLanes.LoadDoubles(z + TLanes.Count);
        for (; row < end; row += Tile.OrientationStride, squares += 2 * TLanes.Count)
        {
            LockStep<TLanes, T>.Indices(row, x0, y0, z0, x1, y1, z1, out var a0, out var b0, out var c0, out var a1, out var b1, out var c1);
            TLanes.Store(structure.Squares(row + 12, a0, b0, c0), squares);
            TLanes.Store(structure.Squares(row + 12, a1, b1, c1), squares + TLanes.Count);
        }
    }
}
