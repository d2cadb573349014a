namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>A crystal's squared lattice factor, at two registers of indices in step.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal interface ILattice<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Adds the squared lattice factors.</summary>
    /// <param name="a0">Fractions of h of the first register, -1/2 to 1/2.</param>
    /// <param name="b0">Of k.</param>
    /// <param name="c0">Of l.</param>
    /// <param name="a1">Of h of the second register.</param>
    /// <param name="b1">Of k.</param>
    /// <param name="c1">Of l.</param>
    /// <param name="sum0">The first register's sums.</param>
    /// <param name="sum1">The second's.</param>
    void Add(TLanes a0, TLanes b0, TLanes c0, TLanes a1, TLanes b1, TLanes c1, ref TLanes sum0, ref TLanes sum1);

    /// <summary>Adds the squared lattice factors, each times a weight.</summary>
    /// <param name="a0">Fractions of h of the first register, -1/2 to 1/2.</param>
    /// <param name="b0">Of k.</param>
    /// <param name="c0">Of l.</param>
    /// <param name="weight0">The first register's weights.</param>
    /// <param name="a1">Of h of the second register.</param>
    /// <param name="b1">Of k.</param>
    /// <param name="c1">Of l.</param>
    /// <param name="weight1">The second's weights.</param>
    /// <param name="sum0">The first register's sums.</param>
    /// <param name="sum1">The second's.</param>
    void AddWeighted(
        TLanes a0, TLanes b0, TLanes c0, TLanes weight0, TLanes a1, TLanes b1, TLanes c1, TLanes weight1, ref TLanes sum0, ref TLanes sum1);
}
