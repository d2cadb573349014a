using System.Text;
using NanoBragg.Kernels.Files;

namespace NanoBragg.Kernels.Imaging;

/// <summary>Writes the reference program's SMV images: a text header, then 16-bit counts, little-endian, row by row.</summary>
public static class SmvFile
{
    /// <summary>Writes an image.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="header">Its header.</param>
    /// <param name="counts">Its counts: <c>SlowPixels × FastPixels</c>.</param>
    /// <exception cref="ArgumentException">There are not as many counts as the header has pixels.</exception>
    public static void Write(Stream stream, ImageHeader header, ReadOnlySpan<ushort> counts)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(header);
        RequireFit(header, counts.Length);
        stream.Write(Encoding.ASCII.GetBytes(header.ToText()));
        LittleEndianNumbers.Write(stream, counts);
    }

    /// <summary>Writes an image into a file, as a whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="header">Its header.</param>
    /// <param name="counts">Its counts: <c>SlowPixels × FastPixels</c>.</param>
    /// <exception cref="ArgumentException">There are not as many counts as the header has pixels.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Write(string path, ImageHeader header, ushort[] counts)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(counts);
        RequireFit(header, counts.Length);
        AtomicFile.Write(path, stream => Write(stream, header, counts));
    }

    private static void RequireFit(ImageHeader header, int count)
    {
        if (count != (long)header.FastPixels * header.SlowPixels)
        {
            throw new ArgumentException($"{count} counts do not make {header.SlowPixels} rows of {header.FastPixels} pixels.", nameof(count));
        }
    }
}
