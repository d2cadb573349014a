namespace NanoBragg.Kernels.Model;

/// <summary>How finely the continuous quantities of an experiment are sampled. Left out, the reference program's rules decide.</summary>
public sealed record Sampling
{
    /// <summary>Gets the sub-pixels per pixel and axis; 0 or less lets the crystal's size decide (physics.md section 10).</summary>
    public int Oversample { get; init; }

    /// <summary>Gets the number of phi steps, or null where the oscillation decides (physics.md section 12).</summary>
    public int? PhiSteps { get; init; }

    /// <summary>Gets the angle between phi steps, rad, or null where the other two phi figures decide.</summary>
    public double? PhiStepRadians { get; init; }

    /// <summary>Gets the number of mosaic domains; 0 or less takes ten of an imperfect crystal. A perfect crystal always has one.</summary>
    public int MosaicDomains { get; init; }

    /// <summary>Gets the seed of the mosaic domains' orientations.</summary>
    public int MosaicSeed { get; init; } = 12345678;
}
