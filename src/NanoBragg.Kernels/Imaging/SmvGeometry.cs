using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Imaging;

/// <summary>
/// What the header of an image (<c>-img</c>) or of a mask (<c>-mask</c>) tells about the experiment (physics.md section 6.4); null where it is silent. Where
/// both are given the image's figures come later and win, and flags win over both.
/// </summary>
public sealed record SmvGeometry
{
    /// <summary>Gets the number of pixels along the fast axis.</summary>
    public required int FastPixels { get; init; }

    /// <summary>Gets the number of pixels along the slow axis.</summary>
    public required int SlowPixels { get; init; }

    /// <summary>Gets the edge of a pixel, m.</summary>
    public double? PixelSizeMetres { get; init; }

    /// <summary>Gets the distance along the beam, m.</summary>
    public double? DistanceMetres { get; init; }

    /// <summary>Gets the distance along the detector normal, m.</summary>
    public double? CloseDistanceMetres { get; init; }

    /// <summary>Gets the wavelength, m.</summary>
    public double? WavelengthMetres { get; init; }

    /// <summary>Gets the direct beam's first coordinate (Xbeam), m.</summary>
    public double? BeamCentreXMetres { get; init; }

    /// <summary>Gets the direct beam's second coordinate (Ybeam), m.</summary>
    public double? BeamCentreYMetres { get; init; }

    /// <summary>Gets the near point along the fast axis in XDS pixels (ORGX).</summary>
    public double? OriginXPixels { get; init; }

    /// <summary>Gets the near point along the slow axis in XDS pixels (ORGY).</summary>
    public double? OriginYPixels { get; init; }

    /// <summary>Gets the spindle angle at the start, rad.</summary>
    public double? PhiStartRadians { get; init; }

    /// <summary>Gets the range of spindle angles, rad.</summary>
    public double? OscillationRadians { get; init; }

    /// <summary>The figures of an image's header.</summary>
    /// <param name="header">The header.</param>
    /// <returns>The figures.</returns>
    public static SmvGeometry OfImage(SmvHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return new()
        {
            FastPixels = header.FastPixels,
            SlowPixels = header.SlowPixels,
            PixelSizeMetres = Millimetres("PIXEL_SIZE"),
            DistanceMetres = Millimetres("DISTANCE"),
            CloseDistanceMetres = Millimetres("CLOSE_DISTANCE"),
            WavelengthMetres = header.ValueOf("WAVELENGTH") is { } angstroms ? Units.Angstroms(angstroms) : null,
            BeamCentreXMetres = Millimetres("BEAM_CENTER_X"),
            BeamCentreYMetres = Millimetres("BEAM_CENTER_Y"),
            OriginXPixels = header.ValueOf("ORGX"),
            OriginYPixels = header.ValueOf("ORGY"),
            PhiStartRadians = Degrees("PHI"),
            OscillationRadians = Degrees("OSC_RANGE"),
        };

        double? Millimetres(string keyword) => header.ValueOf(keyword) is { } value ? Units.Millimetres(value) : null;

        double? Degrees(string keyword) => header.ValueOf(keyword) is { } value ? Units.Degrees(value) : null;
    }

    /// <summary>The figures of a mask's header, in which the direct beam's second coordinate counts from the other edge.</summary>
    /// <param name="header">The header.</param>
    /// <param name="pixelSizeMetres">Edge of a pixel where the header does not tell it, m.</param>
    /// <returns>The figures.</returns>
    public static SmvGeometry OfMask(SmvHeader header, double pixelSizeMetres = 0.1e-3)
    {
        var figures = OfImage(header);
        return figures with { BeamCentreYMetres = (figures.PixelSizeMetres ?? pixelSizeMetres) * figures.SlowPixels - figures.BeamCentreYMetres };
    }
}
