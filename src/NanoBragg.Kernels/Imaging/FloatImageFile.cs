using NanoBragg.Kernels.Files;

namespace NanoBragg.Kernels.Imaging;

/// <summary>The reference program's float image (<c>-floatfile</c>): the pixels alone, float32, little-endian, row by row.</summary>
public static class FloatImageFile
{
    /// <summary>Writes a picture.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="image">The picture.</param>
    public static void Write(Stream stream, DiffractionImage image)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(image);
        LittleEndianNumbers.Write<float>(stream, image.Pixels);
    }

    /// <summary>Writes a picture into a file, as a whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="image">The picture.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Write(string path, DiffractionImage image) => AtomicFile.Write(path, stream => Write(stream, image));
}
