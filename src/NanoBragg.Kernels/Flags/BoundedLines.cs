using System.Text;
using NanoBragg.Kernels.Model;
using static System.FormattableString;

namespace NanoBragg.Kernels.Flags;

/// <summary>Reads text that may be anything, a line at a time: a file of a gigabyte without a line feed costs no more memory than a short one.</summary>
internal static class BoundedLines
{
    /// <summary>Longer lines are refused; the reference program cuts them into pieces.</summary>
    public const int LongestLine = 1000;

    /// <summary>Reads the lines.</summary>
    /// <param name="stream">The text, a byte a character.</param>
    /// <param name="path">Its file, for errors.</param>
    /// <returns>Each line with its line feed, and its number from 1. Only the last may have none.</returns>
    /// <exception cref="ExperimentException">A line is too long.</exception>
    public static IEnumerable<(int Number, string Text)> Read(Stream stream, string path)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        var line = new StringBuilder();
        var number = 1;
        for (var next = reader.Read(); next >= 0; next = reader.Read())
        {
            line.Append((char)next);
            if (next == '\n')
            {
                yield return (number, line.ToString());
                line.Clear();
                number++;
            }
            else if (line.Length > LongestLine)
            {
                throw new ExperimentException(Invariant($"{path}:{number}: the line is longer than {LongestLine} characters, so this is no such list or matrix: correct the name"));
            }
        }

        if (line.Length > 0)
        {
            yield return (number, line.ToString());
        }
    }
}
