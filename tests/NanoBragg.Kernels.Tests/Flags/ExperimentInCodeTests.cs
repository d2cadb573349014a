using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;
using Shouldly;
using SimulateInCode;

namespace NanoBragg.Kernels.Tests.Flags;

/// <summary>What is built in code is what flags make (samples/SimulateInCode).</summary>
public sealed class ExperimentInCodeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanobragg-code-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Code_and_flags_make_the_same_experiment()
    {
        var (code, flags) = (MosaicCrystal.Experiment(), CommandLineFlags.Parse(MosaicCrystal.Flags.Split(' '), _folder.FullName));

        code.Crystal.ShouldBe(flags.Crystal);
        code.Detector.ShouldBe(flags.Detector);
        code.Beam.ShouldBe(flags.Beam);
        code.Sampling.ShouldBe(flags.Sampling);
        code.ShouldBe(flags);
    }

    [Fact]
    public void Code_and_flags_draw_the_same_picture()
    {
        var image = MosaicCrystal.Experiment().Simulate(new ReferenceBackEnd());

        var plan = SimulationPlan.Create(CommandLineFlags.Parse(MosaicCrystal.Flags.Split(' '), _folder.FullName));
        var expected = new float[plan.FastPixels * plan.SlowPixels];
        new ReferenceBackEnd().Render(plan, expected);
        (image.FastPixels, image.SlowPixels).ShouldBe((256, 256));
        image.Pixels.ShouldBe(expected);
        image.Statistics().Sum.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_experiment_of_three_parts_is_sampled_by_the_rules()
    {
        var whole = MosaicCrystal.Experiment();

        new Experiment(whole.Crystal, whole.Detector, whole.Beam).ShouldBe(whole with { Sampling = new() });
    }

    [Fact]
    public void The_fast_device_draws_it_within_its_tolerance()
    {
        var (exact, fast) = (MosaicCrystal.Experiment().Simulate(new ReferenceBackEnd()), MosaicCrystal.Experiment().Simulate(new SimdBackEnd(SimdPrecision.Double)));

        fast.Statistics().Sum.ShouldBe(exact.Statistics().Sum, 1e-8 * exact.Statistics().Sum);
    }

    [Fact]
    public void What_cannot_be_simulated_says_why() =>
        Should.Throw<ExperimentException>(() => new Experiment(new(), new(), new()).Simulate(new ReferenceBackEnd())).Message.ShouldNotBeEmpty();
}
