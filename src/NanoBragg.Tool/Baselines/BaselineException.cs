namespace NanoBragg.Tool.Baselines;

/// <summary>The baseline cannot be read. Nothing has been written.</summary>
/// <param name="path">The file.</param>
/// <param name="position">Where in the file.</param>
/// <param name="problem">What is wrong and what to do. What it quotes of the file may hold anything, and becomes one short line without control characters.</param>
internal sealed class BaselineException(string path, JsonPosition position, string problem) : Exception(OneLine(problem))
{
    private const int MostCharacters = 600;

    /// <summary>Gets the file.</summary>
    public string Path { get; } = path;

    /// <summary>Gets where in the file.</summary>
    public JsonPosition Position { get; } = position;

    private static string OneLine(string problem)
    {
        var line = string.Concat(problem.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? '\uFFFD' : c));
        return line.Length > MostCharacters ? line[..MostCharacters] + " …" : line;
    }
}
