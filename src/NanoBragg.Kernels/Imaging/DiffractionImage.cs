using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NanoBragg.Kernels.Imaging;

/// <summary>A rendered picture: photons per pixel, row-major, slow axis outer, fast axis inner.</summary>
public sealed class DiffractionImage
{
    /// <summary>Wraps pixels; they are not copied.</summary>
    /// <param name="fastPixels">Pixels along the fast axis (a row's length).</param>
    /// <param name="slowPixels">Pixels along the slow axis (the number of rows).</param>
    /// <param name="pixels">The values.</param>
    /// <exception cref="ArgumentException">There are not as many values as pixels, or none.</exception>
    public DiffractionImage(int fastPixels, int slowPixels, float[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (fastPixels < 1 || slowPixels < 1 || pixels.Length != (long)fastPixels * slowPixels)
        {
            throw new ArgumentException($"{pixels.Length} values do not make {slowPixels} rows of {fastPixels} pixels.", nameof(pixels));
        }

        (FastPixels, SlowPixels, Pixels) = (fastPixels, slowPixels, pixels);
    }

    /// <summary>Gets the number of pixels along the fast axis.</summary>
    public int FastPixels { get; }

    /// <summary>Gets the number of pixels along the slow axis.</summary>
    public int SlowPixels { get; }

    /// <summary>Gets the values, photons per pixel.</summary>
    public float[] Pixels { get; }

    /// <summary>Sums the picture up, in one pass.</summary>
    /// <returns>Its statistics.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ImageStatistics Statistics()
    {
        var (sum, squares, minimum, maximum, place, nonzero) = (0.0, 0.0, float.PositiveInfinity, float.NegativeInfinity, 0, 0);
        var pixels = Pixels;
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = pixels[i];
            sum += value;
            squares += (double)value * value;
            minimum = Math.Min(minimum, value);
            if (value > maximum)
            {
                (maximum, place) = (value, i);
            }

            nonzero += value != 0.0f ? 1 : 0;
        }

        var mean = sum / pixels.Length;
        return new(
            sum, mean, Math.Sqrt(Math.Max(0, squares / pixels.Length - mean * mean)), minimum, maximum,
            MaximumFast: place % FastPixels, MaximumSlow: place / FastPixels, nonzero);
    }

    /// <summary>Hashes the values as they stand in a float image file: float32, little-endian.</summary>
    /// <returns>SHA-256 in lower-case hexadecimal digits.</returns>
    public string Sha256()
    {
        var bytes = MemoryMarshal.AsBytes(Pixels.AsSpan());
        if (!BitConverter.IsLittleEndian)
        {
            var swapped = new int[Pixels.Length];
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(Pixels), swapped);
            bytes = MemoryMarshal.AsBytes(swapped.AsSpan());
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
