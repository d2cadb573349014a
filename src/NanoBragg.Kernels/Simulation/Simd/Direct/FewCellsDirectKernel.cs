using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.HalfTurns;
using NanoBragg.Kernels.Simulation.Simd.Structure;

namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>Blocks of at most twelve cells along each axis: one cosine an axis, then a polynomial (see <see cref="ICellCount"/>).</summary>
/// <remarks>
/// The next orientation's indices are taken between the stages of this one's lattice factor: either by itself is a row of steps that wait for one another, and processors look ahead too little to do
/// two of them at once unless they are written beside each other.
/// </remarks>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
/// <typeparam name="TA">Cells along a.</typeparam>
/// <typeparam name="TB">Cells along b.</typeparam>
/// <typeparam name="TC">Cells along c.</typeparam>
/// <typeparam name="TStructure">The structure factor.</typeparam>
/// <param name="structure">The structure factor.</param>
internal sealed unsafe class FewCellsDirectKernel<TLanes, T, TA, TB, TC, TStructure>(TStructure structure) : DirectKernel<TLanes, T, TStructure>(structure)
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TA : struct, ICellCount
    where TB : struct, ICellCount
    where TC : struct, ICellCount
    where TStructure : struct, IStructure<TLanes, T>
{
    // What squared lattice factors are measured by in the loop.
    private readonly double _unit = Math.Pow(Stages<TLanes, T, TwiceCosine>.Unit, 2.0 * (TA.Count + TB.Count + TC.Count - 3));

    /// <inheritdoc/>
    protected override void Add(double* x, double* y, double* z, double* sums, int pixels, T* orientations, T* end, T* squares) =>
        Add(x, y, z, sums, sums + pixels, orientations, end, squares, _unit);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Add(double* x, double* y, double* z, double* sums, double* last, T* orientations, T* end, T* squares, double squaredUnit)
    {
        TLanes unit = TLanes.Broadcast(squaredUnit), sum = TLanes.Broadcast(0.0);
        TLanes dx = TLanes.LoadDoubles(x), dy = TLanes.LoadDoubles(y), dz = TLanes.LoadDoubles(z);
        T* row = orientations, square = squares;
        Index(row, dx, dy, dz, out var u, out var v, out var w);
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

            TLanes h = TLanes.MultiplyAddBroadcast(dx, row, TLanes.Broadcast(row + 9));
            TLanes k = TLanes.MultiplyAddBroadcast(dx, row + 3, TLanes.Broadcast(row + 10));
            TLanes l = TLanes.MultiplyAddBroadcast(dx, row + 6, TLanes.Broadcast(row + 11));
            Stages<TLanes, T, TwiceCosine>.First(u, v, w, out var p, out var q, out var s);
            h = TLanes.MultiplyAddBroadcast(dy, row + 1, h);
            k = TLanes.MultiplyAddBroadcast(dy, row + 4, k);
            l = TLanes.MultiplyAddBroadcast(dy, row + 7, l);
            Stages<TLanes, T, TwiceCosine>.Second(ref u, ref v, ref w, ref p, ref q, ref s);
            h = TLanes.MultiplyAddBroadcast(dz, row + 2, h);
            k = TLanes.MultiplyAddBroadcast(dz, row + 5, k);
            l = TLanes.MultiplyAddBroadcast(dz, row + 8, l);
            Stages<TLanes, T, TwiceCosine>.Third(ref u, ref v, ref w, p, q, s);
            TLanes wholeH = TLanes.Round(h), wholeK = TLanes.Round(k), wholeL = TLanes.Round(l);
            (p, q, s) = (DoubledAngle<TLanes, T>.Of(u), DoubledAngle<TLanes, T>.Of(v), DoubledAngle<TLanes, T>.Of(w));
            h -= wholeH;
            k -= wholeK;
            l -= wholeL;
            sum = AddFactor(u, v, w, p, q, s, square, sum);
            u = h * h;
            v = k * k;
            w = l * l;
            square += 2 * TLanes.Count;
            if (row == orientations)
            {
                TLanes.AddToDoubles(unit * sum, sums);
                sum = TLanes.Broadcast(0.0);
                sums += TLanes.Count;
                squares += TLanes.Count;
                square = squares;
            }
        }
        while (sums < last);
    }

    /// <summary>The squared fractions of the indices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Index(T* row, TLanes x, TLanes y, TLanes z, out TLanes u, out TLanes v, out TLanes w)
    {
        TLanes h = Project(row, x, y, z, row + 9), k = Project(row + 3, x, y, z, row + 10), l = Project(row + 6, x, y, z, row + 11);
        h -= TLanes.Round(h);
        k -= TLanes.Round(k);
        l -= TLanes.Round(l);
        (u, v, w) = (h * h, k * k, l * l);
    }

    /// <summary>Adds the squared lattice factor, times what is at a place where structure factors differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes AddFactor(TLanes u, TLanes v, TLanes w, TLanes p, TLanes q, TLanes s, T* square, TLanes sum)
    {
        var perUnit = DoubledAngle<TLanes, T>.PerUnit;
        var f = TA.Root(p, perUnit) * TB.Root(q, perUnit) * TC.Root(s, perUnit);
        if (TA.Count % 2 == 0)
        {
            f *= u;
        }

        if (TB.Count % 2 == 0)
        {
            f *= v;
        }

        if (TC.Count % 2 == 0)
        {
            f *= w;
        }

        return TStructure.IsUniform ? TLanes.MultiplyAdd(f, f, sum) : TLanes.MultiplyAdd(TLanes.MultiplyLoaded(f, square), f, sum);
    }
}
