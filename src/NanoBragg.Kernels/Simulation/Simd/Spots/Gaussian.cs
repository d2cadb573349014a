using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.Simd.Spots;

/// <summary>A spot that falls off like a Gaussian (physics.md section 17).</summary>
/// <param name="cells">Cells along a, b and c.</param>
/// <param name="fudge">Factor on the squared distance.</param>
/// <param name="lattice">The reciprocal lattice before any rotation.</param>
internal readonly struct Gaussian<TLanes, T>((int A, int B, int C) cells, double fudge, ReciprocalLattice lattice) : ISpot<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    // In registers' width, so that loops read them as they are.
    private readonly TLanes _aa = TLanes.Broadcast(Exponent(cells, fudge) * lattice.SquaredLength(1, 0, 0));
    private readonly TLanes _bb = TLanes.Broadcast(Exponent(cells, fudge) * lattice.SquaredLength(0, 1, 0));
    private readonly TLanes _cc = TLanes.Broadcast(Exponent(cells, fudge) * lattice.SquaredLength(0, 0, 1));
    private readonly TLanes _ab = TLanes.Broadcast(Exponent(cells, fudge) * Mixed(lattice, 1, 1, 0));
    private readonly TLanes _ac = TLanes.Broadcast(Exponent(cells, fudge) * Mixed(lattice, 1, 0, 1));
    private readonly TLanes _bc = TLanes.Broadcast(Exponent(cells, fudge) * Mixed(lattice, 0, 1, 1));

    /// <inheritdoc/>
    public TLanes Peak { get; } = TLanes.Broadcast(Math.Pow((double)cells.A * cells.B * cells.C, 2.0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Share(TLanes h, TLanes k, TLanes l)
    {
        TLanes alongA = TLanes.MultiplyAdd(h, _aa, TLanes.MultiplyAdd(k, _ab, l * _ac)), alongB = TLanes.MultiplyAdd(k, _bb, l * _bc);
        return Waves<TLanes, T>.PowerOfTwo(TLanes.MultiplyAdd(h, alongA, TLanes.MultiplyAdd(k, alongB, l * l * _cc)));
    }

    // Of the squared factor's power of two.
    private static double Exponent((int A, int B, int C) cells, double fudge)
    {
        var all = (double)cells.A * cells.B * cells.C;
        return -2.0 * Math.Log2(Math.E) * all * all * fudge / 0.63;
    }

    private static double Mixed(ReciprocalLattice lattice, double h, double k, double l) =>
        lattice.SquaredLength(h, k, l) - lattice.SquaredLength(h, 0, 0) - lattice.SquaredLength(0, k, 0) - lattice.SquaredLength(0, 0, l);
}
