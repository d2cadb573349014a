using System.Runtime.InteropServices;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Simulation.Reference;
using Shouldly;

namespace NanoBragg.Kernels.Tests;

public sealed class ReferenceGoldenTests
{
    [Theory]
    [MemberData(nameof(GoldenCase.Names), MemberType = typeof(GoldenCase))]
    public void Doubles_have_the_bits_of_the_reference_program(string name)
    {
        var golden = GoldenCase.Load(name);
        var plan = golden.Plan();
        var image = new double[plan.FastPixels * plan.SlowPixels];

        new ReferenceBackEnd().Render(plan, image);

        foreach (var sample in golden.Samples)
        {
            var value = image[sample.Slow * plan.FastPixels + sample.Fast];
            BitConverter.DoubleToInt64Bits(value).ShouldBe(BitConverter.DoubleToInt64Bits(sample.BeforeStore), $"{sample}, computed {value:R}");
        }
    }

    [Theory]
    [MemberData(nameof(GoldenCase.Names), MemberType = typeof(GoldenCase))]
    public void Any_number_of_threads_gives_the_same_bits(string name)
    {
        var plan = GoldenCase.Load(name).Plan();
        var (one, many) = (new double[plan.FastPixels * plan.SlowPixels], new double[plan.FastPixels * plan.SlowPixels]);
        new ReferenceBackEnd().Render(plan, one);

        new ReferenceBackEnd(threads: 5).Render(plan, many);

        MemoryMarshal.Cast<double, long>(many).SequenceEqual(MemoryMarshal.Cast<double, long>(one)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(GoldenCase.Names), MemberType = typeof(GoldenCase))]
    public void Float_image_is_the_reference_programs_byte_for_byte(string name)
    {
        var golden = GoldenCase.Load(name);
        var plan = golden.Plan();
        var image = new DiffractionImage(plan.FastPixels, plan.SlowPixels, new float[plan.FastPixels * plan.SlowPixels]);

        new ReferenceBackEnd().Render(plan, image.Pixels);

        foreach (var sample in golden.Samples)
        {
            image.Pixels[sample.Slow * plan.FastPixels + sample.Fast].ShouldBe(sample.Stored, sample.ToString());
        }

        var statistics = image.Statistics();
        statistics.Sum.ShouldBe(golden.Sum, Math.Max(1e-12 * golden.Sum, double.Epsilon));
        ((double)statistics.Maximum).ShouldBe(golden.Maximum, Math.Max(1e-14 * golden.Maximum, double.Epsilon));
        (statistics.MaximumFast, statistics.MaximumSlow).ShouldBe((golden.MaximumFast, golden.MaximumSlow));
        statistics.NonzeroPixels.ShouldBe(golden.NonzeroPixels);
        image.Sha256().ShouldBe(golden.Sha256);
    }

    [Theory]
    [MemberData(nameof(GoldenCase.Names), MemberType = typeof(GoldenCase))]
    public void Plan_has_the_size_and_the_steps_of_the_reference_program(string name)
    {
        var golden = GoldenCase.Load(name);
        var plan = golden.Plan();

        (plan.FastPixels, plan.SlowPixels).ShouldBe((golden.FastPixels, golden.SlowPixels));
        plan.StepsPerPixel.ShouldBe(golden.PrintedStepsPerPixel());
        var rendered = Enumerable.Range(0, plan.FastPixels * plan.SlowPixels).Count(i => plan.Renders(i % plan.FastPixels, i / plan.FastPixels));
        (plan.RenderedPixels, plan.Steps).ShouldBe((rendered, (long)rendered * plan.StepsPerPixel));
    }
}
