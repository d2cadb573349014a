namespace NanoBragg.Kernels.Flags;

/// <summary>Flags that are known and change no image, here or in the reference program. A word like one of them is no mistake.</summary>
internal static class IdleFlags
{
    /// <summary>Gets the tests.</summary>
    public static Flag[] All { get; } =
    [
        // Read beforehand: see HeaderFiles.
        Idle("-img", 1), Idle("-mask", 1),
        Idle("-density", 1), Idle("-sample_den", 1), Idle("-MW", 1) with { WholeWord = true }, Idle("-molec", 1),
        Idle("-coherent", 0), Idle("-stolout", 1),
    ];

    private static Flag Idle(string spelling, int valueCount) => new(spelling, valueCount, (_, _) => { });
}
