using System.Runtime.InteropServices;
using NanoBragg.Kernels.Model;
using static System.FormattableString;

namespace NanoBragg.Kernels.Imaging;

/// <summary>An SMV image of 16-bit counts, read as the reference program reads it.</summary>
public sealed class SmvImage
{
    private SmvImage(SmvHeader header, ushort[] counts) => (Header, Counts) = (header, counts);

    /// <summary>Gets the header.</summary>
    public SmvHeader Header { get; }

    /// <summary>
    /// Gets the counts, row by row, in this machine's byte order whatever the header says about that, as in the reference program: fit for telling 0 from
    /// the rest.
    /// </summary>
    public ushort[] Counts { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The image.</returns>
    /// <exception cref="ExperimentException">The file cannot be read or is no whole SMV image; the message has its name and the place.</exception>
    public static SmvImage Read(string path) => Open(path, Read);

    /// <summary>Reads a stream. Memory is taken only for pixels that are there.</summary>
    /// <param name="stream">The stream, at its start; it tells its length.</param>
    /// <param name="file">The name that errors have.</param>
    /// <returns>The image.</returns>
    /// <exception cref="ExperimentException">The stream is no whole SMV image; the message has its name and the place.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static SmvImage Read(Stream stream, string file)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new ExperimentException($"{file}: not a file with a length; give a regular file");
        }

        var header = SmvHeader.Read(stream, file);

        // The reference program counts in 16-bit words, so an odd header loses its last byte to the pixels.
        var start = header.HeaderBytes / sizeof(ushort) * sizeof(ushort);
        var end = start + (long)sizeof(ushort) * header.FastPixels * header.SlowPixels;
        if (stream.Length < end)
        {
            throw EndsAt(stream.Length);
        }

        stream.Position = start;
        var counts = new ushort[header.FastPixels * header.SlowPixels];
        for (var (slow, place) = (0, (long)start); slow < header.SlowPixels; slow++)
        {
            // Row by row: the bytes of a large image are more than a span can count.
            var row = MemoryMarshal.AsBytes(counts.AsSpan(slow * header.FastPixels, header.FastPixels));
            var read = stream.ReadAtLeast(row, row.Length, throwOnEndOfStream: false);
            place += read;
            if (read < row.Length)
            {
                throw EndsAt(place);
            }
        }

        return new(header, counts);

        ExperimentException EndsAt(long place) => new(Invariant(
            $"{file}: the file ends at byte {place}, but its header makes {header.FastPixels} × {header.SlowPixels} pixels, which end at byte {end}"));
    }

    /// <summary>The mask that the image is: pixels of 0 are skipped.</summary>
    /// <returns>The mask.</returns>
    public PixelMask ToMask() => new(Header.FastPixels, Header.SlowPixels, Counts);

    /// <summary>Opens a file for a reader; what the file system says becomes one line for the user.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="read">The reader.</param>
    /// <returns>What it has read.</returns>
    /// <exception cref="ExperimentException">The file cannot be read, or the reader says so.</exception>
    internal static T Open<T>(string path, Func<Stream, string, T> read)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return read(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException($"{path}: cannot be read: {e.Message}");
        }
    }
}
