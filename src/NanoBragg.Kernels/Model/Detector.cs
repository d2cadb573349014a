using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Model;

/// <summary>A detector and where it stands; flat and thin unless told otherwise.</summary>
public sealed record Detector
{
    /// <summary>Gets the edge of a pixel, m.</summary>
    public double PixelSizeMetres { get; init; } = 0.1e-3;

    /// <summary>Gets the detector's size along the fast axis, m.</summary>
    public double FastSizeMetres { get; init; } = 102.4e-3;

    /// <summary>Gets the detector's size along the slow axis, m.</summary>
    public double SlowSizeMetres { get; init; } = 102.4e-3;

    /// <summary>Gets the pixels along the fast axis: the size over the pixel size, a half rounded down.</summary>
    public int FastPixels => (int)Math.Ceiling(FastSizeMetres / PixelSizeMetres - 0.5);

    /// <summary>Gets the pixels along the slow axis: the size over the pixel size, a half rounded down.</summary>
    public int SlowPixels => (int)Math.Ceiling(SlowSizeMetres / PixelSizeMetres - 0.5);

    /// <summary>Gets the distance from the sample to the detector along the beam, m. <see cref="CloseDistanceMetres"/> beats it.</summary>
    public double DistanceMetres { get; init; } = 0.1;

    /// <summary>Gets the distance along the detector normal, m, or null where <see cref="DistanceMetres"/> gives it.</summary>
    public double? CloseDistanceMetres { get; init; }

    /// <summary>Gets the convention that fixes axes, beam centre and pivot.</summary>
    public DetectorConvention Convention { get; init; }

    /// <summary>Gets the axes of the <see cref="DetectorConvention.Custom"/> convention; unused by the others.</summary>
    public LaboratoryAxes? CustomAxes { get; init; }

    /// <summary>Gets the pivot of the <see cref="DetectorConvention.Custom"/> convention; unused by the others.</summary>
    public DetectorPivot CustomPivot { get; init; }

    /// <summary>Gets the direct beam's first coordinate in the convention's own sense, m, or null for the convention's default.</summary>
    public double? BeamCentreXMetres { get; init; }

    /// <summary>Gets the direct beam's second coordinate in the convention's own sense, m, or null for the convention's default.</summary>
    public double? BeamCentreYMetres { get; init; }

    /// <summary>Gets what <see cref="BeamCentreXMetres"/> defaults to in XDS, DIALS and Custom, m (<c>-Xclose</c>), or null for the near point.</summary>
    public double? NearPointXMetres { get; init; }

    /// <summary>Gets what <see cref="BeamCentreYMetres"/> defaults to in XDS, DIALS and Custom, m (<c>-Yclose</c>), or null for the near point.</summary>
    public double? NearPointYMetres { get; init; }

    /// <summary>
    /// Gets the near point along the fast axis in XDS pixels (ORGX), where 1 is the middle of the first pixel, or null for the detector's middle.
    /// </summary>
    public double? OriginXPixels { get; init; }

    /// <summary>Gets the near point along the slow axis in XDS pixels (ORGY), or null for the detector's middle.</summary>
    public double? OriginYPixels { get; init; }

    /// <summary>Gets the rotations about the laboratory's x, then y, then z axis, rad.</summary>
    public Vector3D RotationRadians { get; init; }

    /// <summary>Gets the swing about the convention's 2θ axis, after <see cref="RotationRadians"/>, rad.</summary>
    public double TwoThetaRadians { get; init; }

    /// <summary>Gets whether a pixel's solid angle is 1/R², without its area and obliquity (<c>-point_pixel</c>).</summary>
    public bool PointPixel { get; init; }

    /// <summary>
    /// Gets whether every pixel is at <see cref="DistanceMetres"/> from the sample (<c>-curved_det</c>). It is bent about its slow axis by the laboratory's y and
    /// then about its fast axis by z, as in the reference program, which suits a beam along x only.
    /// </summary>
    public bool Curved { get; init; }

    /// <summary>Gets the sensor's thickness, m; 0 captures every photon at the surface.</summary>
    public double SensorThicknessMetres { get; init; }

    /// <summary>Gets the sensor's attenuation coefficient, 1/m, or null for the inverse of its thickness.</summary>
    public double? SensorAttenuationPerMetre { get; init; }

    /// <summary>Gets the pixels that are computed (<c>-roi</c>); the others are 0.</summary>
    public PixelRegion Region { get; init; } = PixelRegion.Everything;

    /// <summary>Gets which pixels of the region are left out nevertheless (<c>-mask</c>), or null for none. It has the detector's size.</summary>
    public PixelMask? Mask { get; init; }

    /// <summary>A detector of so many pixels.</summary>
    /// <param name="fastPixels">Pixels along the fast axis.</param>
    /// <param name="slowPixels">Pixels along the slow axis.</param>
    /// <param name="pixelSizeMetres">Edge of a pixel, m.</param>
    /// <returns>The detector, otherwise as by default.</returns>
    public static Detector OfPixels(int fastPixels, int slowPixels, double pixelSizeMetres = 0.1e-3) => new()
    {
        PixelSizeMetres = pixelSizeMetres,
        FastSizeMetres = pixelSizeMetres * fastPixels,
        SlowSizeMetres = pixelSizeMetres * slowPixels,
    };
}
