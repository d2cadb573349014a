namespace NanoBragg.Kernels.Simulation.Finishing;

/// <summary>What fast loops know nothing of: they draw the crystal's scattering everywhere, and the rest is done to their picture afterwards.</summary>
internal static class Finish
{
    /// <summary>Tells whether something is added to a plan's picture, which has to be drawn in doubles then, so that each pixel is rounded once.</summary>
    /// <param name="plan">The plan.</param>
    public static bool Adds(SimulationPlan plan) => plan.WaterIntensity != 0.0;

    /// <summary>Rounds a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="rounded">Where to, as many pixels.</param>
    public static void Round(double[] picture, float[] rounded)
    {
        for (var pixel = 0; pixel < picture.Length; pixel++)
        {
            rounded[pixel] = (float)picture[pixel];
        }
    }

    /// <summary>Finishes a picture.</summary>
    /// <typeparam name="TPixel">Kind of number.</typeparam>
    /// <param name="plan">The plan.</param>
    /// <param name="image">Its picture, drawn as a whole, as if nothing were left out and no evaluation were special.</param>
    /// <param name="threads">Threads that may work.</param>
    public static void Picture<TPixel>(SimulationPlan plan, TPixel[] image, int threads)
        where TPixel : unmanaged
    {
        if (Adds(plan))
        {
            Water.Add(plan, image, threads);
        }

        if (plan.FinestSpacingMetres > 0.0)
        {
            FinestSpacing.LeaveOut(plan, image, threads);
        }

        LeftOutPixels.Blank(plan, image);
        FirstPixel.Draw(plan, image);
    }
}
