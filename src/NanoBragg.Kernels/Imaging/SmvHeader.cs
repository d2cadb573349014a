using System.Text;
using NanoBragg.Kernels.CLibrary;
using NanoBragg.Kernels.Model;
using static System.FormattableString;

namespace NanoBragg.Kernels.Imaging;

/// <summary>The header of an SMV file, read as the reference program reads it (physics.md section 6.4).</summary>
public sealed class SmvHeader
{
    // The reference program looks at the first twelve characters.
    private const string Start = "{\nHEADER_BYT";
    private const int LeastBytes = 512;
    private const int MostBytes = 1 << 20;

    private readonly string _text;

    private SmvHeader(string file, string text, int headerBytes)
    {
        (_text, HeaderBytes) = (text, headerBytes);

        // A width of 0 is not one; there may be a square instead.
        FastPixels = Size(file, "SIZE1");
        SlowPixels = FastPixels == 0 ? FastPixels = Size(file, "DETECTOR_DIMENSIONS") : Size(file, "SIZE2");
        if (FastPixels < 1 || SlowPixels < 1)
        {
            throw new ExperimentException(Invariant($"{file}: the header makes {FastPixels} × {SlowPixels} pixels (SIZE1 and SIZE2)"));
        }

        if ((long)FastPixels * SlowPixels > Array.MaxLength)
        {
            throw new ExperimentException(Invariant(
                $"{file}: the header makes {FastPixels} × {SlowPixels} pixels (SIZE1 and SIZE2), more than the {Array.MaxLength} that can be held"));
        }
    }

    /// <summary>Gets the length of the header, bytes; the pixels follow.</summary>
    public int HeaderBytes { get; }

    /// <summary>Gets the number of pixels along the fast axis.</summary>
    public int FastPixels { get; }

    /// <summary>Gets the number of pixels along the slow axis.</summary>
    public int SlowPixels { get; }

    /// <summary>Reads the header of a file and nothing else.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The header.</returns>
    /// <exception cref="ExperimentException">The file cannot be read, or does not start with an SMV header; the message has its name and the place.</exception>
    public static SmvHeader Read(string path) => SmvImage.Open(path, Read);

    /// <summary>Reads the header of a stream and nothing after it.</summary>
    /// <param name="stream">The stream, at its start.</param>
    /// <param name="file">The name that errors have.</param>
    /// <returns>The header.</returns>
    /// <exception cref="ExperimentException">The stream does not start with an SMV header; the message has its name and the place.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static SmvHeader Read(Stream stream, string file)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = new byte[LeastBytes];
        var read = stream.ReadAtLeast(bytes, LeastBytes, throwOnEndOfStream: false);
        if (!bytes.AsSpan(0, read).StartsWith("{\nHEADER_BYT"u8))
        {
            throw new ExperimentException($"{file}: not an SMV image: byte 0 does not start \"{Start.Replace("\n", "\\n", StringComparison.Ordinal)}ES=\"");
        }

        RequireBytes(file, LeastBytes, read);
        var announced = ValueOf(Text(bytes), "HEADER_BYTES") ?? 0.0;
        if (!(announced is >= LeastBytes and <= MostBytes))
        {
            throw new ExperimentException(Invariant($"{file}: HEADER_BYTES is {CFormat.General(announced)}; a header has {LeastBytes} to {MostBytes} bytes"));
        }

        var headerBytes = (int)announced;
        if (headerBytes > LeastBytes)
        {
            Array.Resize(ref bytes, headerBytes);
            read += stream.ReadAtLeast(bytes.AsSpan(LeastBytes), headerBytes - LeastBytes, throwOnEndOfStream: false);
            RequireBytes(file, headerBytes, read);
        }

        var text = Text(bytes);
        return text.Contains('}', StringComparison.Ordinal)
            ? new(file, text, headerBytes)
            : throw new ExperimentException(Invariant($"{file}: the header has no }} in its {headerBytes} bytes"));
    }

    /// <summary>
    /// Looks a figure up: the last place where the keyword stands, if only as a part of another or of a comment, then the number after the next equals sign.
    /// </summary>
    /// <param name="keyword">The keyword.</param>
    /// <returns>The figure, 0 where no number follows, or null where the keyword is nowhere.</returns>
    public double? ValueOf(string keyword) => ValueOf(_text, keyword);

    private static double? ValueOf(string text, string keyword)
    {
        var place = text.LastIndexOf(keyword, StringComparison.Ordinal);
        if (place < 0)
        {
            return null;
        }

        var equals = text.IndexOf('=', place + keyword.Length);

        // A number that is not one counts as not given.
        return equals < 0 ? 0.0 : CNumber.ToDouble(text[(equals + 1)..]) is var number && double.IsNaN(number) ? null : number;
    }

    // To the first zero byte, where the text ends for C.
    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes.IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes);

    private static void RequireBytes(string file, int announced, int read)
    {
        if (read < announced)
        {
            throw new ExperimentException(Invariant($"{file}: the file ends at byte {read}, within the header of {announced} bytes"));
        }
    }

    private int Size(string file, string keyword) => ValueOf(keyword) switch
    {
        null => throw new ExperimentException($"{file}: the header has no {keyword}"),
        >= 0.0 and <= int.MaxValue and var size => (int)size,
        var size => throw new ExperimentException($"{file}: {keyword} is {CFormat.General(size.Value)} in the header; give a number of pixels"),
    };
}
