using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Simulation;

namespace NanoBragg.Tool.Commands;

/// <summary>Draws a picture that may take long: with progress, and to be cancelled at any time.</summary>
internal static class Rendering
{
    /// <summary>Draws a picture.</summary>
    /// <param name="plan">What it shows.</param>
    /// <param name="backEnd">Who draws.</param>
    /// <param name="progress">Is told, some times a second, how many rows are drawn; null for nobody.</param>
    /// <param name="cancellation">Ends the wait; the drawing thread is left to the end of the process.</param>
    /// <returns>The picture.</returns>
    public static DiffractionImage Render(SimulationPlan plan, IBackEnd backEnd, IProgress<int>? progress, CancellationToken cancellation)
    {
        // Rows tell by themselves that they are drawn, so no back end needs to know of progress.
        var image = new DiffractionImage(plan.FastPixels, plan.SlowPixels, new float[plan.FastPixels * plan.SlowPixels]);
        Array.Fill(image.Pixels, float.NaN);
        return OwnThread.Wait(
            () =>
            {
                backEnd.Render(plan, image.Pixels);
                return image;
            },
            () => progress?.Report(RowsDone(image)),
            cancellation);
    }

    private static int RowsDone(DiffractionImage image)
    {
        var done = 0;
        for (var slow = 1; slow <= image.SlowPixels; slow++)
        {
            done += float.IsNaN(Volatile.Read(ref image.Pixels[slow * image.FastPixels - 1])) ? 0 : 1;
        }

        return done;
    }
}
