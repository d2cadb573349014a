namespace NanoBragg.Kernels.Model;

/// <summary>How finely the continuous quantities of an experiment are sampled. Left out, the reference program's rules decide.</summary>
public sealed record Sampling
{
    /// <summary>Gets the sub-pixels per pixel and axis; 0 or less lets the crystal's size decide (physics.md section 10).</summary>
    public int Oversample { get; init; }

    /// <summary>
    /// Gets whether the polarisation factor is computed for every sub-pixel and source (<c>-oversample_polar</c>). As in the reference program, the whole sum
    /// so far is multiplied by it at every step, which damps all but the last ones (physics.md section 16).
    /// </summary>
    public bool OversamplesPolarisation { get; init; }

    /// <summary>
    /// Gets whether the solid angle is computed for every sub-pixel (<c>-oversample_omega</c>) and multiplied into the sum so far at every step, as with
    /// <see cref="OversamplesPolarisation"/>.
    /// </summary>
    public bool OversamplesSolidAngle { get; init; }

    /// <summary>
    /// Gets whether the share that a sensor layer captures is computed for every sub-pixel (<c>-oversample_thick</c>) and multiplied into the sum so far at
    /// every step, as with <see cref="OversamplesPolarisation"/>. A sensor without thickness then captures nothing, as in the reference program.
    /// </summary>
    public bool OversamplesThickness { get; init; }

    /// <summary>Gets the layers of the sensor; 0 or less takes two of one with a thickness.</summary>
    public int SensorLayers { get; init; }

    /// <summary>Gets the lattice spacing below which a step is left out, m (<c>-dmin</c>); 0 leaves none out.</summary>
    public double FinestSpacingMetres { get; init; }

    /// <summary>Gets the number of phi steps, or null where the oscillation decides (physics.md section 12).</summary>
    public int? PhiSteps { get; init; }

    /// <summary>Gets the angle between phi steps, rad, or null where the other two phi figures decide.</summary>
    public double? PhiStepRadians { get; init; }

    /// <summary>Gets the number of mosaic domains; 0 or less takes ten of an imperfect crystal. A perfect crystal always has one.</summary>
    public int MosaicDomains { get; init; }

    /// <summary>Gets the seed of the mosaic domains' orientations.</summary>
    public int MosaicSeed { get; init; } = 12345678;
}
