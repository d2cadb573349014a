namespace NanoBragg.Tool.Baselines;

/// <summary>A place in a text, counted from 1, as editors and MSBuild count.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column of the first character, in UTF-16 units.</param>
/// <param name="EndColumn">The column after the last character.</param>
internal readonly record struct JsonPosition(int Line, int Column, int EndColumn)
{
    /// <summary>Gets the first character of a file.</summary>
    public static JsonPosition Start { get; } = new(1, 1, 1);
}
