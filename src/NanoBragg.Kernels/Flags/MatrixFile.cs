using NanoBragg.Kernels.CLibrary;
using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Flags;

/// <summary>Reads MOSFLM orientation matrices.</summary>
internal static class MatrixFile
{
    private const int Numbers = 9;

    /// <summary>Reads the first nine numbers of a file: a line each for the x, y and z components of a*, b* and c*. What follows is not read.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The matrix, or null if there is no such file or it cannot be read.</returns>
    /// <exception cref="ExperimentException">The file does not start with nine numbers.</exception>
    public static MosflmMatrix? TryRead(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads a matrix.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="path">Its file, for errors.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ExperimentException">The text does not start with nine numbers.</exception>
    internal static MosflmMatrix Read(Stream stream, string path)
    {
        var m = new List<double>(Numbers);
        foreach (var (number, text) in BoundedLines.Read(stream, path))
        {
            foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                m.Add(CNumber.StartsNumber(word) ? CNumber.ToDouble(word) : throw new ExperimentException(FormattableString.Invariant(
                    $"{path}:{number}: a MOSFLM matrix starts with nine numbers, and this is none of them: '{Start(word)}'; correct it, or use -cell and -misset")));
                if (m.Count == Numbers)
                {
                    return new(new(m[0], m[3], m[6]), new(m[1], m[4], m[7]), new(m[2], m[5], m[8]));
                }
            }
        }

        throw new ExperimentException(FormattableString.Invariant(
            $"{path} ends after {m.Count} of the nine numbers of a MOSFLM matrix; complete it, or use -cell and -misset"));
    }

    // As much of a word as fits a message, and nothing that a terminal would act on.
    private static string Start(string word) =>
        string.Concat(word.Take(20).Select(c => c is > ' ' and <= '~' ? c : '?')) + (word.Length > 20 ? "…" : "");
}
