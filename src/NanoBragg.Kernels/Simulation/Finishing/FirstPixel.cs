using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Kernels.Simulation.Finishing;

/// <summary>
/// The pixel of a run's first evaluation, where that has orientations of its own (physics.md section 20.1): no other pixel shares them, so the Reference back end draws it. It is the first
/// pixel that is rendered, or the first of those that a finest spacing does not leave out.
/// </summary>
internal static class FirstPixel
{
    /// <summary>Draws it into a picture that is drawn as if there were no such evaluation.</summary>
    /// <typeparam name="TPixel">Kind of number.</typeparam>
    /// <param name="plan">The plan.</param>
    /// <param name="image">Its picture.</param>
    public static void Draw<TPixel>(SimulationPlan plan, TPixel[] image)
        where TPixel : unmanaged
    {
        if (plan.FirstEvaluationOrientations is null)
        {
            return;
        }

        for (var pixel = 0; pixel < image.Length; pixel++)
        {
            var (slow, fast) = Math.DivRem(pixel, plan.FastPixels);
            if (!plan.Renders(fast, slow) || (plan.FinestSpacingMetres > 0.0 && FinestSpacing.Of(plan, fast, slow) == FinestSpacing.Share.All))
            {
                continue;
            }

            image[pixel] = Orientations<TPixel>.Rounded(ReferenceBackEnd.FirstOfRun(plan, fast, slow, out var evaluates));
            if (evaluates)
            {
                return;
            }
        }
    }
}
