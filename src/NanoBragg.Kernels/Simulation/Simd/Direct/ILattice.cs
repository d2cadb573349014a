namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>A crystal's lattice factor.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal interface ILattice<TLanes, T>
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
