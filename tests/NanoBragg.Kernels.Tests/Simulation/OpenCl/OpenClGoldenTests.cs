using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Simulation.Reference;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.OpenCl;

public sealed class OpenClGoldenTests
{
    [OpenClTheory]
    [MemberData(nameof(GoldenCase.Names), MemberType = typeof(GoldenCase))]
    public void Pictures_are_within_the_gates_of_fast_kernels(string name)
    {
        var golden = GoldenCase.Load(name);
        var plan = golden.Plan();
        var expected = new double[plan.FastPixels * plan.SlowPixels];
        new ReferenceBackEnd(0).Render(plan, expected);

        var image = TestDevice.Draw(TestDevice.Double, plan);
        SimdTolerance.ShouldBeWithinDouble(image, expected);
        ShouldBeGolden(golden, new(plan.FastPixels, plan.SlowPixels, Array.ConvertAll(image, value => (float)value)), image);

        var stored = new float[image.Length];
        Array.Fill(stored, float.NaN);
        TestDevice.Float.Render(plan, stored);
        SimdTolerance.ShouldBeWithinFloat(Array.ConvertAll(stored, value => (double)value), expected);
    }

    private static void ShouldBeGolden(GoldenCase golden, DiffractionImage stored, double[] image)
    {
        foreach (var (i, sample) in golden.Samples.Index())
        {
            var place = sample.Slow * golden.FastPixels + sample.Fast;
            double expected = sample.Stored;
            var tolerance = expected >= 1e-6 * golden.Maximum ? 1e-6 * expected : 1e-9 * golden.Maximum;
            Math.Abs(stored.Pixels[place] - expected).ShouldBeLessThanOrEqualTo(tolerance, sample.ToString());
            if (i < 64)
            {
                Math.Abs(image[place] - sample.BeforeStore).ShouldBeLessThanOrEqualTo(1e-8 * sample.BeforeStore, sample.ToString());
            }
        }

        var statistics = stored.Statistics();
        statistics.Sum.ShouldBe(golden.Sum, Math.Max(1e-8 * golden.Sum, double.Epsilon));
        (statistics.MaximumFast, statistics.MaximumSlow).ShouldBe((golden.MaximumFast, golden.MaximumSlow));
        statistics.NonzeroPixels.ShouldBe(golden.NonzeroPixels);
    }
}
