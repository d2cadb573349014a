using NanoBragg.Kernels.Simulation.Reference;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>
/// The first pixel that is rendered, where a run's first evaluation has orientations of its own (physics.md section 20.1): no other pixel shares them, so
/// the Reference back end draws it.
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
            if (plan.Renders(fast, slow))
            {
                Store(ReferenceBackEnd.FirstOfRun(plan, fast, slow), ref image[pixel]);
                return;
            }
        }
    }

    private static void Store<TPixel>(double value, ref TPixel pixel)
        where TPixel : unmanaged => pixel = typeof(TPixel) == typeof(float) ? (TPixel)(object)(float)value : (TPixel)(object)value;
}
