using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Kernels.Simulation.Finishing;

/// <summary>
/// The finest lattice spacing that scatters (<c>-dmin</c>): an evaluation beyond it is left out. Whole pixels are, outside of a ring for each source; those on a ring, of which some evaluations
/// are left out, the Reference back end draws.
/// </summary>
internal static class FinestSpacing
{
    /// <summary>What is left out of a pixel.</summary>
    internal enum Share
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Some evaluations may be.</summary>
        Some,

        /// <summary>Everything.</summary>
        All,
    }

    /// <summary>Leaves out what is too fine.</summary>
    /// <typeparam name="TPixel">Kind of number.</typeparam>
    /// <param name="plan">A plan with a finest spacing.</param>
    /// <param name="image">Its picture, drawn as if nothing were.</param>
    /// <param name="threads">Threads that may work.</param>
    public static void LeaveOut<TPixel>(SimulationPlan plan, TPixel[] image, int threads)
        where TPixel : unmanaged
    {
        // Only the first evaluation of a run has orientations of its own, and FirstPixel draws that.
        var later = plan with { FirstEvaluationOrientations = null };
        Parallel.For(0, plan.SlowPixels, new() { MaxDegreeOfParallelism = threads }, slow =>
        {
            for (var fast = 0; fast < plan.FastPixels; fast++)
            {
                var share = Of(plan, fast, slow);
                if (share == Share.None || !plan.Renders(fast, slow))
                {
                    continue;
                }

                // Where no evaluation is left Reference has none to do, but it knows of what else there may be.
                image[(slow * plan.FastPixels) + fast] = share == Share.All && plan.WaterIntensity == 0.0 ? default : Orientations<TPixel>.Rounded(ReferenceBackEnd.FirstOfRun(later, fast, slow));
            }
        });
    }

    /// <summary>
    /// Tells what is left out of a pixel. With θ between beam and diffracted direction, |q|² = (2 - 2 cos θ)/λ², so that the limit is one on cos θ, which changes by no more than sin θ times the
    /// angle under which half of the pixel is seen, and half the square of that angle.
    /// </summary>
    /// <param name="plan">A plan with a finest spacing.</param>
    /// <param name="fast">Fast coordinate.</param>
    /// <param name="slow">Slow coordinate.</param>
    internal static Share Of(SimulationPlan plan, int fast, int slow)
    {
        var centre = plan.Point(plan.Oversample * (fast + 0.5), plan.Oversample * (slow + 0.5));
        var distance = centre.Length;
        var depth = plan.Sensor.LayerMetres * (plan.Sensor.Count - 1);
        var angle = ((plan.PixelSizeMetres * 0.5 * Math.Sqrt(2.0)) + depth) / (distance - depth);
        var (some, all) = (false, true);
        for (var i = 0; i < plan.Sources.Count; i++)
        {
            var source = plan.Sources[i];
            var cosine = Vector3D.Dot(centre, source.IncidentDirection) / distance;
            var ratio = source.WavelengthMetres / plan.FinestSpacingMetres;
            var above = cosine - (1.0 - (0.5 * ratio * ratio));
            var reach = (Math.Sqrt(Math.Max(1.0 - (cosine * cosine), 0.0)) * angle) + (angle * angle) + 1e-12;
            some |= above < reach;
            all &= above < -reach;
        }

        return all ? Share.All : some ? Share.Some : Share.None;
    }
}
