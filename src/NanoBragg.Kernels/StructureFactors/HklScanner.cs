using System.Globalization;
using System.Text;
using NanoBragg.Kernels.Model;
using static System.FormattableString;

namespace NanoBragg.Kernels.StructureFactors;

/// <summary>
/// Reads reflections from a stream of text, a buffer at a time, as C's <c>scanf</c> does: numbers end where they can go on no longer, so they need no space
/// between them where a sign starts the next. What that program would misread is an error here.
/// </summary>
/// <param name="stream">The text.</param>
/// <param name="path">Its file, for errors.</param>
internal sealed class HklScanner(Stream stream, string path)
{
    /// <summary>Indices beyond this are refused; the reference program's own count starts here.</summary>
    public const int LargestIndex = 1_000_000_000;

    private const int End = -1;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly byte[] _word = new byte[512];
    private int _next;
    private int _filled;
    private int _length;

    /// <summary>Gets the line that is being read, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Reads a line with a reflection; lines without text are skipped.</summary>
    /// <param name="reflection">What it says.</param>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="ExperimentException">A line that is no reflection; the message says which and why.</exception>
    public bool Read(out Reflection reflection)
    {
        while (SkipBlanks() is '\n' or '\r')
        {
            Take();
        }

        if (Peek() == End)
        {
            reflection = default;
            return false;
        }

        reflection = new(Index("h"), Index("k"), Index("l"), StructureFactor());
        if (SkipBlanks() is not ('\n' or '\r' or End))
        {
            _length = 0;
            throw Error($"there is more than h k l F on the line ({Quote()}); take out what follows F");
        }

        return true;
    }

    /// <summary>An error at the current line.</summary>
    /// <param name="what">What is wrong, and what to do.</param>
    /// <returns>The error.</returns>
    public ExperimentException Error(string what) => new(Invariant($"{path}:{Line}: {what}"));

    private int Index(string name)
    {
        ReadNumber(name);
        var word = Word();
        if (!int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) || Math.Abs((long)index) > LargestIndex)
        {
            throw Error(
                word.ContainsAny((byte)'.', (byte)'e', (byte)'E')
                    ? $"{name} is {Text(word)}, which is not written as a whole number; the reference program would leave out this line and all after it"
                    : $"{name} is {Text(word)}, which is beyond ±{LargestIndex}");
        }

        return index;
    }

    private double StructureFactor()
    {
        ReadNumber("F");
        var value = double.Parse(Word(), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? value : throw Error($"F is {Text(Word())}, which is too large for a number");
    }

    /// <summary>Reads sign, digits, a point, digits, and an exponent into the word.</summary>
    private void ReadNumber(string name)
    {
        _length = 0;
        if (SkipBlanks() is '\n' or '\r' or End)
        {
            throw Error($"the line ends before {name}; a reflection is h k l F on one line");
        }

        AppendSign();
        var digits = AppendDigits();
        if (Peek() == '.')
        {
            Append();
            digits += AppendDigits();
        }

        if (digits > 0 && Peek() is 'e' or 'E')
        {
            Append();
            AppendSign();
            digits = AppendDigits();
        }

        if (digits == 0)
        {
            throw Error($"{name} is {Quote()}, which is not a number; a reflection is h k l F on one line");
        }
    }

    private void AppendSign()
    {
        if (Peek() is '+' or '-')
        {
            Append();
        }
    }

    private int AppendDigits()
    {
        var count = 0;
        for (; Peek() is >= '0' and <= '9'; count++)
        {
            Append();
        }

        return count;
    }

    private void Append()
    {
        if (_length == _word.Length)
        {
            throw Error($"a number of more than {_word.Length} characters; shorten it");
        }

        _word[_length++] = (byte)Take();
    }

    private ReadOnlySpan<byte> Word() => _word.AsSpan(0, _length);

    /// <summary>What was read of the word, and a little of what follows, fit for one line of a message.</summary>
    private string Quote()
    {
        for (var i = 0; i < 16 && (Peek() is > ' ' || (_length == 0 && Peek() != End)); i++)
        {
            Append();
        }

        return Text(Word());
    }

    private static string Text(ReadOnlySpan<byte> word)
    {
        var text = new StringBuilder("'");
        foreach (var octet in word[..Math.Min(word.Length, 40)])
        {
            text.Append(octet is > 0x20 and < 0x7f ? ((char)octet).ToString() : $"\\x{octet:x2}");
        }

        return text.Append(word.Length > 40 ? "...'" : "'").ToString();
    }

    private int SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\v' or '\f')
        {
            Take();
        }

        return Peek();
    }

    private int Peek()
    {
        if (_next == _filled)
        {
            (_next, _filled) = (0, stream.Read(_buffer));
        }

        return _filled == 0 ? End : _buffer[_next];
    }

    private int Take()
    {
        var octet = Peek();
        if (octet != End)
        {
            _next++;
        }

        Line += octet == '\n' ? 1 : 0;
        return octet;
    }
}
