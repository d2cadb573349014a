using NanoBragg.Tool.Gate;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

public class MedianBoundsTests
{
    // From tables of the binomial distribution: the largest k with P(Binomial(n, 1/2) < k) at most 1 - confidence.
    [Theory]
    [InlineData(5, 0.975, 0)]
    [InlineData(6, 0.975, 1)]
    [InlineData(9, 0.975, 2)]
    [InlineData(20, 0.975, 6)]
    [InlineData(9, 0.999, 0)]
    [InlineData(10, 0.999, 1)]
    [InlineData(14, 0.999, 2)]
    [InlineData(20, 0.999, 3)]
    public void The_rank_is_that_of_the_sign_test(int count, double confidence, int rank) => MedianBounds.Rank(count, confidence).ShouldBe(rank);

    [Fact]
    public void Too_few_values_bound_nothing()
    {
        MedianBounds.Lower([1, 2, 3], 0.999).ShouldBe(double.NegativeInfinity);
        MedianBounds.Upper([1, 2, 3], 0.999).ShouldBe(double.PositiveInfinity);
        MedianBounds.Upper([], 0.5).ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void A_value_that_went_wrong_does_not_move_a_bound()
    {
        double[] values = [9, 1, 4, 7, 2, 8, 3, 6, 5];
        MedianBounds.Lower(values, 0.975).ShouldBe(2);
        MedianBounds.Upper(values, 0.975).ShouldBe(8);
        MedianBounds.Upper([1e9, .. values[1..]], 0.975).ShouldBe(8);
    }

    [Fact]
    public void The_median_of_a_lopsided_distribution_is_missed_as_seldom_as_promised()
    {
        const int Trials = 200_000;
        var random = new Random(1936);
        var missed = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var values = Enumerable.Range(0, 12).Select(_ => -Math.Log(random.NextDouble())).ToArray();
            missed += MedianBounds.Lower(values, 0.975) > Math.Log(2) ? 1 : 0;
        }

        // P(Binomial(12, 1/2) < 3) = 79 / 4096 = 1.93 %, and 0.03 % the standard error.
        (missed / (double)Trials).ShouldBe(79 / 4096.0, 0.0015);
    }
}
