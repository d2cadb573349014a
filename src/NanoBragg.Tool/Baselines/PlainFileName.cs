namespace NanoBragg.Tool.Baselines;

/// <summary>Names of files that come from somebody else: only what cannot lead out of a folder, on any system, is a name.</summary>
internal static class PlainFileName
{
    private const int MostLength = 200;

    /// <summary>Tells whether a name is one.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it names a file of a folder, and nothing else.</returns>
    public static bool Is(string name) =>
        name.Length is > 0 and <= MostLength
        && name[0] is not (' ' or '.')
        && name[^1] is not (' ' or '.')
        && !name.Any(c => char.IsControl(c) || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|');
}
