using NanoBragg.Kernels.Benchmarks;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using Shouldly;
using Xunit;

namespace NanoBragg.Kernels.Tests;

/// <summary>The figures that the AT-PERF scenarios check against are those of the Reference back end, to the bit of the picture.</summary>
public sealed class KnownPictureTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void Known_cubic_pictures_are_those_of_the_reference(int pixels) => Matches(AtPerfScenarios.Cubic(pixels), KnownPictures.Cubic(pixels));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Known_oversampled_pictures_are_those_of_the_reference(int oversample) =>
        Matches(AtPerfScenarios.Cubic(256, oversample: oversample), KnownPictures.Oversampled(oversample));

    [Fact]
    public void The_known_picture_of_the_thread_scenario_is_that_of_the_reference() =>
        Matches(AtPerfScenarios.Cubic(1024, cells: 10, wavelengthAngstroms: 1, oversample: 1), KnownPictures.Threads);

    [Fact]
    public void The_known_triclinic_picture_is_that_of_the_reference() => Matches(AtPerfScenarios.Triclinic, KnownPictures.Triclinic);

    [Fact]
    public void A_picture_with_one_wrong_peak_is_refused_by_name()
    {
        var known = new KnownPicture(Sum: 10, Maximum: 4, MaximumSlow: 1, MaximumFast: 0);
        known.Verify(new DiffractionImage(2, 2, [1, 2, 4, 3]), 1e-6, 1e-6)["maximum"].ShouldBe(4);
        Should.Throw<InvalidOperationException>(() => known.Verify(new DiffractionImage(2, 2, [1, 2, 3, 4]), 1e-6, 1e-6))
            .Message.ShouldContain("value at the known maximum");
        Should.Throw<InvalidOperationException>(() => known.Verify(new DiffractionImage(2, 2, [1, 2, 4, 4]), 1e-6, 1e-6))
            .Message.ShouldContain("sum is 11");
        Should.Throw<InvalidOperationException>(() => known.Verify(new DiffractionImage(2, 2, [1, 2, 4, float.NaN]), 1e-6, 1e-6));
    }

    private static void Matches(Experiment experiment, KnownPicture known)
    {
        var plan = SimulationPlan.Create(experiment);
        var image = new DiffractionImage(plan.FastPixels, plan.SlowPixels, new float[plan.FastPixels * plan.SlowPixels]);
        new ReferenceBackEnd().Render(plan, image.Pixels);
        var statistics = image.Statistics();
        statistics.Sum.ShouldBe(known.Sum, 1e-13 * known.Sum);
        statistics.Maximum.ShouldBe((float)known.Maximum);
        (statistics.MaximumSlow, statistics.MaximumFast).ShouldBe((known.MaximumSlow, known.MaximumFast));
    }
}
