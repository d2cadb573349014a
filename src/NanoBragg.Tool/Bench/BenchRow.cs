namespace NanoBragg.Tool.Bench;

/// <summary>A case drawn in one arithmetic. Rates are those of the shortest time.</summary>
internal sealed record BenchRow
{
    /// <summary>Gets the case's name.</summary>
    public required string Case { get; init; }

    /// <summary>Gets the arithmetic that was asked for: <c>double</c>, <c>double-fast</c> or <c>float</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>Gets who drew.</summary>
    public required string BackEnd { get; init; }

    /// <summary>Gets what in the case only the Reference back end draws, so that the SIMD back end handed it over; null where it drew itself.</summary>
    public string? HandedOverBecauseOf { get; init; }

    /// <summary>Gets whether another arithmetic than double was asked for and the picture is that of <c>simd-double</c>, bit for bit: it was drawn in its stead.</summary>
    public required bool SameAsDouble { get; init; }

    /// <summary>Gets the edge of what was drawn, pixels.</summary>
    public required int Edge { get; init; }

    /// <summary>Gets the edge of the whole picture, of which the middle was drawn, pixels.</summary>
    public required int WholeEdge { get; init; }

    /// <summary>Gets the pixels drawn.</summary>
    public required long Pixels { get; init; }

    /// <summary>Gets the share of the whole picture's pixels that was drawn, above 0 and at most 1.</summary>
    public required double Scale { get; init; }

    /// <summary>Gets the evaluations of a pixel: sources, orientations, sub-pixels and the sensor's layers, multiplied.</summary>
    public required long StepsPerPixel { get; init; }

    /// <summary>Gets the threads that drew.</summary>
    public required int Threads { get; init; }

    /// <summary>Gets how many pictures were timed after the first.</summary>
    public required int Repetitions { get; init; }

    /// <summary>Gets the seconds of the first picture, with the JIT's work and the first touch of the buffer.</summary>
    public required double FirstSeconds { get; init; }

    /// <summary>Gets the shortest time of a later picture, s.</summary>
    public required double BestSeconds { get; init; }

    /// <summary>Gets the median time of the later pictures, s.</summary>
    public required double MedianSeconds { get; init; }

    /// <summary>Gets the evaluations a second.</summary>
    public required double StepsPerSecond { get; init; }

    /// <summary>Gets the pixels a second.</summary>
    public required double PixelsPerSecond { get; init; }

    /// <summary>Gets the steps a second times <see cref="StepCost.FloatingPointOperations"/>, in 10⁹.</summary>
    public required double UsefulGigaflops { get; init; }

    /// <summary>Gets the bytes of the float image written a second, in 10⁹.</summary>
    public required double ImageGigabytesPerSecond { get; init; }

    /// <summary>Gets <see cref="UsefulGigaflops"/> by the multiply-add peak of the element computed in. Above 1 where less than the plain algorithm is computed.</summary>
    public required double ShareOfFmaPeak { get; init; }

    /// <summary>Gets <see cref="ImageGigabytesPerSecond"/> by the triad's peak.</summary>
    public required double ShareOfTriadPeak { get; init; }

    /// <summary>Gets how right the picture is.</summary>
    public required RowErrors Errors { get; init; }
}

/// <summary>How right a picture is.</summary>
/// <param name="Against">Who drew the picture that it was compared with.</param>
/// <param name="Pixels">The pixels compared: all that were drawn, or those in their middle.</param>
/// <param name="Sum">As in <see cref="PictureErrors"/>.</param>
/// <param name="Pixel">As in <see cref="PictureErrors"/>.</param>
/// <param name="OneMinusCorrelation">As in <see cref="PictureErrors"/>.</param>
/// <param name="WithinBounds">Whether the errors are as small as the arithmetic promises, and the timed picture is the one compared, rounded to float.</param>
internal sealed record RowErrors(string Against, long Pixels, double Sum, double Pixel, double OneMinusCorrelation, bool WithinBounds);
