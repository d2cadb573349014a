using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Imaging;

public sealed class RenderedRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanobragg-run-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("p14-divergence-square-dispersion")]
    [InlineData("p15-sourcefile")]
    [InlineData("p22-mosaic-defaults")]
    [InlineData("p29-roi-mask")]
    [InlineData("p30-water-fluence-noise")]
    [InlineData("c07-phi-from-zero-mosaic-oversampled")]
    public void Every_line_but_those_about_files_is_one_of_the_reference_programs(string name)
    {
        var golden = GoldenCase.Load(name);
        var (experiment, plan) = (golden.Experiment(), golden.Plan());
        var requested = new RequestedImages { Offset = 10, NoiseSeed = 7 };
        var image = new DiffractionImage(plan.FastPixels, plan.SlowPixels, new float[plan.FastPixels * plan.SlowPixels]);
        new ReferenceBackEnd().Render(plan, image.Pixels);

        var lines = PrintedSetup.Lines(experiment, plan).Concat(new RenderedRun(experiment, plan, requested, image).Lines())
            .Where(line => !line.StartsWith("writing", StringComparison.Ordinal)).ToArray();

        // Only that golden has its noise, and some keep fewer lines than others.
        var printed = golden.Json["stdout"]!.AsArray().Select(line => ((string)line!).Trim()).ToArray();
        var compared = lines.Where(line => Array.Exists(printed, p => Start(p) == Start(line))).ToArray();
        compared.Length.ShouldBeGreaterThan(7);
        foreach (var line in compared.Where(line => name.StartsWith("p30", StringComparison.Ordinal) || !line.EndsWith("overloads)", StringComparison.Ordinal)))
        {
            line.Trim().ShouldBeOneOf(printed);
        }
    }

    [Fact]
    public void Images_are_written_under_the_names_of_the_command_line_and_only_those_asked_for()
    {
        var run = Parse("-cell 70 80 90 -default_F 10 -detpixels 8 -N 3 -floatfile a.bin --intimage b.img -nopgm -noisefile c.img -nonoise -adc -3 -seed 5 -pgmscale 2 -scale 3");
        var plan = SimulationPlan.Create(run.Experiment);
        var image = new DiffractionImage(8, 8, new float[64]);

        new RenderedRun(run.Experiment, plan, run.Images, image).Write(_folder.FullName);

        Directory.GetFiles(_folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["a.bin", "b.img"]);
        run.Images.ShouldBe(new()
        {
            FloatFile = "a.bin",
            IntegerFile = "b.img",
            NoiseFile = "c.img",
            WritesPgm = false,
            WritesNoise = false,
            Offset = -3,
            NoiseSeed = 5,
            PgmScale = 2,
            IntegerScale = 3,
        });
    }

    [Theory]
    [InlineData("-nonoise -noisefile n.img", true)]
    [InlineData("-noisefile n.img -nonoise", false)]
    public void The_later_flag_about_noise_wins(string line, bool writes) => Parse("-cell 70 80 90 -default_F 10 " + line).Images.WritesNoise.ShouldBe(writes);

    [Fact]
    public void A_cancelled_run_writes_nothing()
    {
        var run = Parse("-cell 70 80 90 -default_F 10 -detpixels 8");
        var rendered = new RenderedRun(run.Experiment, SimulationPlan.Create(run.Experiment), run.Images, new DiffractionImage(8, 8, new float[64]));

        Should.Throw<OperationCanceledException>(() => rendered.Write(_folder.FullName, new CancellationToken(canceled: true)));

        _folder.GetFiles().ShouldBeEmpty();
    }

    private static string Start(string line) => string.Join(' ', line.Trim().Split([' ', '='], StringSplitOptions.RemoveEmptyEntries).Where(word => !char.IsAsciiDigit(word[0])).Take(1));

    private CommandLineRun Parse(string line) => CommandLineFlags.ParseRun(line.Split(' '), _folder.FullName);
}
