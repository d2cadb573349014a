namespace NanoBragg.Kernels.Flags;

/// <summary>
/// Every test that the reference program makes on a word of its command line (cli.md).
/// </summary>
internal static class FlagTable
{
    /// <summary>Gets the tests. Their order matters only after those that end a word, which come first here as there.</summary>
    public static IReadOnlyList<Flag> All { get; } = [.. CrystalFlags.All, .. DetectorFlags.All, .. BeamFlags.All, .. OutputFlags.All, .. IdleFlags.All, .. AmorphousTable.Flags];
}
