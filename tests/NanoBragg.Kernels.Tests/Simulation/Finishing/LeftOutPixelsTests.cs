using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Kernels.Tests.Imaging;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.Finishing;

/// <summary>Regions and masks in the fast back ends; those of the reference one are in <see cref="WrittenImageTests"/>.</summary>
public sealed class LeftOutPixelsTests
{
    [Theory]
    [InlineData("i09-mask-and-region")]
    [InlineData("i11-mask-then-img-then-flags-and-phi-from-zero")]
    [InlineData("i12-region-past-the-detector")]
    [InlineData("i13-empty-region")]
    public void Fast_pictures_leave_out_what_the_reference_leaves_out(string name)
    {
        var plan = SimulationPlan.Create(ImageCase.Experiment(name));
        var expected = new double[plan.FastPixels * plan.SlowPixels];
        var (actual, inFloat) = (new double[expected.Length], new float[expected.Length]);

        new ReferenceBackEnd().Render(plan, expected);
        new SimdBackEnd(SimdPrecision.Double).Render(plan, actual);
        new SimdBackEnd(SimdPrecision.Float).Render(plan, inFloat);

        plan.RendersAll.ShouldBeFalse();
        actual.Select(value => value == 0.0).ShouldBe(expected.Select(value => value == 0.0));
        inFloat.Select(value => value == 0.0f).ShouldBe(expected.Select(value => value == 0.0));
        if (name != "i13-empty-region")
        {
            SimdTolerance.ShouldBeWithinDouble(actual, expected);
            SimdTolerance.ShouldBeWithinFloat(Array.ConvertAll(inFloat, value => (double)value), expected);
        }
    }

    [Fact]
    public void The_runs_first_evaluation_belongs_to_the_first_pixel_that_is_rendered()
    {
        var plan = SimulationPlan.Create(ImageCase.Experiment("i11-mask-then-img-then-flags-and-phi-from-zero"));
        var expected = new double[plan.FastPixels * plan.SlowPixels];
        var actual = new double[expected.Length];

        new ReferenceBackEnd().Render(plan, expected);
        new SimdBackEnd(SimdPrecision.Double).Render(plan, actual);

        var first = Array.FindIndex(expected, value => value != 0.0);
        plan.FirstEvaluationOrientations.ShouldNotBeNull();
        actual[first].ShouldBe(expected[first]);
        new ReferenceBackEnd().Render(plan with { FirstEvaluationOrientations = null }, actual);
        actual[first].ShouldNotBe(expected[first]);
    }
}
