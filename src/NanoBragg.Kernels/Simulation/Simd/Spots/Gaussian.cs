using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Spots;

/// <summary>A spot that falls off like a Gaussian (physics.md section 17).</summary>
/// <param name="cells">Cells along a, b and c.</param>
/// <param name="exponent">Of the amplitude.</param>
internal readonly struct Gaussian<TLanes, T>((int A, int B, int C) cells, GaussianExponent exponent) : ISpot<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    // In registers' width, so that loops read them as they are; of the squared factor, which is the amplitude's exponent twice.
    private readonly TLanes _aa = TLanes.Broadcast(2.0 * exponent.AA);
    private readonly TLanes _bb = TLanes.Broadcast(2.0 * exponent.BB);
    private readonly TLanes _cc = TLanes.Broadcast(2.0 * exponent.CC);
    private readonly TLanes _ab = TLanes.Broadcast(2.0 * exponent.AB);
    private readonly TLanes _ac = TLanes.Broadcast(2.0 * exponent.AC);
    private readonly TLanes _bc = TLanes.Broadcast(2.0 * exponent.BC);

    /// <inheritdoc/>
    public TLanes Peak { get; } = TLanes.Broadcast(Math.Pow((double)cells.A * cells.B * cells.C, 2.0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Share(TLanes h, TLanes k, TLanes l)
    {
        TLanes alongA = TLanes.MultiplyAdd(h, _aa, TLanes.MultiplyAdd(k, _ab, l * _ac)), alongB = TLanes.MultiplyAdd(k, _bb, l * _bc);
        return Waves<TLanes, T>.PowerOfTwo(TLanes.MultiplyAdd(h, alongA, TLanes.MultiplyAdd(k, alongB, l * l * _cc)));
    }
}
