using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.HalfTurns;
using NanoBragg.Kernels.Simulation.Simd.Structure;

namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>Blocks of any number of cells: <c>sin(N πr) / sin(πr)</c> from two sines an axis and one quotient for the three.</summary>
/// <remarks>
/// With r = h - round(h) the phase N r is reduced by its own nearest integer in one fused multiply-add, so both sines have small arguments that
/// are rounded once, and keep their relative accuracy next to an integer h and at the zeros between fringes alike. At r = 0, r is replaced by a
/// tiny number, for which the quotient is N to the last bit. What both sines are measured by goes out in the quotient. As in <see cref="FewCellsDirectKernel{TLanes, T, TA, TB, TC, TStructure}"/>
/// the next orientation's indices are taken between the stages of the sines.
/// </remarks>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TStructure">The structure factor.</typeparam>
/// <param name="cells">Cells along a, b and c.</param>
/// <param name="structure">The structure factor.</param>
internal sealed unsafe class ManyCellsDirectKernel<TLanes, T, TStructure>((int A, int B, int C) cells, TStructure structure) : DirectKernel<TLanes, T, TStructure>(structure)
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TStructure : struct, IStructure<TLanes, T>
{
    // Its cube, times a thousand cubed or not, is an ordinary number of either element.
    private static double Tiny
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double) ? 1e-30 : 1e-10;
    }

    /// <inheritdoc/>
    protected override void Add(double* x, double* y, double* z, double* sums, int pixels, T* orientations, T* end, T* squares) =>
        Add(x, y, z, sums, sums + pixels, orientations, end, squares, cells.A, cells.B, cells.C);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Add(double* x, double* y, double* z, double* sums, double* last, T* orientations, T* end, T* squares, double cellsA, double cellsB, double cellsC)
    {
        TLanes na = TLanes.Broadcast(cellsA), nb = TLanes.Broadcast(cellsB), nc = TLanes.Broadcast(cellsC);
        var tiny = TLanes.Broadcast(Tiny);
        TLanes dx = TLanes.LoadDoubles(x), dy = TLanes.LoadDoubles(y), dz = TLanes.LoadDoubles(z), sum = TLanes.Broadcast(0.0);
        T* row = orientations, square = squares;
        TLanes h = Project(row, dx, dy, dz, row + 9), k = Project(row + 3, dx, dy, dz, row + 10), l = Project(row + 6, dx, dy, dz, row + 11);
        TLanes a = TLanes.MagnitudeAtLeast(h - TLanes.Round(h), tiny), b = TLanes.MagnitudeAtLeast(k - TLanes.Round(k), tiny), c = TLanes.MagnitudeAtLeast(l - TLanes.Round(l), tiny);
        TLanes an = LockStep<TLanes, T>.ReducedProduct(na, a), bn = LockStep<TLanes, T>.ReducedProduct(nb, b), cn = LockStep<TLanes, T>.ReducedProduct(nc, c);
        do
        {
            row += Tile.OrientationStride;
            if (row >= end)
            {
                // On to the next pixels, which after the last are numbers that nobody needs.
                row = orientations;
                x += TLanes.Count;
                y += TLanes.Count;
                z += TLanes.Count;
                (dx, dy, dz) = (TLanes.LoadDoubles(x), TLanes.LoadDoubles(y), TLanes.LoadDoubles(z));
            }

            TLanes u = an * an, v = bn * bn, w = cn * cn;
            h = TLanes.MultiplyAddBroadcast(dx, row, TLanes.Broadcast(row + 9));
            k = TLanes.MultiplyAddBroadcast(dx, row + 3, TLanes.Broadcast(row + 10));
            l = TLanes.MultiplyAddBroadcast(dx, row + 6, TLanes.Broadcast(row + 11));
            Stages<TLanes, T, SineOverTurns>.First(u, v, w, out var p, out var q, out var s);
            h = TLanes.MultiplyAddBroadcast(dy, row + 1, h);
            k = TLanes.MultiplyAddBroadcast(dy, row + 4, k);
            l = TLanes.MultiplyAddBroadcast(dy, row + 7, l);
            Stages<TLanes, T, SineOverTurns>.Second(ref u, ref v, ref w, ref p, ref q, ref s);
            h = TLanes.MultiplyAddBroadcast(dz, row + 2, h);
            k = TLanes.MultiplyAddBroadcast(dz, row + 5, k);
            l = TLanes.MultiplyAddBroadcast(dz, row + 8, l);
            Stages<TLanes, T, SineOverTurns>.Third(ref u, ref v, ref w, p, q, s);
            var above = an * bn * cn * (u * v * w);
            (u, v, w) = (a * a, b * b, c * c);
            h -= TLanes.Round(h);
            k -= TLanes.Round(k);
            l -= TLanes.Round(l);
            Stages<TLanes, T, SineOverTurns>.First(u, v, w, out p, out q, out s);
            h = TLanes.MagnitudeAtLeast(h, tiny);
            k = TLanes.MagnitudeAtLeast(k, tiny);
            l = TLanes.MagnitudeAtLeast(l, tiny);
            Stages<TLanes, T, SineOverTurns>.Second(ref u, ref v, ref w, ref p, ref q, ref s);
            an = LockStep<TLanes, T>.ReducedProduct(na, h);
            bn = LockStep<TLanes, T>.ReducedProduct(nb, k);
            cn = LockStep<TLanes, T>.ReducedProduct(nc, l);
            Stages<TLanes, T, SineOverTurns>.Third(ref u, ref v, ref w, p, q, s);
            var f = above / (a * b * c * (u * v * w));
            sum = TStructure.IsUniform ? TLanes.MultiplyAdd(f, f, sum) : TLanes.MultiplyAdd(TLanes.MultiplyLoaded(f, square), f, sum);
            (a, b, c) = (h, k, l);
            square += 2 * TLanes.Count;
            if (row == orientations)
            {
                TLanes.AddToDoubles(sum, sums);
                sum = TLanes.Broadcast(0.0);
                sums += TLanes.Count;
                squares += TLanes.Count;
                square = squares;
            }
        }
        while (sums < last);
    }
}
