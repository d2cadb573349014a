namespace NanoBragg.Kernels.StructureFactors;

/// <summary>The Miller indices of a grid along one axis, both ends included.</summary>
/// <param name="Minimum">The lowest.</param>
/// <param name="Maximum">The highest.</param>
public readonly record struct IndexRange(int Minimum, int Maximum)
{
    /// <summary>Gets how many there are; 0 or less where the ends are the wrong way round.</summary>
    public long Count => (long)Maximum - Minimum + 1;

    /// <summary>Whether an index is in the range.</summary>
    /// <param name="index">The index.</param>
    /// <returns>True if it is.</returns>
    public bool Contains(int index) => index >= Minimum && index <= Maximum;

    /// <summary>Whether the four indices around a fractional one are in the range, by the reference program's test.</summary>
    /// <param name="index">The fractional index; NaN is outside.</param>
    /// <returns>True if they are.</returns>
    internal bool Surrounds(double index) => index - Minimum + 3 <= Count && index - 2 >= Minimum;

    /// <summary>The range widened to hold an index.</summary>
    /// <param name="index">The index.</param>
    /// <returns>The wider range.</returns>
    internal IndexRange With(int index) => new(Math.Min(Minimum, index), Math.Max(Maximum, index));
}
