using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Spots;

/// <summary>A spot that falls off like a Gaussian (physics.md section 17).</summary>
/// <param name="cells">Cells along a, b and c.</param>
/// <param name="exponent">Of the amplitude.</param>
internal readonly struct Gaussian<TLanes, T>((int A, int B, int C) cells, GaussianExponent exponent) : ISpot<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    // In registers' width, so that loops read them as they are; of the squared factor, which is the amplitude's exponent twice: of h², and the others' shares of that.
    private readonly TLanes _aa = TLanes.Broadcast(2.0 * exponent.AA);
    private readonly TLanes _bb = Share(exponent, exponent.BB);
    private readonly TLanes _cc = Share(exponent, exponent.CC);
    private readonly TLanes _ab = Share(exponent, exponent.AB);
    private readonly TLanes _ac = Share(exponent, exponent.AC);
    private readonly TLanes _bc = Share(exponent, exponent.BC);

    // Beyond it the factor would be below ordinary numbers, and counts as the least of them.
    private readonly TLanes _most = TLanes.Broadcast(exponent.AA < 0.0 ? (typeof(T) == typeof(double) ? -1021.0 : -125.0) / (2.0 * exponent.AA) : double.MaxValue);

    private readonly TLanes _leading = TLanes.Broadcast(Waves<TLanes, T>.PowerLeading);

    /// <inheritdoc/>
    public static bool MostlyAdds => true;

    /// <inheritdoc/>
    public TLanes Peak { get; } = TLanes.Broadcast(Math.Pow((double)cells.A * cells.B * cells.C, 2.0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Squared(TLanes h, TLanes k, TLanes l)
    {
        var a = TLanes.MultiplyAdd(l, _ac, TLanes.MultiplyAdd(k, _ab, h));
        var b = TLanes.MultiplyAdd(l, _bc, k * _bb);
        return TLanes.MultiplyAdd(h, a, TLanes.MultiplyAdd(k, b, l * (l * _cc)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Share(TLanes squared) => Waves<TLanes, T>.PowerOfTwo(squared, _aa, _most, _leading);

    // A fudge factor of 0 leaves nothing to share in.
    private static TLanes Share(GaussianExponent exponent, double term) => TLanes.Broadcast(exponent.AA < 0.0 ? term / exponent.AA : 0.0);
}
