using NanoBragg.Kernels.Simulation.Reference;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>
/// Regions and masks, which these loops know nothing of: they draw the whole picture, and what is left out is blanked afterwards.
/// </summary>
internal static class LeftOutPixels
{
    /// <summary>Blanks the pixels that a plan leaves out.</summary>
    /// <typeparam name="TPixel">Kind of number.</typeparam>
    /// <param name="plan">The plan.</param>
    /// <param name="image">Its picture, drawn as a whole.</param>
    public static void Blank<TPixel>(SimulationPlan plan, TPixel[] image)
        where TPixel : unmanaged
    {
        var first = true;
        for (var (slow, i) = (0, 0); slow < plan.SlowPixels; slow++)
        {
            for (var fast = 0; fast < plan.FastPixels; fast++, i++)
            {
                if (!plan.Renders(fast, slow))
                {
                    image[i] = default;
                    continue;
                }

                // The run's first evaluation belongs to the first pixel that is rendered; the loops gave it to the picture's.
                if (first && i > 0 && plan.FirstEvaluationOrientations is not null)
                {
                    Store(ReferenceBackEnd.FirstOfRun(plan, fast, slow), ref image[i]);
                }

                first = false;
            }
        }
    }

    private static void Store<TPixel>(double value, ref TPixel pixel)
        where TPixel : unmanaged => pixel = typeof(TPixel) == typeof(float) ? (TPixel)(object)(float)value : (TPixel)(object)value;
}
