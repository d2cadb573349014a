using NanoBragg.Kernels.Model;
using static NanoBragg.Kernels.CLibrary.CNumber;

namespace NanoBragg.Kernels.Flags;

/// <summary>Flags of the beam.</summary>
internal static class BeamFlags
{
    /// <summary>Gets the tests.</summary>
    public static Flag[] All { get; } =
    [
        new("-polar", 1, (p, v) => p.Beam = p.Beam with { KahnFactor = ToDouble(v[0]), Unpolarised = false }) { WholeWord = true },
        new("-nopolar", 0, (p, _) => p.Beam = p.Beam with { Unpolarised = true }),
        new(["-lambda", "-wave"], 1, (p, v) => p.Beam = p.Beam with { WavelengthMetres = Units.Angstroms(ToDouble(v[0])) }),
        new("-energy", 1, (p, v) => p.Beam = p.Beam with { WavelengthMetres = Units.WavelengthOfElectronVolts(ToDouble(v[0])) }),
        new("-fluence", 1, (p, v) => p.Beam = p.Beam with { FluencePhotonsPerSquareMetre = ToDouble(v[0]) }),
        new("-flux", 1, (p, v) => p.Beam = p.Beam with { FluxPhotonsPerSecond = ToDouble(v[0]) }),
        new("-exposure", 1, (p, v) => p.Beam = p.Beam with { ExposureSeconds = ToDouble(v[0]) }),
        new("-beamsize", 1, (p, v) => p.Beam = p.Beam with { SizeMetres = Units.Millimetres(ToDouble(v[0])) }),

        Divergence("-divergence", (s, word) => s with { Range = Milliradians(word) }, horizontal: true, vertical: true),
        Divergence("-hdivrange", (s, word) => s with { Range = Milliradians(word) }, horizontal: true),
        Divergence("-vdivrange", (s, word) => s with { Range = Milliradians(word) }, vertical: true),
        Divergence("-hdivstep", (s, word) => s with { Step = Milliradians(word) }, horizontal: true) with { WholeWord = true },
        Divergence("-vdivstep", (s, word) => s with { Step = Milliradians(word) }, vertical: true) with { WholeWord = true },
        Divergence("-hdivsteps", (s, word) => s with { Points = ToInt32(word) }, horizontal: true),
        Divergence("-vdivsteps", (s, word) => s with { Points = ToInt32(word) }, vertical: true),
        Divergence("-divsteps", (s, word) => s with { Points = ToInt32(word) }, horizontal: true, vertical: true),
        new("-round_div", 0, (p, _) => p.Beam = p.Beam with { SquareDivergence = false }),
        new("-square_div", 0, (p, _) => p.Beam = p.Beam with { SquareDivergence = true }),
        new("-dispersion", 1, (p, v) => p.Beam = p.Beam with { Dispersion = p.Beam.Dispersion with { Range = ToDouble(v[0]) / 100.0 } }),
        new("-dispsteps", 1, (p, v) => p.Beam = p.Beam with { Dispersion = p.Beam.Dispersion with { Points = ToInt32(v[0]) } }),
        new("-sourcefile", 1, (p, v) => p.SourceFile = v[0]),
    ];

    private static double Milliradians(string word) => ToDouble(word) / 1000.0;

    private static Flag Divergence(string spelling, Func<Spread, string, Spread> change, bool horizontal = false, bool vertical = false) => new(
        spelling, 1, (p, v) => p.Beam = p.Beam with
        {
            HorizontalDivergence = horizontal ? change(p.Beam.HorizontalDivergence, v[0]) : p.Beam.HorizontalDivergence,
            VerticalDivergence = vertical ? change(p.Beam.VerticalDivergence, v[0]) : p.Beam.VerticalDivergence,
        });
}
