using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Tool.Bench;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Bench;

public sealed class RightPicturesTests
{
    private readonly PreparedCase _prepared = PreparedCase.Of(CpuCases.Choose(["A"])[0], StepBudget.Of(20_000));

    [Fact]
    public void A_wrong_picture_is_outside_the_bounds_whether_it_was_compared_or_timed()
    {
        var backEnd = new SimdBackEnd(SimdPrecision.Float, 1);
        var picture = RightPictures.Draw(backEnd, _prepared.Plan);
        var timed = Array.ConvertAll(picture, value => (float)value);
        var right = new RightPictures(_prepared, 1);

        right.Compare(SimdPrecision.Float, backEnd, picture, timed).WithinBounds.ShouldBeTrue();

        timed[100] = 0;
        right.Compare(SimdPrecision.Float, backEnd, picture, timed).WithinBounds.ShouldBeFalse();
        right.Compare(SimdPrecision.Float, backEnd, [.. picture.Select(value => value * 1.001)], [.. picture.Select(value => (float)(value * 1.001))])
            .WithinBounds.ShouldBeFalse();
    }

    [Fact]
    public void What_is_too_large_for_reference_is_compared_with_double_and_double_with_the_middle_of_reference()
    {
        var prepared = PreparedCase.Of(CpuCases.Choose(["B"])[0], StepBudget.Of(10_000_000));
        var right = new RightPictures(prepared, 1);
        var backEnd = new SimdBackEnd(SimdPrecision.Float, 1);
        var picture = RightPictures.Draw(backEnd, prepared.Plan);

        var direct = right.Compare(SimdPrecision.Double, new SimdBackEnd(SimdPrecision.Double, 1), right.Direct, Array.ConvertAll(right.Direct, value => (float)value));
        var fast = right.Compare(SimdPrecision.Float, backEnd, picture, Array.ConvertAll(picture, value => (float)value));

        (direct.Against, direct.Pixels, direct.WithinBounds).ShouldBe(("reference", 48 * 48, true));
        (fast.Against, fast.Pixels, fast.WithinBounds).ShouldBe(("simd-double", 64 * 64, true));
        fast.Pixel.ShouldBeGreaterThan(0);
    }
}
