using NanoBragg.Tool.Study;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Study;

public class WilsonIntervalTests
{
    [Theory]
    [InlineData(0, 10, 0, 0.27754)]
    [InlineData(5, 10, 0.23659, 0.76341)]
    [InlineData(10, 10, 0.72246, 1)]
    [InlineData(0, 3000, 0, 0.001279)]
    [InlineData(0, 0, 0, 1)]
    public void Known_intervals_are_given(int count, int trials, double low, double high)
    {
        var interval = WilsonInterval.Of(count, trials);
        interval.Low.ShouldBe(low, 1e-5);
        interval.High.ShouldBe(high, 1e-5);
    }

    [Fact]
    public void It_holds_the_share_is_symmetric_and_rises_with_the_count()
    {
        foreach (var trials in (int[])[1, 2, 7, 40, 1000])
        {
            for (var count = 0; count <= trials; count++)
            {
                var (low, high) = WilsonInterval.Of(count, trials);
                var other = WilsonInterval.Of(trials - count, trials);
                low.ShouldBeInRange(0, count / (double)trials);
                high.ShouldBeInRange(count / (double)trials, 1);
                (low + other.High).ShouldBe(1, 1e-12);
                if (count > 0)
                {
                    low.ShouldBeGreaterThan(WilsonInterval.Of(count - 1, trials).Low);
                    high.ShouldBeGreaterThan(WilsonInterval.Of(count - 1, trials).High);
                }
            }
        }
    }

    [Fact]
    public void More_trials_make_it_narrower() =>
        Enumerable.Range(1, 100).Select(n => WilsonInterval.Of(n, 4 * n)).Select(interval => interval.High - interval.Low).ShouldBeInOrder(SortDirection.Descending);

    [Fact]
    public void More_than_were_tried_is_an_error() => Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(3, 2));
}
