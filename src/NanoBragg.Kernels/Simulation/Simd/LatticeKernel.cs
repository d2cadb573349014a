namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>The inner loop: the sum of squared lattice factors over a batch of orientations, for every pixel of a tile.</summary>
internal abstract class LatticeKernel
{
    /// <summary>Adds the batch's sum of squared lattice factors to the tile's sums.</summary>
    /// <param name="tile">A tile whose directions and orientations are filled in.</param>
    /// <param name="orientations">Orientations in the batch, at least 1.</param>
    public abstract void Accumulate(in Tile tile, int orientations);

    /// <summary>Fills in a batch of orientations over their wavelengths, if the tile does not hold it yet, and its phases at the tile's centre.</summary>
    /// <param name="tile">A tile whose place is set.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="first">The batch's first evaluation: source times orientation count plus orientation.</param>
    /// <param name="count">Evaluations in the batch.</param>
    public abstract void Prepare(ref Tile tile, SimulationPlan plan, int first, int count);
}

/// <inheritdoc/>
/// <typeparam name="T">The element of the phases.</typeparam>
internal abstract unsafe class LatticeKernel<T> : LatticeKernel
    where T : unmanaged
{
    /// <inheritdoc/>
    public sealed override void Prepare(ref Tile tile, SimulationPlan plan, int first, int count)
    {
        Orientations<T>.Prepare(plan, first, count, new(tile.CentreX, tile.CentreY, tile.CentreZ), tile.LoadedBatch == first, (T*)tile.Orientations);
        tile.LoadedBatch = first;
    }
}
