namespace NanoBragg.Kernels.Model;

/// <summary>The X-ray beam. Its middle's direction belongs to the detector's convention (<see cref="LaboratoryAxes"/>).</summary>
public sealed record Beam
{
    /// <summary>Gets the wavelength, m.</summary>
    public double WavelengthMetres { get; init; } = 1.0e-10;

    /// <summary>
    /// Gets the fluence, photons/m²; the default makes one electron scatter one photon per steradian. See <see
    /// cref="FluxPhotonsPerSecond"/>.
    /// </summary>
    public double FluencePhotonsPerSquareMetre { get; init; } = 125932015286227086360700780544.0;

    /// <summary>
    /// Gets the flux, photons/s; unless it is 0, it gives the fluence together with <see cref="ExposureSeconds"/> and <see
    /// cref="SizeMetres"/>.
    /// </summary>
    public double FluxPhotonsPerSecond { get; init; }

    /// <summary>Gets the exposure time, s.</summary>
    public double ExposureSeconds { get; init; } = 1.0;

    /// <summary>Gets the edge of the square beam, m. It also clips <see cref="Crystal.SizeMetres"/> along b and c.</summary>
    public double SizeMetres { get; init; } = 1e-4;

    /// <summary>Gets the divergence along the E field, rad.</summary>
    public Spread HorizontalDivergence { get; init; }

    /// <summary>Gets the divergence across the E field, rad.</summary>
    public Spread VerticalDivergence { get; init; }

    /// <summary>Gets whether the grid of divergent directions keeps its corners (<c>-square_div</c>), which an ellipse cuts otherwise.</summary>
    public bool SquareDivergence { get; init; }

    /// <summary>Gets the spread of wavelengths about <see cref="WavelengthMetres"/>, as a fraction of it.</summary>
    public Spread Dispersion { get; init; } = new(0.0, null, null);

    /// <summary>Gets the sources, which take the place of divergence and dispersion, or null where those make the sources.</summary>
    public IReadOnlyList<SourcePoint>? Sources { get; init; }

    /// <summary>Gets the Kahn polarisation factor, -1 to 1; 0 is an unpolarised beam.</summary>
    public double KahnFactor { get; init; }

    /// <summary>Gets whether the polarisation factor is left out, that is replaced by 1 (<c>-nopolar</c>).</summary>
    public bool Unpolarised { get; init; }
}
