using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using NanoBragg.Kernels.Model;
using static System.FormattableString;

namespace NanoBragg.Kernels.StructureFactors;

/// <summary>
/// The reference program's binary copy of a grid (<c>Fdump.bin</c>): a line with the six ends of the box, a form feed, then doubles in the machine's byte
/// order, with one reflection more along each axis than the box has.
/// </summary>
/// <remarks>
/// That program's reader skips any bytes after the form feed that happen to be white space, and so misreads some of its own files. Here the doubles start
/// right after the form feed.
/// </remarks>
internal static class DumpFile
{
    // Six numbers of 32 bits and what separates them take 72 bytes at most.
    private const int LongestHeaderBytes = 128;

    /// <summary>Writes a grid.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="grid">The grid.</param>
    public static void Write(Stream stream, StructureFactorGrid grid)
    {
        var (h, k, l) = (grid.H, grid.K, grid.L);
        stream.Write(Encoding.ASCII.GetBytes(Invariant($"{h.Minimum} {h.Maximum} {k.Minimum} {k.Maximum} {l.Minimum} {l.Maximum}\n\f")));
        var row = new double[l.Count + 1];
        for (var (i, rowsH) = (0L, h.Count); i <= rowsH; i++)
        {
            for (var (j, rowsK) = (0L, k.Count); j <= rowsK; j++)
            {
                Array.Clear(row);
                if (i < rowsH && j < rowsK)
                {
                    grid[(int)(h.Minimum + i), (int)(k.Minimum + j)].CopyTo(row);
                }

                stream.Write(MemoryMarshal.AsBytes(row.AsSpan()));
            }
        }
    }

    /// <summary>Reads a grid.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limitBytes">What the grid may take, or null for <see cref="StructureFactorGrid.MemoryLimitBytes"/>.</param>
    /// <returns>The grid, or null if there is no such file or it may not be read.</returns>
    /// <exception cref="ExperimentException">The file is no such copy, or not a whole one.</exception>
    public static StructureFactorGrid? TryRead(string path, long? limitBytes = null)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        using (file)
        {
            try
            {
                return Read(file, path, limitBytes);
            }
            catch (Exception e) when (e is IOException or NotSupportedException)
            {
                throw Unusable(path, e.Message.ReplaceLineEndings(" "));
            }
        }
    }

    /// <summary>Reads a grid from a stream.</summary>
    /// <inheritdoc cref="TryRead(string, long?)"/>
    internal static StructureFactorGrid Read(Stream file, string path, long? limitBytes)
    {
        var (h, k, l, headerBytes) = ReadHeader(file, path);
        var expected = headerBytes + (sizeof(double) * (Int128)(h.Count + 1) * (k.Count + 1) * (l.Count + 1));
        if (file.Length != expected)
        {
            throw Unusable(path, Invariant($"it has {file.Length} bytes, and its first line promises {expected}"));
        }

        var grid = StructureFactorGrid.Filled(h, k, l, 0.0, path, limitBytes);
        var row = new double[l.Count + 1];
        for (var i = 0L; i <= h.Count; i++)
        {
            for (var j = 0L; j <= k.Count; j++)
            {
                file.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
                if (i < h.Count && j < k.Count)
                {
                    row.AsSpan(0, (int)l.Count).CopyTo(grid[(int)(h.Minimum + i), (int)(k.Minimum + j)]);
                }
            }
        }

        return grid;
    }

    private static (IndexRange H, IndexRange K, IndexRange L, int Bytes) ReadHeader(Stream file, string path)
    {
        Span<byte> header = stackalloc byte[LongestHeaderBytes];
        var filled = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        var end = header[..filled].IndexOf("\n\f"u8);
        var words = end < 0 ? [] : Encoding.Latin1.GetString(header[..end]).Split(' ');
        var ends = new int[6];
        for (var i = 0; i < ends.Length; i++)
        {
            if (words.Length != ends.Length
                || !int.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out ends[i])
                || Math.Abs((long)ends[i]) > HklScanner.LargestIndex)
            {
                throw Unusable(path, "it does not start with the six ends of a box of indices");
            }
        }

        if (ends[0] > ends[1] || ends[2] > ends[3] || ends[4] > ends[5])
        {
            throw Unusable(path, "its box of indices has no reflection");
        }

        file.Position = end + 2;
        return (new(ends[0], ends[1]), new(ends[2], ends[3]), new(ends[4], ends[5]), end + 2);
    }

    private static ExperimentException Unusable(string path, string why) =>
        new($"{path} does not hold the structure factors of an earlier run: {why}; delete it, or give -hkl FILE");
}
