using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Physics;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation.Reference;

/// <summary>One run over the picture. What the reference program carries from pixel to pixel is carried here.</summary>
/// <param name="plan">What to simulate.</param>
/// <param name="observer">Who watches.</param>
/// <typeparam name="TObserver">Who watches, or <see cref="Unobserved"/>.</typeparam>
internal struct PixelLoop<TObserver>(SimulationPlan plan, TObserver observer)
    where TObserver : IStepObserver
{
    private readonly double _subpixel = plan.SubpixelSizeMetres;
    private Vector3D _polarisationAxis = plan.PolarisationAxis;
    private StructureFactorLookup _structure = new(plan.StructureFactors, plan.DefaultStructureFactor, plan.InterpolatesStructureFactors);

    // Null once the run's first evaluation is done.
    private double[]? _firstOrientations = plan.FirstEvaluationOrientations;

    /// <summary>Gets whether structure factors are still interpolated.</summary>
    public readonly bool Interpolates => _structure.Interpolates;

    /// <summary>Gets whether a first evaluation with orientations of its own is still to come.</summary>
    public readonly bool IsBeforeFirst => _firstOrientations is not null;

    /// <summary>Gets whether the next pixel does not depend on those before it, but for <see cref="Interpolates"/>.</summary>
    public readonly bool IsSettled => _firstOrientations is null && (plan.Unpolarised || _polarisationAxis.Unitised() == _polarisationAxis);

    /// <summary>Goes on without interpolation.</summary>
    public void EndInterpolation() => _structure.EndInterpolation();

    /// <summary>Draws the next pixel.</summary>
    /// <param name="fast">Fast coordinate.</param>
    /// <param name="slow">Slow coordinate.</param>
    /// <returns>Photons.</returns>
    public double Next(int fast, int slow)
    {
        if (!plan.Renders(fast, slow))
        {
            return 0.0;
        }

        if (TObserver.Watches)
        {
            observer.Pixel(fast, slow);
        }

        var sum = plan.WaterIntensity;
        var polarisation = plan.Unpolarised ? 1.0 : 0.0;
        var solidAngle = 0.0;
        var captured = 1.0;
        for (var layer = 0; layer < plan.Sensor.Count; layer++)
        {
            // What the last layer's first sub-pixel captures counts for the whole pixel, unless it is oversampled.
            captured = plan.Sensor.ThicknessMetres == 0.0 ? 1.0 : 0.0;
            for (var subSlow = 0; subSlow < plan.Oversample; subSlow++)
            {
                for (var subFast = 0; subFast < plan.Oversample; subFast++)
                {
                    var position = Position(fast * plan.Oversample + subFast, slow * plan.Oversample + subSlow, layer);
                    var airPath = position.Length;
                    var diffracted = position.Unitised();

                    // Unless they are oversampled, solid angle and polarisation are the first sub-pixel's for the whole pixel.
                    if (solidAngle == 0.0 || plan.OversamplesSolidAngle)
                    {
                        solidAngle = plan.PointPixel
                            ? SolidAngle.OfPoint(airPath)
                            : SolidAngle.OfPixel(plan.PixelSizeMetres, plan.CloseDistanceMetres, airPath);
                    }

                    if (captured == 0.0 || plan.OversamplesThickness)
                    {
                        captured = plan.Sensor.Captured(layer, diffracted, plan.NormalAxis);
                    }

                    if (TObserver.Watches)
                    {
                        observer.SubPixel(layer, subSlow, subFast, position, airPath);
                    }

                    for (var i = 0; i < plan.Sources.Count; i++)
                    {
                        var source = plan.Sources[i];
                        var incident = source.IncidentDirection;
                        var q = new Vector3D(
                            (diffracted.X - incident.X) / source.WavelengthMetres,
                            (diffracted.Y - incident.Y) / source.WavelengthMetres,
                            (diffracted.Z - incident.Z) / source.WavelengthMetres);
                        if (TObserver.Watches)
                        {
                            observer.Source(i, q);
                        }

                        if (IsTooFine(q))
                        {
                            continue;
                        }

                        if (polarisation == 0.0 || plan.OversamplesPolarisation)
                        {
                            // Made unit vectors once more and kept so, as the reference program does: last bits only.
                            diffracted = diffracted.Unitised();
                            _polarisationAxis = _polarisationAxis.Unitised();
                            polarisation = Polarisation.Factor(plan.KahnFactor, incident.Unitised(), diffracted, _polarisationAxis);
                        }

                        sum = AddOrientations(sum, q, diffracted, new(captured, polarisation, solidAngle));
                    }
                }
            }
        }

        var value = plan.ThomsonFluence * sum / plan.StepsPerPixel;
        if (!plan.OversamplesThickness)
        {
            value *= captured;
        }

        if (!plan.OversamplesPolarisation)
        {
            value *= polarisation;
        }

        if (!plan.OversamplesSolidAngle)
        {
            value *= solidAngle;
        }

        if (TObserver.Watches)
        {
            observer.Value(sum, new(captured, polarisation, solidAngle), value);
        }

        return value;
    }

    // 0.5 / stol is the spacing of the lattice planes that scatter there.
    private readonly bool IsTooFine(in Vector3D q) =>
        plan.FinestSpacingMetres > 0.0 && 0.5 * q.Length is > 0.0 and var stol && plan.FinestSpacingMetres > 0.5 / stol;

    // Centre of a sub-pixel relative to the sample, m.
    private readonly Vector3D Position(int fast, int slow, int layer)
    {
        var f = _subpixel * fast + _subpixel / 2.0;
        var s = _subpixel * slow + _subpixel / 2.0;
        var depth = layer * plan.Sensor.LayerMetres;
        var (fastAxis, slowAxis, normal, origin) = (plan.FastAxis, plan.SlowAxis, plan.NormalAxis, plan.OriginMetres);
        var flat = new Vector3D(
            f * fastAxis.X + s * slowAxis.X + depth * normal.X + origin.X,
            f * fastAxis.Y + s * slowAxis.Y + depth * normal.Y + origin.Y,
            f * fastAxis.Z + s * slowAxis.Z + depth * normal.Z + origin.Z);
        return plan.Curved ? plan.Bent(flat) : flat;
    }

    // A factor is multiplied into the whole sum so far, once for each orientation that adds to it: a quirk of the reference program's. A factor of 1
    // leaves every bit alone.
    private double AddOrientations(double sum, in Vector3D q, in Vector3D diffracted, in Corrections corrections)
    {
        var (a, b, c) = plan.Cells;
        var captured = plan.OversamplesThickness ? corrections.Captured : 1.0;
        var polarisation = plan.OversamplesPolarisation ? corrections.Polarisation : 1.0;
        var solidAngle = plan.OversamplesSolidAngle ? corrections.SolidAngle : 1.0;
        for (var i = 0; i < plan.OrientationCount; i++)
        {
            var cell = OrientationOf(i).AsSpan(9 * i, 9);
            var h = cell[0] * q.X + cell[1] * q.Y + cell[2] * q.Z;
            var k = cell[3] * q.X + cell[4] * q.Y + cell[5] * q.Z;
            var l = cell[6] * q.X + cell[7] * q.Y + cell[8] * q.Z;
            var lattice = plan.Shape == CrystalShape.Block ? LatticeFactor.Block(h, k, l, a, b, c) : Spot(h, k, l);
            var counts = lattice != 0.0 || plan.WaterMetres != 0.0;
            var structure = counts ? _structure.At(h, k, l) : 0.0;
            if (counts)
            {
                sum += structure * structure * lattice * lattice;
            }

            if (TObserver.Watches)
            {
                observer.Orientation(new(
                    i, VectorAt(cell), VectorAt(cell[3..]), VectorAt(cell[6..]), new(h, k, l), lattice, counts ? structure : null, diffracted, corrections, sum));
            }

            if (counts)
            {
                sum *= captured;
                sum *= polarisation;
                sum *= solidAngle;
            }
        }

        _firstOrientations = null;
        return sum;
    }

    // Factor of a shape that is told by the distance from the nearest reflection, a half rounded down.
    private readonly double Spot(double h, double k, double l)
    {
        var (a, b, c) = plan.Cells;
        h -= NearestIndex.Of(h);
        k -= NearestIndex.Of(k);
        l -= NearestIndex.Of(l);
        return plan.Shape switch
        {
            CrystalShape.Ellipsoid => LatticeFactor.Ellipsoid(h, k, l, a, b, c, plan.ShapeFudge),
            CrystalShape.Gaussian => LatticeFactor.Gaussian(plan.ReciprocalLattice.SquaredLength(h, k, l), a, b, c, plan.ShapeFudge),
            _ => LatticeFactor.TopHat(plan.ReciprocalLattice.SquaredLength(h, k, l), a, b, c, plan.ShapeFudge),
        };
    }

    private static Vector3D VectorAt(ReadOnlySpan<double> components) => new(components[0], components[1], components[2]);

    private readonly double[] OrientationOf(int i) =>
        _firstOrientations is { } first && i < plan.MosaicDomains ? first : plan.Orientations;
}
