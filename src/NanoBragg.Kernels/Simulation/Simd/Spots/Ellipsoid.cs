using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Spots;

/// <summary>An ellipsoid of the volume of a block: the transform of a sphere in the distance from the nearest reflection (physics.md section 17).</summary>
/// <param name="cells">Cells along a, b and c.</param>
/// <param name="fudge">Factor on the squared distance.</param>
internal readonly struct Ellipsoid<TLanes, T>((int A, int B, int C) cells, double fudge) : ISpot<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    // In registers' width, so that loops read them as they are.
    private readonly TLanes _aa = TLanes.Broadcast(cells.A * (double)cells.A * fudge);
    private readonly TLanes _bb = TLanes.Broadcast(cells.B * (double)cells.B * fudge);
    private readonly TLanes _cc = TLanes.Broadcast(cells.C * (double)cells.C * fudge);

    /// <inheritdoc/>
    public static bool MostlyAdds => false;

    /// <inheritdoc/>
    public TLanes Peak { get; } = TLanes.Broadcast(Math.Pow(3.0 * cells.A * cells.B * cells.C * 0.723601254558268, 2.0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Squared(TLanes h, TLanes k, TLanes l) => TLanes.MultiplyAdd(h * h, _aa, TLanes.MultiplyAdd(k * k, _bb, l * l * _cc));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Share(TLanes squared)
    {
        var f = Sphere(squared);
        return f * f;
    }

    /// <summary>(sin x / x - cos x) / x² but for its sign, from (x/π)²; a third at 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sphere(TLanes squared)
    {
        // Sine and cosine change their signs together from one half turn to the next, which the square forgets.
        var turns = TLanes.Sqrt(squared);
        TLanes r = TLanes.Fraction(turns), inverse = TLanes.Broadcast(1.0 / Math.PI) / turns, u = squared * TLanes.Broadcast(Math.PI * Math.PI);
        var difference = TLanes.MultiplySubtract(Waves<TLanes, T>.SineOfHalfTurns(r), inverse, Waves<TLanes, T>.CosineOfHalfTurns(r));
        var far = inverse * inverse * difference;

        // Near the middle, where the difference cancels, its series.
        return TLanes.SelectLess(u, TLanes.Broadcast(0.5), Waves<TLanes, T>.SphereNearMiddle(u), far);
    }
}
