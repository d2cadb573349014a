namespace NanoBragg.Kernels.Benchmarks;

/// <summary>The known figures of the AT-PERF pictures. A test recomputes each with the Reference back end.</summary>
internal static class KnownPictures
{
    /// <summary>Gets AT-PERF-002's picture.</summary>
    public static KnownPicture Threads { get; } = new(8114374.771540549, 7752.453, 204, 321);

    /// <summary>Gets AT-PERF-004's triclinic picture, 512².</summary>
    public static KnownPicture Triclinic { get; } = new(1138315.7140562418, 2292.808, 162, 342);

    /// <summary>The cubic crystal of AT-PERF-001, 003 and 005.</summary>
    /// <param name="pixels">Edge of the picture, pixels.</param>
    /// <returns>What it shows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No scenario uses this size.</exception>
    public static KnownPicture Cubic(int pixels) => pixels switch
    {
        256 => new(215621.5885190377, 154.65247, 128, 128),
        512 => new(248648.74341804508, 154.65247, 256, 256),
        1024 => new(923805.2728982152, 154.65247, 512, 512),
        2048 => new(2117291.570081827, 154.65247, 1024, 1024),
        _ => throw new ArgumentOutOfRangeException(nameof(pixels), pixels, "no known picture of this size"),
    };

    /// <summary>The cubic crystal at 256² with oversampling, AT-PERF-006.</summary>
    /// <param name="oversample">Sub-pixels per axis.</param>
    /// <returns>What it shows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No scenario uses this oversampling.</exception>
    public static KnownPicture Oversampled(int oversample) => oversample switch
    {
        1 => Cubic(256),
        2 => new(215609.12959895833, 154.25871, 129, 129),
        3 => new(215606.75342950487, 154.18604, 129, 129),
        _ => throw new ArgumentOutOfRangeException(nameof(oversample), oversample, "no known picture with this oversampling"),
    };
}
