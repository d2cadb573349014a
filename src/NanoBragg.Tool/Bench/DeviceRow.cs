namespace NanoBragg.Tool.Bench;

/// <summary>A case drawn by a device in one arithmetic. Rates are those of the kernels' shortest time.</summary>
internal sealed record DeviceRow
{
    /// <summary>Gets the case's name.</summary>
    public required string Case { get; init; }

    /// <summary>Gets the arithmetic: <c>double</c>, <c>float</c> or <c>float-fast</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>Gets the edge of what was drawn, pixels.</summary>
    public required int Edge { get; init; }

    /// <summary>Gets the edge of the whole picture, pixels.</summary>
    public required int WholeEdge { get; init; }

    /// <summary>Gets the evaluations of a pixel.</summary>
    public required long StepsPerPixel { get; init; }

    /// <summary>Gets the times.</summary>
    public required DeviceTimes Times { get; init; }

    /// <summary>Gets the evaluations a second.</summary>
    public required double StepsPerSecond { get; init; }

    /// <summary>Gets the steps a second times <see cref="StepCost.FloatingPointOperations"/>, in 10⁹.</summary>
    public required double UsefulGigaflops { get; init; }

    /// <summary>Gets the bytes of the image written a second, in 10⁹.</summary>
    public required double ImageGigabytesPerSecond { get; init; }

    /// <summary>Gets how right the picture is.</summary>
    public required RowErrors Errors { get; init; }
}
