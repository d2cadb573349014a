using System.Text;
using NanoBragg.Kernels.CLibrary;
using NanoBragg.Kernels.Files;
using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Imaging;

/// <summary>The reference program's 8-bit picture (<c>-pgmfile</c>; physics.md section 19), a binary portable grey map.</summary>
public static class PgmImage
{
    /// <summary>Decides the scale.</summary>
    /// <param name="requested">Grey levels per photon; 0 or less lets five deviations become level 250.</param>
    /// <param name="deviation">The picture's <see cref="RenderedStatistics.Deviation"/>.</param>
    /// <param name="integerScale">The scale of the 16-bit picture, which serves where nothing deviates.</param>
    /// <returns>Grey levels per photon.</returns>
    public static double Scale(double requested, double deviation, double integerScale) =>
        !(requested <= 0.0) ? requested : deviation > 0.0 ? 250.0 / (5.0 * deviation) : integerScale;

    /// <summary>Scales a picture, rounding down; what is brighter than 255 becomes 255.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="scale">Grey levels per photon.</param>
    /// <param name="region">The pixels that get a level. The others get 0.</param>
    /// <returns>Grey levels, row by row.</returns>
    public static byte[] Of(DiffractionImage image, double scale, PixelRegion region)
    {
        ArgumentNullException.ThrowIfNull(image);
        var levels = new byte[image.Pixels.Length];
        var rows = new RegionRows(image.FastPixels, image.SlowPixels, region);
        for (var slow = rows.FirstSlow; slow < rows.EndSlow; slow++)
        {
            for (var fast = rows.FirstFast; fast < rows.EndFast; fast++)
            {
                var i = slow * image.FastPixels + fast;
                var value = image.Pixels[i] * scale;

                // By way of int, as C compilers do: a level below 0 wraps.
                levels[i] = unchecked((byte)(int)(value > 255.0 ? 255.0 : value));
            }
        }

        return levels;
    }

    /// <summary>Writes a picture.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="image">The picture.</param>
    /// <param name="scale">Grey levels per photon; it is written as a comment, too.</param>
    /// <param name="region">The pixels that get a level.</param>
    public static void Write(Stream stream, DiffractionImage image, double scale, PixelRegion region)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(image);
        stream.Write(Encoding.ASCII.GetBytes($"P5\n{image.FastPixels} {image.SlowPixels}\n# pixels scaled by {CFormat.General(scale)}\n255\n"));
        stream.Write(Of(image, scale, region));
    }

    /// <summary>Writes a picture into a file, as a whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="image">The picture.</param>
    /// <param name="scale">Grey levels per photon.</param>
    /// <param name="region">The pixels that get a level.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Write(string path, DiffractionImage image, double scale, PixelRegion region) =>
        AtomicFile.Write(path, stream => Write(stream, image, scale, region));
}
