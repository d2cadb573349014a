using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

public class RatioJudgementTests
{
    private static readonly RatioFigure Then = new() { Value = 3, Unit = "×", Yardstick = "fma-1", Spread = 0.005, Groups = 5, Better = Better.Lower };

    [Theory]
    [InlineData(1.00, nameof(Outcome.Pass))]
    [InlineData(1.09, nameof(Outcome.Pass))]
    [InlineData(1.12, nameof(Outcome.Regressed))]
    [InlineData(1.30, nameof(Outcome.Regressed))]
    [InlineData(0.92, nameof(Outcome.Pass))]
    [InlineData(0.80, nameof(Outcome.Improved))]
    public void Steady_measurements_are_judged_by_the_limit(double change, string expected) => Judge(Then, Steady(3 * change)).Outcome.ToString().ShouldBe(expected);

    [Fact]
    public void Measurements_that_disagree_are_inconclusive_and_not_a_regression()
    {
        var comparison = Judge(Then, 3.0, 3.4, 3.9, 2.9, 4.4);
        comparison.Outcome.ShouldBe(Outcome.Inconclusive);
        comparison.ChangeAtLeast!.Value.ShouldBeLessThan(0.02);
        comparison.ChangeAtMost!.Value.ShouldBeGreaterThan(0.10);
    }

    [Fact]
    public void One_wild_worker_among_five_does_not_make_a_regression() => Judge(Then, 3.0, 3.01, 2.99, 3.0, 9.0).Outcome.ShouldBe(Outcome.Pass);

    [Fact]
    public void Fewer_than_three_workers_are_inconclusive_however_well_they_agree()
    {
        Judge(Then, 3.0, 3.0).Outcome.ShouldBe(Outcome.Inconclusive);
        Judge(Then with { Groups = 2 }, Steady(3.0)).Outcome.ShouldBe(Outcome.Inconclusive);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_time_is_never_a_pass(double broken)
    {
        var comparison = Judge(Then, broken, broken, broken);
        comparison.Outcome.ShouldBe(Outcome.Inconclusive);
        comparison.Change.ShouldBeNull();
    }

    [Fact]
    public void A_limit_on_the_line_overrides_the_usual_one()
    {
        Judge(Then with { Limit = 0.5 }, Steady(3 * 1.4)).Outcome.ShouldBe(Outcome.Pass);
        Judge(Then with { Limit = 0.04 }, Steady(3 * 1.09)).Outcome.ShouldBe(Outcome.Regressed);
    }

    [Fact]
    public void A_small_limit_still_needs_certainty_that_there_is_a_change()
    {
        var comparison = Judge(Then with { Limit = 0.03, Spread = 0.02 }, Steady(3 * 1.04));
        comparison.Outcome.ShouldBe(Outcome.Inconclusive);
    }

    [Fact]
    public void More_is_better_where_the_line_says_so()
    {
        var then = Then with { Better = Better.Higher };
        Judge(then, Steady(3 * 0.8)).Outcome.ShouldBe(Outcome.Regressed);
        Judge(then, Steady(3 * 1.2)).Outcome.ShouldBe(Outcome.Improved);
    }

    [Fact]
    public void The_bounds_are_those_of_Welch()
    {
        // Worked by hand: spreads 0.02 (5 groups) and 0.01 (the floor, 4 groups); variances of the means 8e-5 and 2.5e-5, degrees of
        // freedom 1.05e-4² / (8e-5²/4 + 2.5e-5²/3) = 6.097, t(0.999, 6.097) = 5.155, margin 5.155 · sqrt(1.05e-4) = 0.05283.
        var comparison = Judge(Then with { Spread = 0.02 }, 3, 3, 3, 3);
        Math.Log(1 + comparison.ChangeAtMost!.Value).ShouldBe(0.0528, 0.0003);
        Math.Log(1 + comparison.ChangeAtLeast!.Value).ShouldBe(-0.0528, 0.0003);
    }

    [Fact]
    public void Spread_is_the_standard_deviation_of_the_logarithms()
    {
        RatioJudgement.SpreadOf([1, Math.E]).ShouldBe(Math.Sqrt(0.5), 1e-12);
        RatioJudgement.SpreadOf([7]).ShouldBe(0);
    }

    private static double[] Steady(double value) => [value * 0.998, value * 1.001, value, value * 1.002, value * 0.999];

    private static Comparison Judge(RatioFigure then, params double[] groups) =>
        RatioJudgement.Judge("good", then, Sample.Ratio("time", "fma-1", groups), new GatePolicy());
}
