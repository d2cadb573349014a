namespace NanoBragg.Tool.Diagnostics;

/// <summary>Writes command lines that a POSIX shell reads back word for word.</summary>
internal static class Shell
{
    /// <summary>Quotes one word, where it needs it.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>Joins words into a command line.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));
}
