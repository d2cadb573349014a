using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Tool.Bench;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Bench;

public sealed class PictureErrorsTests
{
    private static readonly double[] _right = [1000, 500, 100, 20, 5, 1];

    [Fact]
    public void Equal_pictures_have_no_errors() => PictureErrors.Between([.. _right], _right).ShouldBe(new PictureErrors(0, 0, 0));

    [Fact]
    public void Dim_pixels_count_in_the_sum_only()
    {
        var errors = PictureErrors.Between([1000, 500, 100, 20, 10, 1], _right);

        errors.Sum.ShouldBe(5 / 1626.0, 1e-15);
        errors.Pixel.ShouldBe(0);
    }

    [Fact]
    public void The_worst_bright_pixel_counts_relative_to_itself() =>
        PictureErrors.Between([1001, 500, 98, 20, 5, 1], _right).Pixel.ShouldBe(0.02, 1e-15);

    [Fact]
    public void Correlation_is_that_of_the_textbook_and_keeps_small_differences()
    {
        double[] shuffled = [500, 1000, 20, 100, 1, 5], nearly = [1000 * (1 + 1e-10), 500, 100, 20, 5, 1];

        PictureErrors.Between(shuffled, _right).OneMinusCorrelation.ShouldBe(1 - Correlation(shuffled, _right), 1e-12);
        PictureErrors.Between(nearly, _right).OneMinusCorrelation.ShouldBeInRange(1e-23, 1e-20);
    }

    [Fact]
    public void What_is_no_number_is_outside_all_bounds()
    {
        foreach (var precision in Precisions.All)
        {
            ErrorBounds.Of(precision).Hold(PictureErrors.Between([.. _right], _right)).ShouldBeTrue();
            ErrorBounds.Of(precision).Hold(PictureErrors.Between([double.NaN, .. _right[1..]], _right)).ShouldBeFalse();
            ErrorBounds.Of(precision).Hold(PictureErrors.Between([1000.5, .. _right[1..]], _right)).ShouldBeFalse();
        }
    }

    [Fact]
    public void Each_arithmetic_has_its_own_bounds()
    {
        var errors = new PictureErrors(5e-7, 5e-5, 5e-11);

        ErrorBounds.Of(SimdPrecision.Float).Hold(errors).ShouldBeTrue();
        ErrorBounds.Of(SimdPrecision.DoubleFast).Hold(errors).ShouldBeFalse();
        ErrorBounds.Of(SimdPrecision.DoubleFast).Hold(errors with { Pixel = 1e-5 }).ShouldBeTrue();
        ErrorBounds.Of(SimdPrecision.Double).Hold(errors with { Pixel = 1e-5 }).ShouldBeFalse();
    }

    [Fact]
    public void Pictures_of_different_sizes_are_not_compared() =>
        Should.Throw<ArgumentException>(() => PictureErrors.Between([1, 2], _right));

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        return a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum()
            / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}
