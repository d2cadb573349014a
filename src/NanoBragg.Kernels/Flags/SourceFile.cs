using System.Buffers;
using NanoBragg.Kernels.CLibrary;
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

    // Each is a simulation of its own, so more of them are a mistake.
    private const int MostSources = 1_000_000;
    private static readonly SearchValues<char> Delimiting = SearchValues.Create(Delimiters);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The sources; at least one.</returns>
    /// <exception cref="ExperimentException">The file cannot be read, is empty, or is no list of sources.</exception>
    public static IReadOnlyList<SourcePoint> Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentException($"cannot read the sources {path}: correct the name, or leave -sourcefile out");
        }
    }

    /// <summary>Reads a list.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="path">Its file, for errors.</param>
    /// <returns>The sources; at least one.</returns>
    /// <exception cref="ExperimentException">The text is empty or no list of sources.</exception>
    internal static IReadOnlyList<SourcePoint> Read(Stream stream, string path)
    {
        var sources = new List<SourcePoint>();
        foreach (var (number, text) in BoundedLines.Read(stream, path))
        {
            if (ParseLine(text) is { } source)
            {
                sources.Add(sources.Count < MostSources ? source : throw new ExperimentException(FormattableString.Invariant(
                    $"{path}:{number}: more than {MostSources} sources: leave some out")));
            }
        }

        return sources.Count > 0 ? sources : throw new ExperimentException($"there is no source in {path}: give a line x y z at least, or leave -sourcefile out");
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
