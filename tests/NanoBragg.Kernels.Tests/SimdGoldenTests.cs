using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;
using Shouldly;

namespace NanoBragg.Kernels.Tests;

public sealed class SimdGoldenTests
{
    [Theory]
    [MemberData(nameof(GoldenCase.Names), MemberType = typeof(GoldenCase))]
    public void Double_pictures_are_within_the_gates_of_fast_kernels(string name)
    {
        var golden = GoldenCase.Load(name);
        var plan = golden.Plan();
        var image = new double[plan.FastPixels * plan.SlowPixels];
        var stored = new DiffractionImage(plan.FastPixels, plan.SlowPixels, new float[image.Length]);
        Array.Fill(image, double.NaN);
        Array.Fill(stored.Pixels, float.NaN);

        new SimdBackEnd(SimdPrecision.Double, 1).Render(plan, image);
        new SimdBackEnd(SimdPrecision.Double, 3).Render(plan, stored.Pixels);

        stored.Pixels.ShouldBe(Array.ConvertAll(image, value => (float)value));
        SimdTolerance.ShouldBeGolden(golden, stored, image);
        SimdTolerance.ShouldBeWithinDouble(image, Reference(plan));
    }

    [Theory]
    [MemberData(nameof(GoldenCase.Names), MemberType = typeof(GoldenCase))]
    public void Float_pictures_keep_sum_peaks_and_correlation(string name)
    {
        var golden = GoldenCase.Load(name);
        var plan = golden.Plan();
        var image = new double[plan.FastPixels * plan.SlowPixels];
        var stored = new float[image.Length];
        Array.Fill(image, double.NaN);
        Array.Fill(stored, float.NaN);

        new SimdBackEnd(SimdPrecision.Float, 1).Render(plan, image);
        new SimdBackEnd(SimdPrecision.Float, 3).Render(plan, stored);

        stored.ShouldBe(Array.ConvertAll(image, value => (float)value));
        SimdTolerance.ShouldBeWithinFloat(image, Reference(plan));
    }

    [Theory]
    [MemberData(nameof(GoldenCase.Names), MemberType = typeof(GoldenCase))]
    public void Fast_double_pictures_keep_sum_peaks_and_correlation(string name)
    {
        var plan = GoldenCase.Load(name).Plan();
        var image = new double[plan.FastPixels * plan.SlowPixels];
        var stored = new float[image.Length];
        Array.Fill(image, double.NaN);
        Array.Fill(stored, float.NaN);

        new SimdBackEnd(SimdPrecision.DoubleFast, 1).Render(plan, image);
        new SimdBackEnd(SimdPrecision.DoubleFast, 3).Render(plan, stored);

        stored.ShouldBe(Array.ConvertAll(image, value => (float)value));
        SimdTolerance.ShouldBeWithinFastDouble(image, Reference(plan));
    }

    [Fact]
    public void Many_orientations_and_sub_pixels_stay_within_the_gates()
    {
        var plan = SimulationPlan.Create(CommandLineFlags.Parse(
            [.. "-cell 70 80 90 85 95 105 -lambda 1.5 -N 8 -default_F 100 -misset 10 5 3 -distance 100 -detpixels 32 -oversample 2".Split(' '),
            .. "-phi 0 -osc 1 -phisteps 10 -mosaic 0.5 -mosaic_domains 50".Split(' ')],
            AppContext.BaseDirectory));
        plan.StepsPerPixel.ShouldBe(2000);
        var expected = Reference(plan);
        var image = new double[expected.Length];

        new SimdBackEnd(SimdPrecision.Double).Render(plan, image);
        SimdTolerance.ShouldBeWithinDouble(image, expected);

        new SimdBackEnd(SimdPrecision.DoubleFast).Render(plan, image);
        SimdTolerance.ShouldBeWithinFastDouble(image, expected);

        new SimdBackEnd(SimdPrecision.Float).Render(plan, image);
        SimdTolerance.ShouldBeWithinFloat(image, expected);
    }

    private static double[] Reference(SimulationPlan plan)
    {
        var image = new double[plan.FastPixels * plan.SlowPixels];
        new ReferenceBackEnd().Render(plan, image);
        return image;
    }
}
