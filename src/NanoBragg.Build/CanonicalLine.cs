using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoBragg.Build;

/// <summary>A finding as the tool prints it for people, in MSBuild's canonical form: <c>file(line,column): error NB1000: text</c>.</summary>
internal static partial class CanonicalLine
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The finding, or null where the line is none.</returns>
    public static Finding? Parse(string line)
    {
        var match = Pattern().Match(line);
        return !match.Success ? null : new Finding
        {
            Code = match.Groups["code"].Value,
            Severity = FindingSeverity.Error,
            Message = match.Groups["message"].Value,
            File = match.Groups["file"].Value,
            Line = int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture),
            Column = int.Parse(match.Groups["column"].ValueSpan, CultureInfo.InvariantCulture),
        };
    }

    [GeneratedRegex(@"^(?<file>.+)\((?<line>\d{1,9}),(?<column>\d{1,9})\): error (?<code>NB\d{4}): (?<message>.+)$")]
    private static partial Regex Pattern();
}
