using System.Globalization;

namespace NanoBragg.Kernels.Imaging;

/// <summary>Numbers as the C library prints them.</summary>
internal static class CFormat
{
    private const int Digits = 6;

    /// <summary>C's <c>%g</c>: six significant digits, a tie to the even one, no zeros at the end.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The text.</returns>
    public static string General(double value)
    {
        var sign = double.IsNegative(value) ? "-" : "";
        if (!double.IsFinite(value))
        {
            return sign + (double.IsNaN(value) ? "nan" : "inf");
        }

        if (value == 0.0)
        {
            return sign + "0";
        }

        var (digits, exponent) = Rounded(Math.Abs(value));
        var significant = digits.ToString(CultureInfo.InvariantCulture).TrimEnd('0');
        if (exponent is < -4 or >= Digits)
        {
            var rest = significant.Length > 1 ? "." + significant[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{significant[0]}{rest}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        return exponent < 0
            ? $"{sign}0.{new string('0', -exponent - 1)}{significant}"
            : significant.Length <= exponent + 1
                ? sign + significant.PadRight(exponent + 1, '0')
                : $"{sign}{significant[..(exponent + 1)]}.{significant[(exponent + 1)..]}";
    }

    // .NET rounds a tie away from zero and C to even, so the rounding is done here, on the exact digits: a double has at most 767.
    private static (int Digits, int Exponent) Rounded(double value)
    {
        var text = value.ToString("E766", CultureInfo.InvariantCulture);
        var all = text[..1] + text[2..text.IndexOf('E', StringComparison.Ordinal)];
        var exponent = int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = int.Parse(all.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture);
        var (next, beyond) = (all[Digits], all.AsSpan(Digits + 1).ContainsAnyExcept('0'));
        if (next > '5' || (next == '5' && (beyond || digits % 2 == 1)))
        {
            digits++;
        }

        return digits == 1_000_000 ? (100_000, exponent + 1) : (digits, exponent);
    }
}
