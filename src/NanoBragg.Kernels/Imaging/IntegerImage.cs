using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Imaging;

/// <summary>The reference program's noiseless 16-bit picture (<c>-intfile</c>; physics.md section 19).</summary>
public static class IntegerImage
{
    /// <summary>Decides the scale.</summary>
    /// <param name="requested">Counts per photon; 0 or less lets the largest value become 55000 counts.</param>
    /// <param name="maximum">The picture's largest value.</param>
    /// <returns>Counts per photon.</returns>
    public static double Scale(double requested, double maximum) => !(requested <= 0.0) ? requested : maximum > 0.0 ? 55000.0 / maximum : 1.0;

    /// <summary>Scales a picture; what does not fit into 16 bits becomes 0 or 65535 counts.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="scale">Counts per photon.</param>
    /// <param name="offset">Counts of a pixel without photons (<c>-adc</c>).</param>
    /// <param name="region">The pixels that get counts. The others get 0, not the offset.</param>
    /// <returns>Counts, row by row.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a process does this once
    public static ushort[] Of(DiffractionImage image, double scale, double offset, PixelRegion region)
    {
        ArgumentNullException.ThrowIfNull(image);
        var counts = new ushort[image.Pixels.Length];
        var rows = new RegionRows(image.FastPixels, image.SlowPixels, region);
        for (var slow = rows.FirstSlow; slow < rows.EndSlow; slow++)
        {
            var values = image.Pixels.AsSpan(slow * image.FastPixels, image.FastPixels);
            var row = counts.AsSpan(slow * image.FastPixels, image.FastPixels);
            for (var fast = rows.FirstFast; fast < rows.EndFast; fast++)
            {
                var value = values[fast] * scale + offset;
                value = value > 65535.0 ? 65535.0 : value < 0.0 ? 0.0 : value;
                row[fast] = (ushort)(float)(value + 0.5);
            }
        }

        return counts;
    }
}
