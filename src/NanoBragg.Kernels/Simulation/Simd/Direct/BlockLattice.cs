using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>A block of cells, whose lattice factor is a product of one for each axis.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal interface IBlock<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>The lattice factors at two registers of indices, in step, up to their signs.</summary>
    /// <param name="a0">Fractions of h of the first register, -1/2 to 1/2.</param>
    /// <param name="b0">Of k.</param>
    /// <param name="c0">Of l.</param>
    /// <param name="a1">Of h of the second register.</param>
    /// <param name="b1">Of k.</param>
    /// <param name="c1">Of l.</param>
    /// <param name="f0">Factors of the first register.</param>
    /// <param name="f1">Of the second.</param>
    void Amplitudes(TLanes a0, TLanes b0, TLanes c0, TLanes a1, TLanes b1, TLanes c1, out TLanes f0, out TLanes f1);
}

/// <summary>The squared lattice factors of a block.</summary>
/// <param name="block">The block.</param>
internal readonly struct BlockLattice<TLanes, T, TBlock>(TBlock block) : ILattice<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TBlock : struct, IBlock<TLanes, T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TLanes a0, TLanes b0, TLanes c0, TLanes a1, TLanes b1, TLanes c1, ref TLanes sum0, ref TLanes sum1)
    {
        block.Amplitudes(a0, b0, c0, a1, b1, c1, out var f0, out var f1);
        sum0 = TLanes.MultiplyAdd(f0, f0, sum0);
        sum1 = TLanes.MultiplyAdd(f1, f1, sum1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddWeighted(
        TLanes a0, TLanes b0, TLanes c0, TLanes weight0, TLanes a1, TLanes b1, TLanes c1, TLanes weight1, ref TLanes sum0, ref TLanes sum1)
    {
        block.Amplitudes(a0, b0, c0, a1, b1, c1, out var f0, out var f1);
        sum0 = TLanes.MultiplyAdd(f0 * f0, weight0, sum0);
        sum1 = TLanes.MultiplyAdd(f1 * f1, weight1, sum1);
    }
}

/// <summary>A block of at most twelve cells along each axis: one cosine an axis, then a polynomial (see <see cref="ICellCount"/>).</summary>
internal readonly struct FewCells<TLanes, T, TA, TB, TC> : IBlock<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TA : struct, ICellCount
    where TB : struct, ICellCount
    where TC : struct, ICellCount
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Amplitudes(TLanes a0, TLanes b0, TLanes c0, TLanes a1, TLanes b1, TLanes c1, out TLanes f0, out TLanes f1)
    {
        LockStep<TLanes, T>.TwiceCosine(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
        f0 = ICellCount.Amplitude<TLanes, TA>(a0) * ICellCount.Amplitude<TLanes, TB>(b0) * ICellCount.Amplitude<TLanes, TC>(c0);
        f1 = ICellCount.Amplitude<TLanes, TA>(a1) * ICellCount.Amplitude<TLanes, TB>(b1) * ICellCount.Amplitude<TLanes, TC>(c1);
    }
}

/// <summary>A block of any number of cells: <c>sin(N πr) / sin(πr)</c> from two sines an axis and one quotient for the three.</summary>
/// <param name="cells">Cells along a, b and c.</param>
/// <remarks>
/// With r = h - round(h) the phase N r is reduced by its own nearest integer in one fused multiply-add, so both sines have small arguments that
/// are rounded once, and keep their relative accuracy next to an integer h and at the zeros between fringes alike. At r = 0, r is replaced by a
/// tiny number, for which the quotient is N to the last bit.
/// </remarks>
internal readonly struct ManyCells<TLanes, T>((int A, int B, int C) cells) : IBlock<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private readonly double _a = cells.A;
    private readonly double _b = cells.B;
    private readonly double _c = cells.C;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Amplitudes(TLanes a0, TLanes b0, TLanes c0, TLanes a1, TLanes b1, TLanes c1, out TLanes f0, out TLanes f1)
    {
        TLanes na = TLanes.Broadcast(_a), nb = TLanes.Broadcast(_b), nc = TLanes.Broadcast(_c);

        // Its cube, times 1000 cubed or not, is an ordinary number of either element.
        var tiny = TLanes.Broadcast(typeof(T) == typeof(double) ? 1e-30 : 1e-10);
        a0 = TLanes.MagnitudeAtLeast(a0, tiny);
        b0 = TLanes.MagnitudeAtLeast(b0, tiny);
        c0 = TLanes.MagnitudeAtLeast(c0, tiny);
        a1 = TLanes.MagnitudeAtLeast(a1, tiny);
        b1 = TLanes.MagnitudeAtLeast(b1, tiny);
        c1 = TLanes.MagnitudeAtLeast(c1, tiny);
        TLanes u0 = LockStep<TLanes, T>.ReducedProduct(na, a0), v0 = LockStep<TLanes, T>.ReducedProduct(nb, b0);
        TLanes w0 = LockStep<TLanes, T>.ReducedProduct(nc, c0), u1 = LockStep<TLanes, T>.ReducedProduct(na, a1);
        TLanes v1 = LockStep<TLanes, T>.ReducedProduct(nb, b1), w1 = LockStep<TLanes, T>.ReducedProduct(nc, c1);
        LockStep<TLanes, T>.SineByCall(ref u0, ref v0, ref w0, ref u1, ref v1, ref w1);
        LockStep<TLanes, T>.Sine(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
        f0 = u0 * v0 * w0 / (a0 * b0 * c0);
        f1 = u1 * v1 * w1 / (a1 * b1 * c1);
    }
}
