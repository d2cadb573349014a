namespace NanoBragg.Kernels.Flags;

/// <summary>
/// One test of the reference program's command line. A word passes it when it contains one of the spellings anywhere, so a word may pass several tests,
/// and values are not consumed: the next word is tested too, if it starts with a dash.
/// </summary>
/// <param name="Spellings">What the word must contain one of.</param>
/// <param name="ValueCount">Words that must follow, or the flag is ignored.</param>
/// <param name="Apply">What the flag does, given the words that follow.</param>
internal sealed record Flag(string[] Spellings, int ValueCount, Action<ParsedFlags, ArraySegment<string>> Apply)
{
    /// <summary>Makes a test with one spelling.</summary>
    /// <param name="spelling">What the word must contain.</param>
    /// <param name="valueCount">Words that must follow.</param>
    /// <param name="apply">What the flag does.</param>
    public Flag(string spelling, int valueCount, Action<ParsedFlags, ArraySegment<string>> apply)
        : this([spelling], valueCount, apply)
    {
    }

    /// <summary>Gets whether the word must be the first spelling and nothing more.</summary>
    public bool WholeWord { get; init; }

    /// <summary>Gets what the next word must contain, or null for anything.</summary>
    public string? NextWordContains { get; init; }

    /// <summary>Gets how many of the words that follow are the flag's own, at most.</summary>
    public int Takes { get; init; } = ValueCount;

    /// <summary>Gets whether a word that passes is not tested any further.</summary>
    public bool EndsWord { get; init; }

    /// <summary>Whether a word passes the test.</summary>
    /// <param name="word">The word.</param>
    /// <param name="following">The words after it.</param>
    /// <returns>True if it does.</returns>
    public bool Matches(string word, ArraySegment<string> following) =>
        (WholeWord ? word == Spellings[0] : Array.Exists(Spellings, s => word.Contains(s, StringComparison.Ordinal)))
        && following.Count >= ValueCount
        && (NextWordContains is null || following[0].Contains(NextWordContains, StringComparison.Ordinal));
}
