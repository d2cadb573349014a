using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Simulation;

namespace NanoBragg.Kernels.Tests;

/// <summary>Plans made by hand of numbers that are the same on every machine, and their pictures by the formulas of physics.md section 16.</summary>
internal static class SimdPlans
{
    /// <summary>A tilted triclinic crystal, an oblique detector and a partly polarised beam.</summary>
    public static SimulationPlan Plan(
        int fastPixels = 40, int slowPixels = 21, int oversample = 1, (int A, int B, int C)? cells = null, int orientations = 1,
        int sources = 1) => new()
        {
            FastPixels = fastPixels,
            SlowPixels = slowPixels,
            Oversample = oversample,
            PixelSizeMetres = 0.25e-3,
            FastAxis = new(0.0, 0.8, 0.6),
            SlowAxis = new(0.28, -0.576, 0.768),
            NormalAxis = new(0.96, 0.168, -0.224),
            OriginMetres = new(0.101, 0.0035, -0.0062),
            CloseDistanceMetres = 0.0989,
            DistanceMetres = 0.1,
            PointPixel = false,
            Sources = [.. Enumerable.Range(0, sources).Select(i => new Source(new(1.0 - (i * i * 2e-6), i * 2e-3, 0.0), (1.5 + 0.01 * i) * 1e-10))],
            Unpolarised = false,
            KahnFactor = 0.8,
            PolarisationAxis = new(0.0, 0.0, 1.0),
            ThomsonFluence = 1.0,
            Cells = cells ?? (5, 5, 5),
            DefaultStructureFactor = 100.0,
            Orientations = [.. Enumerable.Range(0, orientations).SelectMany(Orientation)],
            PhiSteps = orientations,
            MosaicDomains = 1,
        };

    /// <summary>The same plan whose very first evaluation has an orientation of its own.</summary>
    public static SimulationPlan WithFirstEvaluation(SimulationPlan plan) => plan with { FirstEvaluationOrientations = Orientation(11) };

    /// <summary>The picture, one scalar step after the other.</summary>
    public static double[] Picture(SimulationPlan plan)
    {
        var image = new double[plan.FastPixels * plan.SlowPixels];
        var first = true;
        for (var pixel = 0; pixel < image.Length; pixel++)
        {
            var (slow, fast) = (pixel / plan.FastPixels, pixel % plan.FastPixels);
            double intensity = 0.0, omega = 0.0, polar = plan.Unpolarised ? 1.0 : 0.0;
            for (var sub = 0; sub < plan.Oversample * plan.Oversample; sub++)
            {
                var f = (plan.SubpixelSizeMetres * (fast * plan.Oversample + (sub % plan.Oversample))) + (plan.SubpixelSizeMetres / 2.0);
                var s = (plan.SubpixelSizeMetres * (slow * plan.Oversample + (sub / plan.Oversample))) + (plan.SubpixelSizeMetres / 2.0);
                var position = Add(Add(f * plan.FastAxis, s * plan.SlowAxis), plan.OriginMetres);
                var direction = position.Unitised();
                var path = position.Length;
                if (omega == 0.0)
                {
                    omega = plan.PointPixel
                        ? 1.0 / path / path
                        : plan.PixelSizeMetres * plan.PixelSizeMetres / path / path * plan.CloseDistanceMetres / path;
                }

                foreach (var source in plan.Sources)
                {
                    var q = (1.0 / source.WavelengthMetres) * Add(direction, -1.0 * source.IncidentDirection);
                    polar = polar == 0.0 ? Polarisation(plan.KahnFactor, source.IncidentDirection, direction, plan.PolarisationAxis) : polar;
                    for (var i = 0; i < plan.OrientationCount; i++)
                    {
                        var cell = first && i < plan.MosaicDomains && plan.FirstEvaluationOrientations is { } special
                            ? special.AsSpan(9 * i, 9)
                            : plan.Orientations.AsSpan(9 * i, 9);
                        var lattice = Sincg(Vector3D.Dot(new(cell[0], cell[1], cell[2]), q), plan.Cells.A)
                            * Sincg(Vector3D.Dot(new(cell[3], cell[4], cell[5]), q), plan.Cells.B)
                            * Sincg(Vector3D.Dot(new(cell[6], cell[7], cell[8]), q), plan.Cells.C);
                        intensity += lattice * lattice * plan.DefaultStructureFactor * plan.DefaultStructureFactor;
                    }

                    first = false;
                }
            }

            image[pixel] = plan.ThomsonFluence * intensity / plan.StepsPerPixel * polar * omega;
        }

        return image;
    }

    private static double[] Orientation(int i)
    {
        // A rotation by the rational quaternion (1, t, 2t, -t) keeps the numbers exact enough to be the same everywhere.
        var t = 0.11 + 0.002 * i;
        double x = t, y = 2.0 * t, z = -t, n = 1.0 + x * x + y * y + z * z;
        Vector3D Rotate(double a, double b, double c) => new(
            1e-10 / n * (((1.0 + x * x - y * y - z * z) * a) + (2.0 * (x * y - z) * b) + (2.0 * (x * z + y) * c)),
            1e-10 / n * ((2.0 * (x * y + z) * a) + ((1.0 - x * x + y * y - z * z) * b) + (2.0 * (y * z - x) * c)),
            1e-10 / n * ((2.0 * (x * z - y) * a) + (2.0 * (y * z + x) * b) + ((1.0 - x * x - y * y + z * z) * c)));
        Vector3D a = Rotate(70.0, 0.0, 0.0), b = Rotate(-7.0, 79.0, 0.0), c = Rotate(8.0, -9.0, 89.0);
        return [a.X, a.Y, a.Z, b.X, b.Y, b.Z, c.X, c.Y, c.Z];
    }

    private static Vector3D Add(Vector3D a, Vector3D b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary><c>sin(N πh) / sin(πh)</c> from the fraction of h, so that it is accurate for any N.</summary>
    private static double Sincg(double h, int cells)
    {
        var r = h - Math.Round(h);
        return r == 0.0 ? cells : Math.Sin(Math.PI * cells * r) / Math.Sin(Math.PI * r);
    }

    private static double Polarisation(double kahn, Vector3D incident, Vector3D diffracted, Vector3D axis)
    {
        incident = incident.Unitised();
        var c = Vector3D.Dot(incident, diffracted);
        var b = Vector3D.Cross(axis, incident).Unitised();
        var e = Vector3D.Cross(incident, b).Unitised();
        var psi = kahn == 0.0 ? 0.0 : -Math.Atan2(Vector3D.Dot(diffracted, b), Vector3D.Dot(diffracted, e));
        return 0.5 * (1.0 + c * c - (kahn * Math.Cos(2.0 * psi) * (1.0 - c * c)));
    }
}
