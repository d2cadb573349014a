using System.Globalization;

namespace NanoBragg.Kernels.CLibrary;

/// <summary>Numbers as the C library reads them: the leading numeric part of a word, and 0 if there is none.</summary>
/// <remarks>By hand and not by a regular expression, whose machinery takes a process as long to start as a small picture.</remarks>
internal static class CNumber
{
    private const string Spaces = " \t\n\v\f\r";

    private enum Kind
    {
        None,
        Infinite,
        NotANumber,
        Finite,
    }

    /// <summary>C's <c>atof</c>, but for hexadecimal numbers, whose leading 0 is all that is read.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The number.</returns>
    public static double ToDouble(string word)
    {
        var (kind, isNegative, end) = Scan(word);
        return kind switch
        {
            Kind.Infinite => isNegative ? double.NegativeInfinity : double.PositiveInfinity,
            Kind.NotANumber => double.NaN,
            Kind.Finite => double.Parse(word.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture),
            _ => 0.0,
        };
    }

    /// <summary>C's <c>atoi</c>: a 64-bit number, saturated, cut down to 32 bits.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The number.</returns>
    public static int ToInt32(string word)
    {
        var (first, isNegative) = AfterSign(word);
        var end = AfterDigits(word, first);
        if (end == first)
        {
            return 0;
        }

        var read = long.TryParse(word.AsSpan(0, end), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : isNegative ? long.MinValue : long.MaxValue;
        return unchecked((int)read);
    }

    /// <summary>Whether a word starts with a number.</summary>
    /// <param name="word">The word.</param>
    /// <returns>True if it does.</returns>
    public static bool StartsNumber(string word) => Scan(word).Kind != Kind.None;

    // Space, a sign, then "inf", "nan", or digits with or without a point and an exponent.
    private static (Kind Kind, bool IsNegative, int End) Scan(string word)
    {
        var (first, isNegative) = AfterSign(word);
        var rest = word.AsSpan(first);
        if (rest.StartsWith("inf", StringComparison.OrdinalIgnoreCase))
        {
            return (Kind.Infinite, isNegative, first + 3);
        }

        if (rest.StartsWith("nan", StringComparison.OrdinalIgnoreCase))
        {
            return (Kind.NotANumber, isNegative, first + 3);
        }

        var end = AfterDigits(word, first);
        var digits = end - first;
        if (end < word.Length && word[end] == '.')
        {
            var last = AfterDigits(word, end + 1);
            digits += last - end - 1;
            end = last;
        }

        return digits == 0 ? (Kind.None, isNegative, first) : (Kind.Finite, isNegative, AfterExponent(word, end));
    }

    private static (int Place, bool IsNegative) AfterSign(string word)
    {
        var place = 0;
        while (place < word.Length && Spaces.Contains(word[place], StringComparison.Ordinal))
        {
            place++;
        }

        return place < word.Length && word[place] is '+' or '-' ? (place + 1, word[place] == '-') : (place, false);
    }

    private static int AfterDigits(string word, int place)
    {
        while (place < word.Length && char.IsAsciiDigit(word[place]))
        {
            place++;
        }

        return place;
    }

    // An e without digits is no exponent.
    private static int AfterExponent(string word, int place)
    {
        if (place == word.Length || word[place] is not ('e' or 'E'))
        {
            return place;
        }

        var first = place + 1 < word.Length && word[place + 1] is '+' or '-' ? place + 2 : place + 1;
        var end = AfterDigits(word, first);
        return end == first ? place : end;
    }
}
