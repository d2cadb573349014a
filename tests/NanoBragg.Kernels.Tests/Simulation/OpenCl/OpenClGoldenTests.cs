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
        SimdTolerance.ShouldBeGolden(golden, new(plan.FastPixels, plan.SlowPixels, Array.ConvertAll(image, value => (float)value)), image);

        var stored = new float[image.Length];
        Array.Fill(stored, float.NaN);
        TestDevice.Float.Render(plan, stored);
        SimdTolerance.ShouldBeWithinFloat(Array.ConvertAll(stored, value => (double)value), expected);
    }
}
