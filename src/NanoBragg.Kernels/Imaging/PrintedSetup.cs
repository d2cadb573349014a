using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using static System.FormattableString;
using static NanoBragg.Kernels.CLibrary.CFormat;

namespace NanoBragg.Kernels.Imaging;

/// <summary>What the reference program prints about the geometry and the sampling, before it draws.</summary>
public static class PrintedSetup
{
    /// <summary>Writes the lines of an experiment.</summary>
    /// <param name="experiment">What is simulated.</param>
    /// <param name="plan">The experiment's plan.</param>
    /// <returns>The lines.</returns>
    public static IEnumerable<string> Lines(Experiment experiment, SimulationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(plan);
        var header = ImageHeader.Of(experiment);
        var (region, dials) = (plan.Region, header.DialsOriginMillimetres);
        var dispersion = SampledRange.Of(experiment.Beam.Dispersion);
        var start = header.PhiStartRadians * Units.DegreesPerRadian;
        var end = (header.PhiStartRadians + header.OscillationRadians) * Units.DegreesPerRadian;
        var spread = experiment.Crystal.MosaicSpreadRadians * Units.DegreesPerRadian;
        return
        [
            Invariant($"  wave={General(header.WavelengthMetres)} meters +/- {General(100.0 * dispersion.Range)}% in {dispersion.Points} steps"),
            Invariant($"  distance={General(header.DistanceMetres)} detsize={General(experiment.Detector.FastSizeMetres)}x{General(header.SlowSizeMetres)}")
                + Invariant($"  pixel={General(header.PixelSizeMetres)} meters ({header.FastPixels}x{header.SlowPixels} pixels)"),
            $"  Xbeam={General(header.BeamCentreMetres.X)} Ybeam={General(header.BeamCentreMetres.Y)}",
            $"  Fbeam={General(header.BeamMetres.Fast)} Sbeam={General(header.BeamMetres.Slow)}",
            $"  dials origin= {General(dials.X)} {General(dials.Y)} {General(dials.Z)}",
            Invariant($"  roi: {region.FirstFast} < x < {Limit(region.LastFast, plan.FastPixels)}")
                + Invariant($" && {region.FirstSlow} < y < {Limit(region.LastSlow, plan.SlowPixels)}"),
            Invariant($"  {plan.Sources.Count} sources"),
            Invariant($"  {plan.MosaicDomains} mosaic domains over mosaic spread of {General(spread)} degrees"),
            Invariant($"  {plan.PhiSteps} phi steps from {General(start)} to {General(end)} degrees"),
            Invariant($"  {plan.Oversample}x{plan.Oversample} pixel oversample steps"),
        ];
    }

    private static int Limit(int last, int pixels) => last == int.MaxValue ? pixels : last;
}
