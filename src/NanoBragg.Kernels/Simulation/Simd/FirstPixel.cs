using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Physics;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>
/// The picture's first pixel where its first evaluation has orientations of its own (physics.md section 20.1): summed in scalar double,
/// because no other pixel shares them.
/// </summary>
internal static class FirstPixel
{
    /// <summary>The sum of squared lattice factors over the pixel's sub-pixels, sources and orientations.</summary>
    /// <param name="plan">A plan with <see cref="SimulationPlan.FirstEvaluationOrientations"/>.</param>
    /// <returns>The sum, without structure factor, solid angle and polarisation.</returns>
    public static double Sum(SimulationPlan plan)
    {
        var sum = 0.0;
        var special = plan.FirstEvaluationOrientations!;
        var first = true;
        for (var subSlow = 0; subSlow < plan.Oversample; subSlow++)
        {
            for (var subFast = 0; subFast < plan.Oversample; subFast++)
            {
                var f = plan.SubpixelSizeMetres * subFast + (plan.SubpixelSizeMetres / 2.0);
                var s = plan.SubpixelSizeMetres * subSlow + (plan.SubpixelSizeMetres / 2.0);
                var origin = plan.OriginMetres;
                var direction = new Vector3D(
                    f * plan.FastAxis.X + s * plan.SlowAxis.X + origin.X,
                    f * plan.FastAxis.Y + s * plan.SlowAxis.Y + origin.Y,
                    f * plan.FastAxis.Z + s * plan.SlowAxis.Z + origin.Z).Unitised();
                for (var i = 0; i < plan.Sources.Count; i++)
                {
                    var (incident, wavelength) = plan.Sources[i];
                    var q = new Vector3D(
                        (direction.X - incident.X) / wavelength, (direction.Y - incident.Y) / wavelength, (direction.Z - incident.Z) / wavelength);
                    var replaced = first ? special.Length : 0;
                    sum += SumOver(special.AsSpan(0, replaced), q, plan.Cells) + SumOver(plan.Orientations.AsSpan(replaced), q, plan.Cells);
                    first = false;
                }
            }
        }

        return sum;
    }

    private static double SumOver(ReadOnlySpan<double> orientations, Vector3D q, (int A, int B, int C) cells)
    {
        var sum = 0.0;
        for (; orientations.Length > 0; orientations = orientations[9..])
        {
            var amplitude = LatticeFactor.Block(
                Vector3D.Dot(new(orientations[0], orientations[1], orientations[2]), q),
                Vector3D.Dot(new(orientations[3], orientations[4], orientations[5]), q),
                Vector3D.Dot(new(orientations[6], orientations[7], orientations[8]), q),
                cells.A, cells.B, cells.C);
            sum += amplitude * amplitude;
        }

        return sum;
    }
}
