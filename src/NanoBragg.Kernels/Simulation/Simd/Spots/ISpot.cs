namespace NanoBragg.Kernels.Simulation.Simd.Spots;

/// <summary>A crystal whose squared lattice factor depends on the place relative to the nearest reflection.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal interface ISpot<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Gets a value indicating whether a step of a loop along rows adds more than it multiplies.</summary>
    static abstract bool MostlyAdds { get; }

    /// <summary>Gets what <see cref="Share"/> is a share of.</summary>
    TLanes Peak { get; }

    /// <summary>The squared distance from the nearest reflection, as <see cref="Share"/> takes it.</summary>
    /// <param name="h">Fractions of h, -1/2 to 1/2.</param>
    /// <param name="k">Of k.</param>
    /// <param name="l">Of l.</param>
    TLanes Squared(TLanes h, TLanes k, TLanes l);

    /// <summary>The squared lattice factor, as a share of <see cref="Peak"/>.</summary>
    /// <param name="squared">The squared distance.</param>
    TLanes Share(TLanes squared);
}
