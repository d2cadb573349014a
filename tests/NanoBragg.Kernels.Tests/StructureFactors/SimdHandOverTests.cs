using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;
using Shouldly;

namespace NanoBragg.Kernels.Tests.StructureFactors;

public sealed class SimdHandOverTests
{
    [Theory]
    [InlineData(SimdPrecision.Double)]
    [InlineData(SimdPrecision.DoubleFast)]
    [InlineData(SimdPrecision.Float)]
    public void Interpolated_structure_factors_are_drawn_by_the_reference_back_end(SimdPrecision precision)
    {
        var plain = SimdPlans.Plan();
        var plan = plain with { InterpolatesStructureFactors = true, StructureFactors = new(new(-1, 1), new(-1, 1), new(-1, 1), [.. Enumerable.Range(1, 27).Select(f => (double)f)]) };
        var expected = new double[40 * 21];
        new ReferenceBackEnd().Render(plan, expected);
        var floats = new float[expected.Length];
        new SimdBackEnd(precision).Render(plan, floats);

        Doubles(plan).ShouldBe(expected);
        floats.ShouldBe(Array.ConvertAll(expected, value => (float)value));
        Doubles(plain).ShouldNotBe(expected);

        double[] Doubles(SimulationPlan drawn)
        {
            var image = new double[expected.Length];
            new SimdBackEnd(precision).Render(drawn, image);
            return image;
        }
    }
}
