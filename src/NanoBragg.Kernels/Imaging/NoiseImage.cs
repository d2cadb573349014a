using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Physics;

namespace NanoBragg.Kernels.Imaging;

/// <summary>The reference program's 16-bit picture with counting noise (<c>-noisefile</c>; physics.md section 19).</summary>
/// <param name="Counts">Counts, row by row.</param>
/// <param name="Photons">All photons, without the offset and before anything was cut off.</param>
/// <param name="Overloads">Pixels that had more than 65535 counts.</param>
public sealed record NoiseImage(ushort[] Counts, double Photons, int Overloads)
{
    /// <summary>Draws the photons of a picture, pixel by pixel in row order. Masked pixels draw too, so a mask does not shift what follows.</summary>
    /// <param name="image">The picture: expected photons.</param>
    /// <param name="offset">Counts of a pixel without photons (<c>-adc</c>); a sum below 0 wraps, as there.</param>
    /// <param name="region">The pixels that draw. The others get 0, not the offset.</param>
    /// <param name="random">
    /// Where the numbers come from, started with the user's seed: <see cref="Simulation.SimulationPlan.StartNoise"/>.
    /// </param>
    /// <returns>The noisy picture.</returns>
    public static NoiseImage Of(DiffractionImage image, double offset, PixelRegion region, RandomSequence random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        var poisson = new PoissonSequence(random);
        var counts = new ushort[image.Pixels.Length];
        var (photons, overloads) = (0.0, 0);
        var rows = new RegionRows(image.FastPixels, image.SlowPixels, region);
        for (var slow = rows.FirstSlow; slow < rows.EndSlow; slow++)
        {
            for (var fast = rows.FirstFast; fast < rows.EndFast; fast++)
            {
                var i = slow * image.FastPixels + fast;
                double value = poisson.Next(image.Pixels[i]);
                photons += value;
                value += offset;
                if (value > 65535.0)
                {
                    value = 65535.0;
                    overloads++;
                }

                // By way of int, as C compilers do.
                counts[i] = unchecked((ushort)(int)value);
            }
        }

        return new(counts, photons, overloads);
    }
}
