using NanoBragg.Tool.Gate;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

public class MedianBoundsTests
{
    // By hand: 1.9^(n - misses) · 0.1^misses reaches 40 or 1000.
    [Theory]
    [InlineData(5, 0.975, 0)]
    [InlineData(6, 0.975, 1)]
    [InlineData(10, 0.975, 1)]
    [InlineData(11, 0.975, 2)]
    [InlineData(15, 0.975, 3)]
    [InlineData(20, 0.975, 4)]
    [InlineData(10, 0.999, 0)]
    [InlineData(11, 0.999, 1)]
    [InlineData(16, 0.999, 2)]
    [InlineData(20, 0.999, 3)]
    public void The_rank_is_the_number_of_misses_that_the_bet_survives(int count, double confidence, int rank) => MedianBounds.Rank(count, confidence).ShouldBe(rank);

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
        double[] values = [9, 1, 4, 7, 2, 8, 3, 6, 5, 10, 11];
        MedianBounds.Lower(values, 0.975).ShouldBe(2);
        MedianBounds.Upper(values, 0.975).ShouldBe(10);
        MedianBounds.Upper([.. values[..^1], 1e9], 0.975).ShouldBe(10);
    }

    [Fact]
    public void The_median_of_a_lopsided_distribution_is_missed_as_seldom_as_promised_however_often_one_looks()
    {
        const int Trials = 20_000;
        var random = new Random(1939);
        var missed = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var values = new List<double>();
            var wrong = false;
            while (values.Count < 60 && !wrong)
            {
                values.Add(-Math.Log(random.NextDouble()));
                wrong = MedianBounds.Lower(values, 0.975) > Math.Log(2);
            }

            missed += wrong ? 1 : 0;
        }

        // Promised: 2.5 %. Some chances are lost where a win overshoots the stake, but no bound that is looked at once would do: it misses in 8 %.
        (missed / (double)Trials).ShouldBeInRange(0.01, 0.025);
    }
}
