namespace NanoBragg.Kernels.Simulation;

/// <summary>The one check that every back end makes.</summary>
internal static class ImageLength
{
    /// <summary>Makes sure that an image fits a plan.</summary>
    /// <typeparam name="T">Kind of number.</typeparam>
    /// <param name="plan">The plan.</param>
    /// <param name="image">The image.</param>
    /// <exception cref="ArgumentException">It has another length than the plan's picture.</exception>
    public static void Require<T>(SimulationPlan plan, T[] image)
    {
        if (image.Length != plan.FastPixels * plan.SlowPixels)
        {
            throw new ArgumentException(
                $"The image has {image.Length} values, but the plan's picture has {plan.SlowPixels} × {plan.FastPixels}.", nameof(image));
        }
    }
}
