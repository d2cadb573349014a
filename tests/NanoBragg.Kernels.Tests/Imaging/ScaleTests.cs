using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Physics;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Imaging;

public sealed class ScaleTests
{
    private static readonly DiffractionImage Image = new(4, 2, [0, 1, 2, 3, -1, 1e9f, float.NaN, 0.5f]);

    [Fact]
    public void The_largest_value_becomes_55000_counts_unless_a_scale_is_given()
    {
        IntegerImage.Scale(0.0, 11.0).ShouldBe(5000.0);
        IntegerImage.Scale(-1.0, 0.0).ShouldBe(1.0);
        IntegerImage.Scale(2.0, 11.0).ShouldBe(2.0);
    }

    [Fact]
    public void Five_deviations_become_level_250_unless_a_scale_is_given()
    {
        PgmImage.Scale(0.0, 10.0, 7.0).ShouldBe(5.0);
        PgmImage.Scale(0.0, 0.0, 7.0).ShouldBe(7.0);
        PgmImage.Scale(3.0, 10.0, 7.0).ShouldBe(3.0);
    }

    [Fact]
    public void Counts_are_rounded_and_cut_off() =>
        IntegerImage.Of(Image, 1.5, 0.25, PixelRegion.Everything).ShouldBe([0, 2, 3, 5, 0, 65535, 0, 1]);

    [Fact]
    public void Grey_levels_are_rounded_down_and_cut_off_above_only() =>
        PgmImage.Of(Image, 1.5, PixelRegion.Everything).ShouldBe([0, 1, 3, 4, 255, 255, 0, 0]);

    [Fact]
    public void Pixels_outside_the_region_get_nothing_not_even_the_offset()
    {
        var region = PixelRegion.OfLimits(1, 2, -1, 0);

        IntegerImage.Of(Image, 1.0, 40.0, region).ShouldBe([0, 41, 42, 0, 0, 0, 0, 0]);
        PgmImage.Of(Image, 1.0, region).ShouldBe([0, 1, 2, 0, 0, 0, 0, 0]);
        var noise = NoiseImage.Of(new(3, 1, new float[3]), 40.0, region, new RandomSequence());
        noise.Counts.ShouldBe([0, 40, 40]);
    }

    [Fact]
    public void Skipped_pixels_count_in_the_deviation_only()
    {
        var image = new DiffractionImage(2, 2, [0, 4, 2, 100]);
        var mask = new PixelMask(2, 2, [0, 1, 1, 1]);

        var statistics = RenderedStatistics.Of(image, 1.0, 2, new(0, 1, 0, 0), mask);

        statistics.ShouldBe(new(4.0, 1.75, 0.75, 4.0, 4.0, 4.0));
        RenderedStatistics.Of(image, 1.0, 2, new(0, 1, 0, 9), mask).Mean.ShouldBe(106.0 / 3.0);
        RenderedStatistics.Of(image, 1.0, 2, new(5, 9, 0, 9), mask).ShouldBe(default);
    }

    [Fact]
    public void A_region_includes_its_limits_and_negative_ones_do_not_limit()
    {
        var region = PixelRegion.OfLimits(-1, 3, 2, -5);

        region.Contains(0, 2).ShouldBeTrue();
        region.Contains(3, 1000).ShouldBeTrue();
        region.Contains(4, 2).ShouldBeFalse();
        region.Contains(0, 1).ShouldBeFalse();
        PixelRegion.OfLimits(5, 3, 0, 9).Contains(4, 1).ShouldBeFalse();
    }
}
