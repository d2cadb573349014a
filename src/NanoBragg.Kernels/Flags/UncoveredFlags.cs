using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Flags;

/// <summary>Flags that change the picture of the reference program and that are not yet simulated. They are refused, never ignored.</summary>
internal static class UncoveredFlags
{
    /// <summary>Gets the tests.</summary>
    public static Flag[] All { get; } =
    [
        RefusedWord("-stol", 1), RefusedWord("-4stol", 1), RefusedWord("-Q", 1),
    ];

    private static Flag Refused(string spelling, int valueCount) => new(spelling, valueCount, (_, _) => throw ExperimentException.NotYetSimulated(spelling));

    private static Flag RefusedWord(string spelling, int valueCount) => Refused(spelling, valueCount) with { WholeWord = true };
}
