using System.Buffers;
using System.Text;
using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Flags;

/// <summary>
/// Reads lists of sources, a line each: x, y, z, weight and wavelength in metres, the last ones left out at will. The weight has no effect. There are no
/// comments. Quirks of the reference program are kept: a line that does not end in a plain line feed (the last one, or any with a carriage return) has 0 in
/// the columns that it leaves out, and so no wavelength, which is an error later on.
/// </summary>
internal static class SourceFile
{
    private const string Delimiters = " \t,;:!";
    private const string NumberCharacters = "0123456789-+.EGeg";
    private const int Columns = 5;
    private static readonly SearchValues<char> Delimiting = SearchValues.Create(Delimiters);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The sources; at least one.</returns>
    /// <exception cref="ExperimentException">The file cannot be read or is empty.</exception>
    public static IReadOnlyList<SourcePoint> Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path, Encoding.Latin1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException($"cannot read the sources {path}: correct the name, or leave -sourcefile out");
        }

        var sources = Parse(text);
        return sources.Count > 0 ? sources : throw new ExperimentException($"there is no source in {path}: give a line x y z at least, or leave -sourcefile out");
    }

    private static List<SourcePoint> Parse(string text)
    {
        var sources = new List<SourcePoint>();
        for (var start = 0; start < text.Length;)
        {
            var feed = text.IndexOf('\n', start);
            var end = feed < 0 ? text.Length : feed + 1;
            if (ParseLine(text.AsSpan(start, end - start)) is { } source)
            {
                sources.Add(source);
            }

            start = end;
        }

        return sources;
    }

    // The line ends where nothing but its line feed is left; without one it never does, and the columns run out first.
    private static SourcePoint? ParseLine(ReadOnlySpan<char> line)
    {
        var rest = line.TrimStart(Delimiters);
        if (rest is "\n")
        {
            return null;
        }

        var numbers = new double?[Columns];
        for (var column = 0; column < Columns && rest is not "\n"; column++)
        {
            numbers[column] = CNumber.ToDouble(rest.ToString());
            rest = rest.TrimStart(NumberCharacters);
            if (rest is not "\n")
            {
                var next = rest.IndexOfAny(Delimiting);
                rest = (next < 0 ? [] : rest[next..]).TrimStart(Delimiters);
            }
        }

        return new(Given(numbers[0]), Given(numbers[1]), Given(numbers[2]), Given(numbers[4]));
    }

    // The reference program marks a missing number by a NaN, so the word nan leaves one out, too.
    private static double? Given(double? number) => number is { } value && double.IsNaN(value) ? null : number;
}
