using System.Globalization;
using System.Numerics;

namespace NanoBragg.Kernels.CLibrary;

/// <summary>Numbers as the C library prints them: rounded from their exact digits, a tie to the even one.</summary>
internal static class CFormat
{
    private const int UsualDigits = 6;

    /// <summary>C's <c>%g</c>: so many significant digits, no zeros at the end.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">Significant digits; 17 tell any double from any other.</param>
    /// <returns>The text.</returns>
    public static string General(double value, int digits = UsualDigits)
    {
        var sign = Sign(value);
        if (!double.IsFinite(value))
        {
            return sign + NotFinite(value);
        }

        if (value == 0.0)
        {
            return sign + "0";
        }

        var (all, exponent) = Exact(Math.Abs(value));
        var rounded = Rounded(all, digits);
        exponent += rounded.Length - digits;
        var significant = rounded.TrimEnd('0');
        if (exponent < -4 || exponent >= digits)
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

    /// <summary>C's <c>%f</c>: so many digits after the point.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">Digits after the point, at least 1.</param>
    /// <returns>The text.</returns>
    public static string Fixed(double value, int decimals = UsualDigits)
    {
        if (!double.IsFinite(value))
        {
            return Sign(value) + NotFinite(value);
        }

        var (all, exponent) = value == 0.0 ? ("0", -decimals - 2) : Exact(Math.Abs(value));
        var kept = exponent + 1 + decimals;
        var rounded = (kept < 0 ? "" : Rounded(all, kept)).PadLeft(decimals + 1, '0');
        return $"{Sign(value)}{rounded[..^decimals]}.{rounded[^decimals..]}";
    }

    private static string Sign(double value) => double.IsNegative(value) ? "-" : "";

    private static string NotFinite(double value) => double.IsNaN(value) ? "nan" : "inf";

    // All digits, the first of them not 0, and that one's power of ten: a double has at most 767.
    private static (string Digits, int Exponent) Exact(double value)
    {
        var text = value.ToString("E766", CultureInfo.InvariantCulture);
        var end = text.IndexOf('E', StringComparison.Ordinal);
        return (text[..1] + text[2..end], int.Parse(text.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    // .NET rounds a tie away from zero and C to even, so it is done here. All nines become one digit more.
    private static string Rounded(string all, int digits)
    {
        var kept = digits == 0 ? BigInteger.Zero : BigInteger.Parse(all.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture);
        var (next, beyond) = (all[digits], all.AsSpan(digits + 1).ContainsAnyExcept('0'));
        var up = next > '5' || (next == '5' && (beyond || !kept.IsEven));
        return (up ? kept + 1 : kept).ToString(CultureInfo.InvariantCulture);
    }
}
