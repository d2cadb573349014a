namespace NanoBragg.Kernels.Simulation.Finishing;

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
        if (plan.RendersAll)
        {
            return;
        }

        for (var pixel = 0; pixel < image.Length; pixel++)
        {
            var (slow, fast) = Math.DivRem(pixel, plan.FastPixels);
            if (!plan.Renders(fast, slow))
            {
                image[pixel] = default;
            }
        }
    }
}
