using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.Structure;

namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>The inner loops that take each phase by itself.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TStructure">The structure factor.</typeparam>
/// <param name="structure">The structure factor.</param>
internal abstract unsafe class DirectKernel<TLanes, T, TStructure>(TStructure structure) : LatticeKernel<T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TStructure : struct, IStructure<TLanes, T>
{
    // Orientations whose structure factors are looked up before any of them is used.
    private const int Ahead = 16;

    /// <inheritdoc/>
    public override void Accumulate(in Tile tile, int orientations)
    {
        T* first = (T*)tile.Orientations, end = first + (Tile.OrientationStride * orientations);
        if (TStructure.IsUniform)
        {
            Add(tile.X, tile.Y, tile.Z, tile.Sums, tile.Pixels, first, end, null);
            return;
        }

        // On the stack, where nothing moves it.
        var s = structure;
        var squares = stackalloc T[2 * Ahead * TLanes.Count];
        for (var pixel = 0; pixel < tile.Pixels; pixel += 2 * TLanes.Count)
        {
            double* x = tile.X + pixel, y = tile.Y + pixel, z = tile.Z + pixel;
            for (var row = first; row < end; row += Ahead * Tile.OrientationStride)
            {
                var next = row + (Ahead * Tile.OrientationStride) < end ? row + (Ahead * Tile.OrientationStride) : end;
                LookAhead(in s, x, y, z, row, next, squares);
                Add(x, y, z, tile.Sums + pixel, 2 * TLanes.Count, row, next, squares);
            }
        }
    }

    /// <summary>Adds the squared lattice factors of some pixels, times squared structure factors where these differ, to their sums.</summary>
    /// <param name="x">The directions' x.</param>
    /// <param name="y">Their y.</param>
    /// <param name="z">Their z.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="pixels">How many: a multiple of two registers; two where structure factors differ.</param>
    /// <param name="orientations">The first orientation.</param>
    /// <param name="end">Past the last.</param>
    /// <param name="squares">Two registers of squared structure factors an orientation; none where they are the same.</param>
    protected abstract void Add(double* x, double* y, double* z, double* sums, int pixels, T* orientations, T* end, T* squares);

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

    /// <summary>An index less the whole one at the tile's centre.</summary>
    /// <param name="axis">The axis over the wavelength: x, y, z.</param>
    /// <param name="x">The directions' x.</param>
    /// <param name="y">Their y.</param>
    /// <param name="z">Their z.</param>
    /// <param name="centre">The index's fraction at the centre.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static TLanes Project(T* axis, TLanes x, TLanes y, TLanes z, T* centre) => TLanes.MultiplyAddBroadcast(
        z, axis + 2, TLanes.MultiplyAddBroadcast(y, axis + 1, TLanes.MultiplyAddBroadcast(x, axis, TLanes.Broadcast(centre))));
}
