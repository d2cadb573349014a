using NanoBragg.Kernels.Model;
using static NanoBragg.Kernels.Flags.CNumber;

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
    ];
}
