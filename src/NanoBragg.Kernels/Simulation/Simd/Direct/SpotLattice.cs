using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>An ellipsoid of the volume of a block: the transform of a sphere in the distance from the nearest reflection (physics.md section 17).</summary>
/// <param name="cells">Cells along a, b and c.</param>
/// <param name="fudge">Factor on the squared distance.</param>
internal readonly struct EllipsoidLattice<TLanes, T>((int A, int B, int C) cells, double fudge) : ILattice<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private readonly double _a = cells.A * Math.Sqrt(fudge);
    private readonly double _b = cells.B * Math.Sqrt(fudge);
    private readonly double _c = cells.C * Math.Sqrt(fudge);
    private readonly double _peak = (double)cells.A * cells.B * cells.C * 0.723601254558268;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Amplitudes(TLanes a0, TLanes b0, TLanes c0, TLanes a1, TLanes b1, TLanes c1, out TLanes f0, out TLanes f1)
    {
        TLanes na = TLanes.Broadcast(_a), nb = TLanes.Broadcast(_b), nc = TLanes.Broadcast(_c), peak = TLanes.Broadcast(_peak);
        TLanes y0 = Squared(na * a0, nb * b0, nc * c0), y1 = Squared(na * a1, nb * b1, nc * c1);
        f0 = peak * Sphere(y0);
        f1 = peak * Sphere(y1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Squared(TLanes x, TLanes y, TLanes z) => TLanes.MultiplyAdd(x, x, TLanes.MultiplyAdd(y, y, z * z));

    /// <summary>3 (sin x / x - cos x) / x² but for its sign, from (x/π)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sphere(TLanes squared)
    {
        // Sine and cosine change their signs together from one half turn to the next, which the square forgets.
        var turns = TLanes.Sqrt(squared);
        var r = turns - LockStep<TLanes, T>.Nearest(turns);
        TLanes x = turns * TLanes.Broadcast(Math.PI), u = squared * TLanes.Broadcast(Math.PI * Math.PI);
        var far = TLanes.Broadcast(3.0) * ((Waves<TLanes, T>.SineOfHalfTurns(r) / x) - Waves<TLanes, T>.CosineOfHalfTurns(r)) / u;

        // Near the middle, where the difference cancels, its series.
        return TLanes.SelectLess(u, TLanes.Broadcast(2.0), Waves<TLanes, T>.SphereNearMiddle(u), far);
    }
}

/// <summary>A spot that falls off like a Gaussian (physics.md section 17).</summary>
/// <param name="cells">Cells along a, b and c.</param>
/// <param name="fudge">Factor on the squared distance.</param>
/// <param name="lattice">The reciprocal lattice before any rotation.</param>
internal readonly struct GaussianLattice<TLanes, T>((int A, int B, int C) cells, double fudge, ReciprocalLattice lattice) : ILattice<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private readonly GaussianExponent _exponent = GaussianExponent.Of(cells, fudge, lattice);
    private readonly double _peak = (double)cells.A * cells.B * cells.C;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Amplitudes(TLanes a0, TLanes b0, TLanes c0, TLanes a1, TLanes b1, TLanes c1, out TLanes f0, out TLanes f1)
    {
        var peak = TLanes.Broadcast(_peak);
        f0 = peak * Waves<TLanes, T>.PowerOfTwo(Squared(a0, b0, c0));
        f1 = peak * Waves<TLanes, T>.PowerOfTwo(Squared(a1, b1, c1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Squared(TLanes a, TLanes b, TLanes c)
    {
        var alongA = TLanes.MultiplyAdd(a, TLanes.Broadcast(_exponent.AA), TLanes.MultiplyAdd(b, TLanes.Broadcast(_exponent.AB), c * TLanes.Broadcast(_exponent.AC)));
        var alongB = TLanes.MultiplyAdd(b, TLanes.Broadcast(_exponent.BB), c * TLanes.Broadcast(_exponent.BC));
        return TLanes.MultiplyAdd(a, alongA, TLanes.MultiplyAdd(b, alongB, c * c * TLanes.Broadcast(_exponent.CC)));
    }
}
