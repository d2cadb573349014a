using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Flags;

/// <summary>Flags that change the picture of the reference program and that are not yet simulated. They are refused, never ignored.</summary>
internal static class UncoveredFlags
{
    /// <summary>Gets the tests.</summary>
    public static Flag[] All { get; } =
    [
        Refused("-water", 1),
        RefusedWord("-stol", 1), RefusedWord("-4stol", 1), RefusedWord("-Q", 1),
        Refused("-img", 1), Refused("-mask", 1),
        Refused("-sourcefile", 1), Refused("-dispersion", 1), Refused("-dispsteps", 1), Refused("-divergence", 1),
        Refused("-hdivrange", 1), Refused("-vdivrange", 1), RefusedWord("-hdivstep", 1), RefusedWord("-vdivstep", 1),
        Refused("-hdivsteps", 1), Refused("-vdivsteps", 1), Refused("-divsteps", 1), Refused("-square_div", 0),
    ];

    private static Flag Refused(string spelling, int valueCount) => new(spelling, valueCount, (_, _) => throw ExperimentException.NotYetSimulated(spelling));

    private static Flag RefusedWord(string spelling, int valueCount) => Refused(spelling, valueCount) with { WholeWord = true };
}
