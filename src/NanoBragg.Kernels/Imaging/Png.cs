using System.Buffers.Binary;
using System.IO.Compression;
using NanoBragg.Kernels.Files;

namespace NanoBragg.Kernels.Imaging;

/// <summary>Writes a picture as an 8-bit RGB PNG on a logarithmic scale, for people who would rather look than read.</summary>
/// <remarks>PNG specification (third edition), sections 5 (chunks), 9 (filter type 0) and 10 (zlib).</remarks>
public static class Png
{
    /// <summary>Decades between black and white.</summary>
    private const double Decades = 4;

    /// <summary>Writes a picture into a file, as a whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="image">The picture.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Write(string path, DiffractionImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        AtomicFile.Write(path, stream => Write(stream, image.Pixels, image.FastPixels, image.SlowPixels));
    }

    /// <summary>Writes the picture; brightness is log10(intensity / maximum) over four decades.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="pixels">Row-major intensities, slow axis outer: <c>slowPixels × fastPixels</c>.</param>
    /// <param name="fastPixels">Width.</param>
    /// <param name="slowPixels">Height.</param>
    /// <exception cref="ArgumentException">The number of pixels is not width times height.</exception>
    public static void Write(Stream stream, ReadOnlySpan<float> pixels, int fastPixels, int slowPixels)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (pixels.Length != (long)fastPixels * slowPixels)
        {
            throw new ArgumentException($"{pixels.Length} pixels do not fill {fastPixels} × {slowPixels}.", nameof(pixels));
        }

        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, fastPixels);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], slowPixels);
        header[8] = 8; // bits per channel
        header[9] = 2; // RGB
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Compress(pixels, fastPixels, slowPixels));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static byte[] Compress(ReadOnlySpan<float> pixels, int fastPixels, int slowPixels)
    {
        var maximum = 0f;
        foreach (var pixel in pixels)
        {
            maximum = Math.Max(maximum, pixel);
        }

        using var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + 3 * fastPixels];
            for (var slow = 0; slow < slowPixels; slow++)
            {
                for (var fast = 0; fast < fastPixels; fast++)
                {
                    var level = maximum > 0 ? 1 + Math.Log10(Math.Max(pixels[slow * fastPixels + fast], 1e-30f) / maximum) / Decades : 0;
                    (row[1 + 3 * fast], row[2 + 3 * fast], row[3 + 3 * fast]) = Colour(Math.Clamp(level, 0, 1));
                }

                zlib.Write(row);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>Black over blue and orange to white; lightness rises evenly, so that the order survives in grey.</summary>
    private static (byte Red, byte Green, byte Blue) Colour(double level)
    {
        var red = Math.Clamp(2.2 * level - 0.7, 0, 1);
        var green = Math.Clamp(1.8 * level - 0.75, 0, 1);
        var blue = level < 0.45 ? 1.3 * level : level < 0.7 ? 0.585 - 1.4 * (level - 0.45) : 0.235 + 2.55 * (level - 0.7);
        return ((byte)(255 * red), (byte)(255 * green), (byte)(255 * Math.Clamp(blue, 0, 1)));
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        stream.Write(word);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(Crc(uint.MaxValue, type), data));
        stream.Write(word);
    }

    /// <summary>CRC-32 of ISO 3309, bit by bit (PNG specification, annex D).</summary>
    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320u ^ (crc >> 1) : crc >> 1;
            }
        }

        return crc;
    }
}
