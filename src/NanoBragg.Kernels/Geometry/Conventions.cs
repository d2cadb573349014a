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

    /// <summary>Where the direct beam and the near point lie on the detector, along fast and slow from the first pixel's outer corner.</summary>
    /// <param name="detector">The detector.</param>
    /// <returns>Both places, m.</returns>
    public static BeamPlaces PlacesOf(Detector detector)
    {
        var pixel = detector.PixelSizeMetres;
        var (fastSize, slowSize) = (detector.FastSizeMetres, detector.SlowSizeMetres);
        var fastNear = detector.OriginXPixels is { } originX ? (originX - 0.5) * pixel : fastSize / 2.0;
        var slowNear = detector.OriginYPixels is { } originY ? (originY - 0.5) * pixel : slowSize / 2.0;
        var (x, y) = (detector.BeamCentreXMetres, detector.BeamCentreYMetres);
        switch (detector.Convention)
        {
            case DetectorConvention.Adxv:
                return new(x ?? (fastSize + pixel) / 2.0, slowSize - (y ?? (slowSize - pixel) / 2.0), fastNear, slowNear);
            case DetectorConvention.Mosflm:
                return new((y ?? (fastSize + pixel) / 2.0) + 0.5 * pixel, (x ?? (slowSize + pixel) / 2.0) + 0.5 * pixel, fastNear, slowNear);
            case DetectorConvention.Denzo:
                return new(y ?? (fastSize + pixel) / 2.0, x ?? (slowSize + pixel) / 2.0, fastNear, slowNear);
            default:
                var fastBeam = x ?? detector.NearPointXMetres ?? fastNear;
                var slowBeam = y ?? detector.NearPointYMetres ?? slowNear;
                return detector.Convention == DetectorConvention.Custom
                    ? new(fastBeam, slowBeam, fastBeam, slowBeam)
                    : new(fastBeam, slowBeam, fastNear, slowNear);
        }
    }
}

/// <summary>Two points of a detector, from its first pixel's outer corner.</summary>
/// <param name="FastBeamMetres">Direct beam along the fast axis, m (Fbeam).</param>
/// <param name="SlowBeamMetres">Direct beam along the slow axis, m (Sbeam).</param>
/// <param name="FastNearMetres">Near point along the fast axis, m (Fclose).</param>
/// <param name="SlowNearMetres">Near point along the slow axis, m (Sclose).</param>
public readonly record struct BeamPlaces(double FastBeamMetres, double SlowBeamMetres, double FastNearMetres, double SlowNearMetres);
