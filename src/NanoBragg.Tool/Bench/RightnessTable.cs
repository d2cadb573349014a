using System.Globalization;
using NanoBragg.Tool.Diagnostics;

namespace NanoBragg.Tool.Bench;

/// <summary>How right pictures are, a line for each.</summary>
internal static class RightnessTable
{
    /// <summary>Gets the table, each line ended.</summary>
    /// <param name="rows">The pictures.</param>
    public static string Of(IEnumerable<(string Case, string Precision, RowErrors Errors)> rows)
    {
        var table = new MarkdownTable("case", "precision", "compared with", "pixels:", "error of the sum:", "of a pixel:", "1 - r:", "within bounds");
        foreach (var (name, precision, errors) in rows)
        {
            table.Add(
                name,
                precision,
                errors.Against,
                Quantity.Count(errors.Pixels),
                Exponential(errors.Sum),
                Exponential(errors.Pixel),
                Exponential(errors.OneMinusCorrelation),
                errors.WithinBounds ? "yes" : "NO");
        }

        return table.ToString();
    }

    private static string Exponential(double value) => value.ToString("0.00e+0", CultureInfo.InvariantCulture);
}
