using System.Globalization;

namespace NanoBragg.Tool.Baselines;

/// <summary>How precisely figures are written, so that measuring again on an unchanged kernel does not change digits that mean nothing.</summary>
internal static class SignificantDigits
{
    /// <summary>Digits of an exact figure: well inside a double, well past any tolerance.</summary>
    public const int Exact = 12;

    /// <summary>Digits of a machine-bound figure.</summary>
    public const int Ratio = 6;

    /// <summary>Digits of a spread, itself only an estimate.</summary>
    public const int Spread = 3;

    /// <summary>Rounds a number to a count of significant decimal digits.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="digits">The digits to keep.</param>
    /// <returns>The double nearest to the rounded decimal number; never negative zero.</returns>
    public static double Round(double value, int digits) =>
        double.Parse(value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + 0.0;
}
