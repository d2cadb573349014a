namespace NanoBragg.Tool.Baselines;

/// <summary>The baseline cannot be read. Nothing has been written.</summary>
/// <param name="path">The file.</param>
/// <param name="position">Where in the file.</param>
/// <param name="problem">What is wrong and what to do, in one line.</param>
internal sealed class BaselineException(string path, JsonPosition position, string problem) : Exception(problem)
{
    /// <summary>Gets the file.</summary>
    public string Path { get; } = path;

    /// <summary>Gets where in the file.</summary>
    public JsonPosition Position { get; } = position;
}
