using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoBragg.Kernels.CLibrary;

/// <summary>Numbers as the C library reads them: the leading numeric part of a word, and 0 if there is none.</summary>
internal static partial class CNumber
{
    /// <summary>C's <c>atof</c>, but for hexadecimal numbers, whose leading 0 is all that is read.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The number.</returns>
    public static double ToDouble(string word)
    {
        var match = Real().Match(word);
        if (!match.Success)
        {
            return 0.0;
        }

        var sign = match.Groups["sign"].ValueSpan is "-" ? -1.0 : 1.0;
        if (match.Groups["infinite"].Success)
        {
            return sign * double.PositiveInfinity;
        }

        return match.Groups["nan"].Success ? double.NaN : double.Parse(match.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>C's <c>atoi</c>: a 64-bit number, saturated, cut down to 32 bits.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The number.</returns>
    public static int ToInt32(string word)
    {
        var match = Whole().Match(word);
        if (!match.Success)
        {
            return 0;
        }

        var read = long.TryParse(match.ValueSpan, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : match.ValueSpan.Contains('-') ? long.MinValue : long.MaxValue;
        return unchecked((int)read);
    }

    /// <summary>Whether a word starts with a number.</summary>
    /// <param name="word">The word.</param>
    /// <returns>True if it does.</returns>
    public static bool StartsNumber(string word) => Real().IsMatch(word);

    [GeneratedRegex(
        @"^[ \t\n\v\f\r]*(?<sign>[+-]?)((?<infinite>inf)|(?<nan>nan)|([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Real();

    [GeneratedRegex(@"^[ \t\n\v\f\r]*[+-]?[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
