using System.Globalization;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>Writes quantities for people: the same way everywhere, whatever the culture. A quantity that is not known is written as such.</summary>
internal static class Quantity
{
    private const string Unknown = "not told by this system";

    /// <summary>Seconds, to the millisecond.</summary>
    public static string Seconds(double? seconds) => seconds is { } s ? s.ToString("0.000", CultureInfo.InvariantCulture) + " s" : Unknown;

    /// <summary>Milliseconds, four figures.</summary>
    public static string Milliseconds(double? seconds) => seconds is { } s ? Figures(s * 1e3) : "–";

    /// <summary>Four significant figures, with no exponent between 0.001 and a million.</summary>
    public static string Figures(double? value)
    {
        if (value is not { } v)
        {
            return "–";
        }

        var size = Math.Abs(v);
        if (size is 0 or double.NaN or double.PositiveInfinity)
        {
            return v.ToString(CultureInfo.InvariantCulture);
        }

        if (size is < 1e-3 or >= 1e6)
        {
            return v.ToString("0.###e+0", CultureInfo.InvariantCulture);
        }

        var decimals = Math.Clamp(3 - (int)Math.Floor(Math.Log10(size)), 0, 6);
        return v.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>A share, in percent with one decimal.</summary>
    public static string Percent(double? share) => share is { } s ? (s * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>A change, in percent with its sign.</summary>
    public static string SignedPercent(double? share) => share is { } s ? (s * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>A count, with thousands apart.</summary>
    public static string Count(double? count) => count is { } c ? c.ToString("N0", CultureInfo.InvariantCulture) : Unknown;

    /// <summary>Bytes: exactly, and in megabytes (10⁶) from one megabyte on.</summary>
    public static string Bytes(long? bytes) => bytes switch
    {
        null => Unknown,
        >= 1_000_000 => $"{Count(bytes)} bytes ({Megabytes(bytes.Value)} MB)",
        _ => $"{Count(bytes)} bytes",
    };

    /// <summary>Megabytes (10⁶ bytes), one decimal.</summary>
    public static string Megabytes(double bytes) => (bytes / 1e6).ToString("N1", CultureInfo.InvariantCulture);

    /// <summary>Blocks of 512 bytes, and the bytes that they are.</summary>
    public static string Blocks(long? blocks) => blocks is { } b ? $"{Count(b)} blocks of 512 bytes = {Count(b * 512)} bytes" : Unknown;
}
