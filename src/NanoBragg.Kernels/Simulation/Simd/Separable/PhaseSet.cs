namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>The phases that an inner loop multiplies: those of a register of columns and those of the rows.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <param name="column">A register of columns: see <see cref="PhaseTile{T}.ColumnPhaseVectors"/>. The loop may change them.</param>
/// <param name="rows">The rows: see <see cref="PhaseTile{T}.RowPhaseArrays"/>.</param>
internal readonly unsafe ref struct PhaseSet<T>(T* column, T* rows)
    where T : unmanaged
{
    /// <summary>Gets the columns.</summary>
    public T* Column => column;

    /// <summary>Gets the rows.</summary>
    public T* Rows => rows;
}
