using NanoBragg.Kernels.Simulation.Reference;

namespace NanoBragg.Kernels.Tests.Simulation.Ilgpu;

public sealed class IlgpuGoldenTests
{
    [Theory]
    [MemberData(nameof(GoldenCase.Names), MemberType = typeof(GoldenCase))]
    public void Pictures_are_within_the_gates_of_fast_kernels(string name)
    {
        var golden = GoldenCase.Load(name);
        var plan = golden.Plan();
        var expected = new double[plan.FastPixels * plan.SlowPixels];
        new ReferenceBackEnd(0).Render(plan, expected);

        var image = TestAccelerator.Draw(plan);
        SimdTolerance.ShouldBeWithinDouble(image, expected);
        SimdTolerance.ShouldBeGolden(golden, new(plan.FastPixels, plan.SlowPixels, Array.ConvertAll(image, value => (float)value)), image);
    }
}
