using System.Globalization;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using static NanoBragg.Kernels.CLibrary.CFormat;

namespace NanoBragg.Kernels.Imaging;

/// <summary>A rendered picture with all that the reference program makes of it: statistics, scales, images and printed lines (physics.md section 19).</summary>
public sealed class RenderedRun
{
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
        (_plan, _requested, Image) = (plan, requested, image);
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

    /// <summary>Gets what the reference program prints about the picture and what it writes; <see cref="PrintedSetup"/> has what comes before.</summary>
    /// <returns>The lines.</returns>
    public IEnumerable<string> Lines()
    {
        yield return $"max_I = {General(Statistics.Maximum)}  at {General(Statistics.MaximumFastMetres)} {General(Statistics.MaximumSlowMetres)}";
        yield return $"mean= {General(Statistics.Mean)} rms= {General(Statistics.RootMeanSquare)} rmsd= {General(Statistics.Deviation)}";
        yield return $"writing {_requested.FloatFile} as {Image.Pixels.Length.ToString(CultureInfo.InvariantCulture)} 4-byte floats";
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
    }
}
