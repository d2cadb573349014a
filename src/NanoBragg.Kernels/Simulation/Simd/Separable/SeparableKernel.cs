namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>What is drawn of a tile: tables for its columns and rows, made anew for each evaluation, and the loop over pixels that combines them.</summary>
/// <typeparam name="T">The element of the tables.</typeparam>
internal abstract unsafe class SeparableKernel<T>
    where T : unmanaged
{
    /// <summary>Gets how many registers <see cref="PhaseTile{T}.ColumnTables"/> holds for each register of columns.</summary>
    public abstract int ColumnVectors { get; }

    /// <summary>Gets how many arrays <see cref="PhaseTile{T}.RowTables"/> holds.</summary>
    public abstract int RowArrays { get; }

    /// <summary>Gets whether columns drift from row to row as indices do, by a polynomial, and not as phase factors, by that polynomial's exponential.</summary>
    public abstract bool FollowsIndices { get; }

    /// <summary>Makes the tables for one evaluation.</summary>
    /// <param name="tile">The tile, whose directions are there.</param>
    /// <param name="columns">How many columns, sub-pixels.</param>
    /// <param name="orientation">The cell vectors over the wavelength, and the indices at the centre: see <see cref="Orientations{T}"/>.</param>
    public abstract void Prepare(in PhaseTile<T> tile, int columns, double* orientation);

    /// <summary>Adds one evaluation's squared lattice factors to the sums of a register of columns.</summary>
    /// <param name="tile">The tile, with its tables.</param>
    /// <param name="column">The columns' tables, which the loop may change.</param>
    /// <param name="orientation">The evaluation that they are of.</param>
    /// <param name="sums">The first row's sums.</param>
    /// <param name="width">Distance between rows of sums.</param>
    public abstract void Accumulate(in PhaseTile<T> tile, T* column, double* orientation, T* sums, int width);

    /// <summary>Gets whether it also draws pixels of a single step at once.</summary>
    public virtual bool Finishes => false;

    /// <summary>Draws a register of columns of pixels that are one step each: squared lattice factors times <see cref="PhaseTile{T}.RowFactors"/>.</summary>
    /// <param name="tile">The tile, with its tables; an even number of rows.</param>
    /// <param name="column">The columns' tables, which the loop may change.</param>
    /// <param name="places">Where the columns are in the tile.</param>
    /// <param name="pixels">The first row's pixels.</param>
    /// <param name="width">Distance between rows of pixels.</param>
    public virtual void Finish(in PhaseTile<T> tile, T* column, T* places, T* pixels, int width) => throw new NotSupportedException();
}
