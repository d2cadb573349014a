namespace NanoBragg.Kernels.Flags;

/// <summary>
/// Every test that the reference program makes on a word of its command line and that decides the picture (cli.md). Output flags are not here:
/// they are ignored like the words that the program does not know.
/// </summary>
internal static class FlagTable
{
    /// <summary>Gets the tests. Their order matters only after those that end a word, which come first here as there.</summary>
    public static IReadOnlyList<Flag> All { get; } = [.. CrystalFlags.All, .. DetectorFlags.All, .. BeamFlags.All, .. UncoveredFlags.All];
}
