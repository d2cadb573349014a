using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Physics;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation.Reference;

/// <summary>
/// The specification of the other back ends: scalar double, one thread, pixel by pixel, each operation in the reference program's order
/// (physics.md section 16), so that its doubles carry that program's bits.
/// </summary>
public sealed class ReferenceBackEnd : IBackEnd
{
    /// <inheritdoc/>
    public string Name => "reference";

    /// <inheritdoc/>
    public void Render(SimulationPlan plan, float[] image)
    {
        ImageLength.Require(plan, image);
        var loop = new PixelLoop(plan);
        for (var (slow, i) = (0, 0); slow < plan.SlowPixels; slow++)
        {
            for (var fast = 0; fast < plan.FastPixels; fast++)
            {
                image[i++] = (float)loop.Next(fast, slow);
            }
        }
    }

    /// <inheritdoc/>
    public void Render(SimulationPlan plan, double[] image)
    {
        ImageLength.Require(plan, image);
        var loop = new PixelLoop(plan);
        for (var (slow, i) = (0, 0); slow < plan.SlowPixels; slow++)
        {
            for (var fast = 0; fast < plan.FastPixels; fast++)
            {
                image[i++] = loop.Next(fast, slow);
            }
        }
    }

    /// <summary>One pixel as the first of a run.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="fast">Fast coordinate.</param>
    /// <param name="slow">Slow coordinate.</param>
    /// <returns>Photons.</returns>
    internal static double FirstOfRun(SimulationPlan plan, int fast, int slow) => new PixelLoop(plan).Next(fast, slow);

    /// <summary>One run over the picture. What the reference program carries from pixel to pixel is carried here.</summary>
    private struct PixelLoop(SimulationPlan plan)
    {
        private readonly double _subpixel = plan.SubpixelSizeMetres;
        private Vector3D _polarisationAxis = plan.PolarisationAxis;
        private StructureFactorLookup _structure = new(plan.StructureFactors, plan.DefaultStructureFactor, plan.InterpolatesStructureFactors);

        // Null once the run's first evaluation is done.
        private double[]? _firstOrientations = plan.FirstEvaluationOrientations;

        public double Next(int fast, int slow)
        {
            if (!plan.Renders(fast, slow))
            {
                return 0.0;
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

                        foreach (var source in plan.Sources)
                        {
                            var incident = source.IncidentDirection;
                            var q = new Vector3D(
                                (diffracted.X - incident.X) / source.WavelengthMetres,
                                (diffracted.Y - incident.Y) / source.WavelengthMetres,
                                (diffracted.Z - incident.Z) / source.WavelengthMetres);
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

                            sum = AddOrientations(
                                sum,
                                q,
                                plan.OversamplesThickness ? captured : 1.0,
                                plan.OversamplesPolarisation ? polarisation : 1.0,
                                plan.OversamplesSolidAngle ? solidAngle : 1.0);
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

            return plan.OversamplesSolidAngle ? value : value * solidAngle;
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
            return plan.Curved ? Bent(flat) : flat;
        }

        // The laboratory's y and z, whatever the axes of the detector are, become angles.
        private readonly Vector3D Bent(in Vector3D flat)
        {
            var distance = plan.DistanceMetres;
            return (distance * plan.BeamDirection).RotatedAbout(plan.SlowAxis, flat.Y / distance).RotatedAbout(plan.FastAxis, flat.Z / distance);
        }

        // A factor is multiplied into the whole sum so far, once for each orientation that adds to it: a quirk of the reference program's. A factor of 1
        // leaves every bit alone.
        private double AddOrientations(double sum, in Vector3D q, double captured, double polarisation, double solidAngle)
        {
            var (a, b, c) = plan.Cells;
            for (var i = 0; i < plan.OrientationCount; i++)
            {
                var cell = OrientationOf(i).AsSpan(9 * i, 9);
                var h = cell[0] * q.X + cell[1] * q.Y + cell[2] * q.Z;
                var k = cell[3] * q.X + cell[4] * q.Y + cell[5] * q.Z;
                var l = cell[6] * q.X + cell[7] * q.Y + cell[8] * q.Z;
                var lattice = plan.Shape == CrystalShape.Block ? LatticeFactor.Block(h, k, l, a, b, c) : Spot(h, k, l);
                if (lattice == 0.0 && plan.WaterMetres == 0.0)
                {
                    continue;
                }

                var structure = _structure.At(h, k, l);
                sum += structure * structure * lattice * lattice;
                sum *= captured;
                sum *= polarisation;
                sum *= solidAngle;
            }

            _firstOrientations = null;
            return sum;
        }

        // Factor of a shape that is told by the distance from the nearest reflection, a half rounded down.
        private readonly double Spot(double h, double k, double l)
        {
            var (a, b, c) = plan.Cells;
            h -= (int)Math.Ceiling(h - 0.5);
            k -= (int)Math.Ceiling(k - 0.5);
            l -= (int)Math.Ceiling(l - 0.5);
            return plan.Shape switch
            {
                CrystalShape.Ellipsoid => LatticeFactor.Ellipsoid(h, k, l, a, b, c, plan.ShapeFudge),
                CrystalShape.Gaussian => LatticeFactor.Gaussian(plan.ReciprocalLattice.SquaredLength(h, k, l), a, b, c, plan.ShapeFudge),
                _ => LatticeFactor.TopHat(plan.ReciprocalLattice.SquaredLength(h, k, l), a, b, c, plan.ShapeFudge),
            };
        }

        private readonly double[] OrientationOf(int i) =>
            _firstOrientations is { } first && i < plan.MosaicDomains ? first : plan.Orientations;
    }
}
