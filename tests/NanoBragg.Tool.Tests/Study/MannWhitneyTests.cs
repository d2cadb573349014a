using NanoBragg.Tool.Study;
using Perfolizer;
using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Perfolizer.Metrology;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Study;

public class MannWhitneyTests
{
    [Theory]
    [InlineData(new double[] { 4, 5, 6 }, new double[] { 1, 2, 3 }, 1 / 20.0)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 4, 5, 6 }, 1)]
    [InlineData(new double[] { 6, 7, 8, 9, 10 }, new double[] { 1, 2, 3, 4, 5 }, 1 / 252.0)]
    [InlineData(new double[] { 5, 7, 8, 9, 10 }, new double[] { 1, 2, 3, 4, 6 }, 2 / 252.0)]
    [InlineData(new double[] { 2 }, new double[] { 1, 3, 4 }, 3 / 4.0)]
    public void Without_ties_it_counts_arrangements(double[] first, double[] second, double expected) => MannWhitney.PValue(first, second).ShouldBe(expected, 1e-14);

    [Fact]
    public void Ties_are_judged_by_the_normal_distribution()
    {
        // Worked by hand: 7 wins of 9, two pairs of ties: variance 9/12 · (7 − 12/30) = 4.95, z = (7 − 0.5 − 4.5) / √4.95 = 0.8989.
        MannWhitney.PValue([2, 3, 4], [1, 2, 3]).ShouldBe(0.1843, 1e-4);
        MannWhitney.PValue([1, 1, 1], [1, 1, 1]).ShouldBe(1);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 12)]
    [InlineData(15, 13)]
    [InlineData(30, 29)]
    public void It_agrees_with_Perfolizer(int first, int second)
    {
        var random = new Random(first);
        for (var time = 0; time < 20; time++)
        {
            var (x, y) = (Sample(random, first, shift: 0.02 * time), Sample(random, second));
            var theirs = MannWhitneyTest.Instance.PerformStrategy(new Sample(x), new Sample(y), AlternativeHypothesis.Greater, Threshold.Zero, MannWhitneyStrategy.LoefflerExact);
            MannWhitney.PValue(x, y).ShouldBe((double)theirs.PValue, 1e-9);
        }
    }

    [Fact]
    public void Exact_and_approximate_meet_where_one_gives_way_to_the_other()
    {
        var random = new Random(1);
        var (x, y) = (Sample(random, 50, shift: 0.1), Sample(random, 50));

        // A tie that hardly matters.
        var tied = MannWhitney.PValue([.. x[..^1], y[0]], y);
        var exact = MannWhitney.PValue([.. x[..^1], Math.BitIncrement(y[0])], y);
        exact.ShouldBeInRange(0.001, 0.5);
        tied.ShouldBe(exact, 0.003);
    }

    [Fact]
    public void Only_ranks_count_larger_values_never_raise_it_and_both_directions_make_one()
    {
        var random = new Random(2);
        for (var time = 0; time < 200; time++)
        {
            var (x, y) = (Sample(random, random.Next(1, 12)), Sample(random, random.Next(1, 12)));
            var p = MannWhitney.PValue(x, y);
            p.ShouldBeInRange(0, 1);
            MannWhitney.PValue([.. x.Select(Math.Exp)], [.. y.Select(Math.Exp)]).ShouldBe(p);
            MannWhitney.PValue([x[0] + 0.3, .. x[1..]], y).ShouldBeLessThanOrEqualTo(p);

            // P(U ≥ u) + P(U ≤ u) = 1 + P(U = u).
            (p + MannWhitney.PValue(y, x)).ShouldBeGreaterThanOrEqualTo(1 - 1e-12);
            (MannWhitney.PValue([.. x.Select(value => -value)], [.. y.Select(value => -value)]) - MannWhitney.PValue(y, x)).ShouldBe(0, 1e-12);
        }
    }

    [Fact]
    public void An_empty_sample_is_an_error() => Should.Throw<ArgumentOutOfRangeException>(() => MannWhitney.PValue([], [1]));

    private static double[] Sample(Random random, int count, double shift = 0) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + shift)];
}
