using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using static NanoBragg.Kernels.Imaging.CFormat;

namespace NanoBragg.Kernels.Imaging;

/// <summary>A rendered picture with all that the reference program makes of it: statistics, scales, images and printed lines (physics.md section 19).</summary>
public sealed class RenderedRun
{
    private readonly Experiment _experiment;
    private readonly SimulationPlan _plan;
    private readonly RequestedImages _requested;
    private readonly ImageHeader _header;

    /// <summary>Sums a picture up and draws its noise.</summary>
    /// <param name="experiment">What it shows.</param>
    /// <param name="plan">The experiment's plan.</param>
    /// <param name="requested">The images that are asked for.</param>
    /// <param name="image">The picture.</param>
    public RenderedRun(Experiment experiment, SimulationPlan plan, RequestedImages requested, DiffractionImage image)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(image);
        (_experiment, _plan, _requested, Image) = (experiment, plan, requested, image);
        _header = ImageHeader.Of(experiment);
        Statistics = RenderedStatistics.Of(image, plan);
        IntegerScale = IntegerImage.Scale(requested.IntegerScale, Statistics.Maximum);
        PgmScale = PgmImage.Scale(requested.PgmScale, Statistics.Deviation, IntegerScale);
        Noise = requested.WritesNoise ? NoiseImage.Of(image, requested.Offset, plan.Region, plan.StartNoise(requested.NoiseSeed)) : null;
    }

    /// <summary>Gets the picture.</summary>
    public DiffractionImage Image { get; }

    /// <summary>Gets the statistics of the pixels rendered.</summary>
    public RenderedStatistics Statistics { get; }

    /// <summary>Gets the counts per photon of the 16-bit image.</summary>
    public double IntegerScale { get; }

    /// <summary>Gets the grey levels per photon of the 8-bit picture.</summary>
    public double PgmScale { get; }

    /// <summary>Gets the image with noise, or null where none is asked for.</summary>
    public NoiseImage? Noise { get; }

    /// <summary>Writes the images that are asked for, each as a whole or not at all.</summary>
    /// <param name="workingDirectory">Where relative file names start.</param>
    /// <param name="cancellation">Asked before each file.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the files that are there are whole.</exception>
    public void Write(string workingDirectory, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        FloatImageFile.Write(Path.Combine(workingDirectory, _requested.FloatFile), Image);
        cancellation.ThrowIfCancellationRequested();
        SmvFile.Write(
            Path.Combine(workingDirectory, _requested.IntegerFile), _header, IntegerImage.Of(Image, IntegerScale, _requested.Offset, _plan.Region));
        if (_requested.WritesPgm)
        {
            cancellation.ThrowIfCancellationRequested();
            PgmImage.Write(Path.Combine(workingDirectory, _requested.PgmFile), Image, PgmScale, _plan.Region);
        }

        if (Noise is not null)
        {
            cancellation.ThrowIfCancellationRequested();
            SmvFile.Write(Path.Combine(workingDirectory, _requested.NoiseFile), _header, Noise.Counts);
        }
    }

    /// <summary>Gets what the reference program prints about the geometry, the sampling and the picture: its lines, without those on the way there.</summary>
    /// <returns>The lines.</returns>
    public IEnumerable<string> Lines()
    {
        var (crystal, detector) = (_experiment.Crystal, _experiment.Detector);
        var (region, dials) = (_plan.Region, _header.DialsOriginMillimetres);
        var dispersion = SampledRange.Of(_experiment.Beam.Dispersion);
        var start = _header.PhiStartRadians * Units.DegreesPerRadian;
        var end = (_header.PhiStartRadians + _header.OscillationRadians) * Units.DegreesPerRadian;
        yield return $"  wave={General(_header.WavelengthMetres)} meters +/- {General(100.0 * dispersion.Range)}% in {Whole(dispersion.Points)} steps";
        yield return $"  distance={General(_header.DistanceMetres)} detsize={General(detector.FastSizeMetres)}x{General(_header.SlowSizeMetres)}"
            + $"  pixel={General(_header.PixelSizeMetres)} meters ({Whole(_header.FastPixels)}x{Whole(_header.SlowPixels)} pixels)";
        yield return $"  Xbeam={General(_header.BeamCentreMetres.X)} Ybeam={General(_header.BeamCentreMetres.Y)}";
        yield return $"  Fbeam={General(_header.BeamMetres.Fast)} Sbeam={General(_header.BeamMetres.Slow)}";
        yield return $"  dials origin= {General(dials.X)} {General(dials.Y)} {General(dials.Z)}";
        yield return $"  roi: {Whole(region.FirstFast)} < x < {Limit(region.LastFast, _plan.FastPixels)}"
            + $" && {Whole(region.FirstSlow)} < y < {Limit(region.LastSlow, _plan.SlowPixels)}";
        yield return $"  {Whole(_plan.Sources.Count)} sources";
        yield return $"  {Whole(_plan.MosaicDomains)} mosaic domains over mosaic spread of {General(crystal.MosaicSpreadRadians * Units.DegreesPerRadian)} degrees";
        yield return $"  {Whole(_plan.PhiSteps)} phi steps from {General(start)} to {General(end)} degrees";
        yield return $"  {Whole(_plan.Oversample)}x{Whole(_plan.Oversample)} pixel oversample steps";
        yield return $"max_I = {General(Statistics.Maximum)}  at {General(Statistics.MaximumFastMetres)} {General(Statistics.MaximumSlowMetres)}";
        yield return $"mean= {General(Statistics.Mean)} rms= {General(Statistics.RootMeanSquare)} rmsd= {General(Statistics.Deviation)}";
        yield return $"writing {_requested.FloatFile} as {Whole(Image.Pixels.Length)} 4-byte floats";
        yield return $"intfile_scale = {General(IntegerScale)}";
        yield return $"writing {_requested.IntegerFile} as 2-byte integers";
        if (_requested.WritesPgm)
        {
            yield return $"pgm_scale = {General(PgmScale)}";
            yield return $"writing {_requested.PgmFile} as 1-byte integers";
        }

        if (Noise is not null)
        {
            yield return FormattableString.Invariant($"{Noise.Photons:F0} photons on noise image ({Noise.Overloads} overloads)");
            yield return $"writing {_requested.NoiseFile} as 2-byte integers";
        }

        static string Whole(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

        static string Limit(int last, int pixels) => Whole(last == int.MaxValue ? pixels : last);
    }
}
