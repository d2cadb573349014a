using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Geometry;

/// <summary>What each <see cref="DetectorConvention"/> fixes (physics.md section 6.2).</summary>
public static class Conventions
{
    /// <summary>Gets the axes that <see cref="DetectorConvention.Custom"/> starts from: MOSFLM's, with 2θ about y.</summary>
    public static LaboratoryAxes CustomDefault { get; } = Mosflm with { TwoTheta = new(0, 1, 0) };

    private static LaboratoryAxes Mosflm => new(
        Beam: new(1, 0, 0), Fast: new(0, 0, 1), Slow: new(0, -1, 0), Normal: new(1, 0, 0),
        TwoTheta: new(0, 0, -1), Polarisation: new(0, 0, 1), Spindle: new(0, 0, 1));

    private static LaboratoryAxes Adxv => new(
        Beam: new(0, 0, 1), Fast: new(1, 0, 0), Slow: new(0, -1, 0), Normal: new(0, 0, 1),
        TwoTheta: new(-1, 0, 0), Polarisation: new(1, 0, 0), Spindle: new(1, 0, 0));

    private static LaboratoryAxes Xds => new(
        Beam: new(0, 0, 1), Fast: new(1, 0, 0), Slow: new(0, 1, 0), Normal: new(0, 0, 1),
        TwoTheta: new(1, 0, 0), Polarisation: new(1, 0, 0), Spindle: new(1, 0, 0));

    private static LaboratoryAxes Dials => Xds with { TwoTheta = new(0, 1, 0), Polarisation = new(0, 1, 0), Spindle = new(0, 1, 0) };

    /// <summary>The axes of a detector's convention, straightened: unit vectors, but for the 2θ axis.</summary>
    /// <param name="detector">The detector.</param>
    /// <returns>The axes.</returns>
    public static LaboratoryAxes AxesOf(Detector detector)
    {
        var axes = detector.Convention switch
        {
            DetectorConvention.Mosflm or DetectorConvention.Denzo => Mosflm,
            DetectorConvention.Adxv => Adxv,
            DetectorConvention.Xds => Xds,
            DetectorConvention.Dials => Dials,
            _ => detector.CustomAxes ?? CustomDefault,
        };
        var (fast, slow) = (axes.Fast.Unitised(), axes.Slow.Unitised());
        return axes with
        {
            Beam = axes.Beam.Unitised(),
            Fast = fast,
            Slow = slow,
            Normal = axes.Normal.Length == 1.0 ? axes.Normal.Unitised() : Vector3D.Cross(fast, slow).Unitised(),
            Polarisation = axes.Polarisation.Unitised(),
            Spindle = axes.Spindle.Unitised(),
        };
    }

    /// <summary>What stays in place when a detector of this convention turns.</summary>
    /// <param name="detector">The detector.</param>
    /// <returns>The pivot.</returns>
    public static DetectorPivot PivotOf(Detector detector) => detector.Convention switch
    {
        DetectorConvention.Mosflm or DetectorConvention.Denzo or DetectorConvention.Adxv => DetectorPivot.Beam,
        DetectorConvention.Xds or DetectorConvention.Dials => DetectorPivot.Sample,
        _ => detector.CustomPivot,
    };

    /// <summary>The direct beam in the convention's own sense (Xbeam, Ybeam): what the user gave, or the convention's default.</summary>
    /// <param name="detector">The detector.</param>
    /// <returns>Both coordinates, m.</returns>
    public static (double XMetres, double YMetres) BeamCentreOf(Detector detector)
    {
        var pixel = detector.PixelSizeMetres;
        var (fastSize, slowSize) = (detector.FastSizeMetres, detector.SlowSizeMetres);
        var (x, y) = (detector.BeamCentreXMetres, detector.BeamCentreYMetres);
        return detector.Convention switch
        {
            DetectorConvention.Adxv => (x ?? (fastSize + pixel) / 2.0, y ?? (slowSize - pixel) / 2.0),
            DetectorConvention.Mosflm or DetectorConvention.Denzo => (x ?? (slowSize + pixel) / 2.0, y ?? (fastSize + pixel) / 2.0),
            _ => (x ?? detector.NearPointXMetres ?? FastNear(detector), y ?? detector.NearPointYMetres ?? SlowNear(detector)),
        };
    }

    /// <summary>Where the direct beam and the near point lie on the detector, along fast and slow from the first pixel's outer corner.</summary>
    /// <param name="detector">The detector.</param>
    /// <returns>Both places, m.</returns>
    public static BeamPlaces PlacesOf(Detector detector)
    {
        var (x, y) = BeamCentreOf(detector);
        var (fastNear, slowNear) = (FastNear(detector), SlowNear(detector));
        return detector.Convention switch
        {
            DetectorConvention.Adxv => new(x, detector.SlowSizeMetres - y, fastNear, slowNear),
            DetectorConvention.Mosflm => new(y + 0.5 * detector.PixelSizeMetres, x + 0.5 * detector.PixelSizeMetres, fastNear, slowNear),
            DetectorConvention.Denzo => new(y, x, fastNear, slowNear),
            DetectorConvention.Custom => new(x, y, x, y),
            _ => new(x, y, fastNear, slowNear),
        };
    }

    private static double FastNear(Detector detector) =>
        detector.OriginXPixels is { } pixels ? (pixels - 0.5) * detector.PixelSizeMetres : detector.FastSizeMetres / 2.0;

    private static double SlowNear(Detector detector) =>
        detector.OriginYPixels is { } pixels ? (pixels - 0.5) * detector.PixelSizeMetres : detector.SlowSizeMetres / 2.0;
}

/// <summary>Two points of a detector, from its first pixel's outer corner.</summary>
/// <param name="FastBeamMetres">Direct beam along the fast axis, m (Fbeam).</param>
/// <param name="SlowBeamMetres">Direct beam along the slow axis, m (Sbeam).</param>
/// <param name="FastNearMetres">Near point along the fast axis, m (Fclose).</param>
/// <param name="SlowNearMetres">Near point along the slow axis, m (Sclose).</param>
public readonly record struct BeamPlaces(double FastBeamMetres, double SlowBeamMetres, double FastNearMetres, double SlowNearMetres);
