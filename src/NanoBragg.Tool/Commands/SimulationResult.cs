using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Simulation;

namespace NanoBragg.Tool.Commands;

/// <summary>What <c>simulate --json</c> prints.</summary>
/// <param name="BackEnd">Who drew.</param>
/// <param name="FastPixels">Pixels along the fast axis.</param>
/// <param name="SlowPixels">Pixels along the slow axis.</param>
/// <param name="StepsPerPixel">Sources, mosaic domains, phi steps and sub-pixels, multiplied.</param>
/// <param name="Statistics">The C program's statistics of the pixels rendered.</param>
/// <param name="IntegerScale">Counts per photon of the 16-bit image.</param>
/// <param name="PgmScale">Grey levels per photon, or null where no such picture was asked for.</param>
/// <param name="NoisePhotons">Photons of the image with noise, or null where none was asked for.</param>
/// <param name="NoiseOverloads">Pixels of it that had too many counts for 16 bits.</param>
/// <param name="Sha256">Hash of the float image.</param>
/// <param name="Files">The images written.</param>
internal sealed record SimulationResult(
    string BackEnd, int FastPixels, int SlowPixels, int StepsPerPixel, RenderedStatistics Statistics, double IntegerScale, double? PgmScale,
    double? NoisePhotons, int? NoiseOverloads, string Sha256, IReadOnlyList<string> Files)
{
    /// <summary>Collects the figures of a run.</summary>
    public static SimulationResult Of(RenderedRun rendered, SimulationPlan plan, CommandLineRun run, IBackEnd backEnd, string? png) => new(
        backEnd.Name,
        plan.FastPixels,
        plan.SlowPixels,
        plan.StepsPerPixel,
        rendered.Statistics,
        rendered.IntegerScale,
        run.Images.WritesPgm ? rendered.PgmScale : null,
        rendered.Noise?.Photons,
        rendered.Noise?.Overloads,
        rendered.Image.Sha256(),
        [.. run.Images.Files, .. png is null ? (ReadOnlySpan<string>)[] : [png]]);
}
