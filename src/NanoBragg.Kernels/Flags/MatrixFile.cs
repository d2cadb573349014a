using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Flags;

/// <summary>Reads MOSFLM orientation matrices.</summary>
internal static class MatrixFile
{
    /// <summary>Reads the first nine numbers of a file: a line each for the x, y and z components of a*, b* and c*.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The matrix, or null if there is no such file or it cannot be read.</returns>
    /// <exception cref="ExperimentException">The file does not start with nine numbers.</exception>
    public static MosflmMatrix? TryRead(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 9 || Array.Exists(words[..9], word => !CNumber.StartsNumber(word)))
        {
            throw new ExperimentException($"{path} does not start with the nine numbers of a MOSFLM matrix; correct it, or use -cell and -misset");
        }

        var m = Array.ConvertAll(words[..9], CNumber.ToDouble);
        return new(new(m[0], m[3], m[6]), new(m[1], m[4], m[7]), new(m[2], m[5], m[8]));
    }
}
