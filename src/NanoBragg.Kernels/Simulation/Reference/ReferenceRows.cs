using System.Numerics;

namespace NanoBragg.Kernels.Simulation.Reference;

/// <summary>
/// Draws the rows of a picture on several threads with the bits of one. What a run carries from pixel to pixel (physics.md section 20) is settled once the
/// first pixels are drawn, but for one thing: interpolation ends for good at the first evaluation that the grid does not surround. So rows are drawn as if it
/// went on, and those after the first row in which it ended are drawn once more, without.
/// </summary>
internal static class ReferenceRows
{
    /// <summary>Draws a picture.</summary>
    /// <param name="plan">What it shows.</param>
    /// <param name="image">The picture.</param>
    /// <param name="loop">The run, at its start.</param>
    /// <param name="threads">Threads that draw. One that somebody watches has one.</param>
    /// <typeparam name="TPixel">Kind of number.</typeparam>
    /// <typeparam name="TObserver">Who watches.</typeparam>
    public static void Draw<TPixel, TObserver>(SimulationPlan plan, TPixel[] image, PixelLoop<TObserver> loop, int threads)
        where TPixel : IBinaryFloatingPointIeee754<TPixel>
        where TObserver : IStepObserver
    {
        var slow = 0;
        for (; slow < plan.SlowPixels && (threads == 1 || !loop.IsSettled); slow++)
        {
            DrawRow(plan, image, ref loop, slow);
        }

        while (slow < plan.SlowPixels)
        {
            slow = DrawAtOnce(plan, image, ref loop, slow, threads);
        }
    }

    // Gives the first row that is not drawn yet; the loop stands before it.
    private static int DrawAtOnce<TPixel, TObserver>(SimulationPlan plan, TPixel[] image, ref PixelLoop<TObserver> loop, int first, int threads)
        where TPixel : IBinaryFloatingPointIeee754<TPixel>
        where TObserver : IStepObserver
    {
        var before = loop;
        var done = Parallel.For(first, plan.SlowPixels, new() { MaxDegreeOfParallelism = threads }, (slow, state) =>
        {
            var row = before;
            DrawRow(plan, image, ref row, slow);
            if (row.Interpolates != before.Interpolates)
            {
                // All rows before this one are drawn nevertheless.
                state.Break();
            }
        });
        if (done.LowestBreakIteration is not { } ended)
        {
            return plan.SlowPixels;
        }

        loop.EndInterpolation();
        return (int)ended + 1;
    }

    private static void DrawRow<TPixel, TObserver>(SimulationPlan plan, TPixel[] image, ref PixelLoop<TObserver> loop, int slow)
        where TPixel : IBinaryFloatingPointIeee754<TPixel>
        where TObserver : IStepObserver
    {
        var row = image.AsSpan(slow * plan.FastPixels, plan.FastPixels);
        for (var fast = 0; fast < row.Length; fast++)
        {
            row[fast] = TPixel.CreateTruncating(loop.Next(fast, slow));
        }
    }
}
