using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;

namespace NanoBragg.Kernels.Imaging;

/// <summary>The statistics that the reference program prints and scales its images by (physics.md section 19).</summary>
/// <param name="Maximum">Largest value above 0 of the pixels rendered (max_I), or 0.</param>
/// <param name="MaximumFastMetres">Where the first of them lies: its last sub-pixel's centre along the fast axis, m; 0 where nothing is above 0.</param>
/// <param name="MaximumSlowMetres">The same along the slow axis, m.</param>
/// <param name="Mean">Mean of the pixels rendered.</param>
/// <param name="RootMeanSquare">Root of their mean square, each rounded to float32, over one pixel less (rms).</param>
/// <param name="Deviation">
/// Root mean square deviation from <paramref name="Mean"/> over one pixel less (rmsd), of all pixels of the region: skipped ones count, as 0.
/// </param>
public readonly record struct RenderedStatistics(
    double Maximum, double MaximumFastMetres, double MaximumSlowMetres, double Mean, double RootMeanSquare, double Deviation)
{
    /// <summary>Sums a picture up.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="pixelSizeMetres">Edge of a pixel, m.</param>
    /// <param name="oversample">Sub-pixels per pixel and axis.</param>
    /// <param name="region">The pixels that were rendered.</param>
    /// <param name="mask">The pixels that were left out nevertheless, or null for none.</param>
    /// <returns>The statistics.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a process does this once
    public static RenderedStatistics Of(DiffractionImage image, double pixelSizeMetres, int oversample, PixelRegion region, PixelMask? mask)
    {
        ArgumentNullException.ThrowIfNull(image);
        var (sum, squares, count) = (0.0, 0.0, 0L);
        var (maximum, place) = (0.0f, (Fast: -1, Slow: -1));
        var rendered = new RegionRows(image.FastPixels, image.SlowPixels, region);
        for (var slow = rendered.FirstSlow; slow < rendered.EndSlow; slow++)
        {
            var row = image.Pixels.AsSpan(slow * image.FastPixels, image.FastPixels);
            for (var fast = rendered.FirstFast; fast < rendered.EndFast; fast++)
            {
                if (mask?.Skips(fast, slow) == true)
                {
                    continue;
                }

                var value = row[fast];
                if (value > maximum)
                {
                    (maximum, place) = (value, (fast, slow));
                }

                sum += value;
                squares += value * value;
                count++;
            }
        }

        var mean = sum / Math.Max(count, 1);
        return new(
            maximum, Metres(place.Fast), Metres(place.Slow), mean,
            Math.Sqrt(squares / (Math.Max(count, 2) - 1)), DeviationFrom(mean, image, rendered));

        double Metres(int pixel)
        {
            var subpixel = pixelSizeMetres / oversample;
            return pixel < 0 ? 0.0 : subpixel * (pixel * oversample + oversample - 1) + subpixel / 2.0;
        }
    }

    /// <summary>Sums a picture of a plan up.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="plan">What it shows.</param>
    /// <returns>The statistics.</returns>
    public static RenderedStatistics Of(DiffractionImage image, SimulationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Of(image, plan.PixelSizeMetres, plan.Oversample, plan.Region, plan.Mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double DeviationFrom(double mean, DiffractionImage image, in RegionRows rendered)
    {
        var (squares, count) = (0.0, 0L);
        for (var slow = rendered.FirstSlow; slow < rendered.EndSlow; slow++)
        {
            var row = image.Pixels.AsSpan(slow * image.FastPixels, image.FastPixels);
            for (var fast = rendered.FirstFast; fast < rendered.EndFast; fast++)
            {
                var difference = row[fast] - mean;
                squares += difference * difference;
                count++;
            }
        }

        return Math.Sqrt(squares / (Math.Max(count, 2) - 1));
    }
}
