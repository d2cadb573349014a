using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

public class DuetJudgementTests
{
    private static readonly DuetPolicy Policy = new();

    [Fact]
    public void Six_processes_that_agree_are_enough_to_pass()
    {
        var c = Judge([1.001, 0.998, 1.004, 0.995, 1.002, 1.0]);
        c.Outcome.ShouldBe(Outcome.Pass);
        (c.Kind, c.Yardstick, c.Groups, c.Confidence, c.Allowed).ShouldBe((MetricKind.Duet, "base", 6, 0.975, 0.02));
        c.Change!.Value.ShouldBe(0.0005, 1e-4);
        c.ChangeAtLeast!.Value.ShouldBe(-0.005, 1e-9);
        c.ChangeAtMost!.Value.ShouldBe(0.004, 1e-9);
        c.DetectableChange!.Value.ShouldBeInRange(0.02, 0.03);
    }

    [Fact]
    public void Five_are_not_even_where_they_agree_and_no_bounds_are_made_up()
    {
        var c = Judge([1, 1, 1, 1, 1]);
        c.Outcome.ShouldBe(Outcome.Inconclusive);
        (c.ChangeAtLeast, c.ChangeAtMost, c.DetectableChange).ShouldBe((null, null, null));
    }

    [Fact]
    public void A_regression_takes_eleven_processes_and_says_how_certain_it_is()
    {
        Judge([.. Enumerable.Repeat(1.05, 10)]).Outcome.ShouldBe(Outcome.Inconclusive);
        var c = Judge([.. Enumerable.Repeat(1.05, 11)]);
        c.Outcome.ShouldBe(Outcome.Regressed);
        c.Confidence.ShouldBe(0.999);
        c.ChangeAtLeast!.Value.ShouldBe(0.05, 1e-9);
    }

    [Fact]
    public void A_line_of_the_baseline_may_allow_more_or_less()
    {
        double[] groups = [.. Enumerable.Repeat(1.05, 11)];
        DuetJudgement.Judge("good", Duet(groups), 0.1, Policy).Outcome.ShouldBe(Outcome.Pass);
        DuetJudgement.Judge("good", Duet([.. Enumerable.Repeat(1.018, 11)]), 0.015, Policy).Outcome.ShouldBe(Outcome.Regressed);
    }

    [Fact]
    public void A_process_that_was_disturbed_neither_fails_nor_passes_a_kernel()
    {
        Judge([1.4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]).Outcome.ShouldBe(Outcome.Pass);
        Judge([0.6, .. Enumerable.Repeat(1.06, 15)]).Outcome.ShouldBe(Outcome.Regressed);
    }

    [Fact]
    public void A_faster_kernel_is_improved() => Judge([0.8, 0.81, 0.79, 0.8, 0.8, 0.8]).Outcome.ShouldBe(Outcome.Improved);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_ratio_is_never_a_pass(double broken)
    {
        var c = Judge([1, 1, 1, 1, 1, 1, broken]);
        c.Outcome.ShouldBe(Outcome.Inconclusive);
        c.Now.ShouldBeNull();
    }

    [Fact]
    public void In_a_run_of_many_cases_more_evidence_is_asked_for()
    {
        var duet = Duet([.. Enumerable.Repeat(1.05, 11)]);
        DuetJudgement.Judge("good", duet, null, Policy, 1 - (0.001 / 30)).Outcome.ShouldBe(Outcome.Inconclusive);
        var c = DuetJudgement.Judge("good", Duet([.. Enumerable.Repeat(1.05, 17)]), null, Policy, 1 - (0.001 / 30));
        (c.Outcome, c.Confidence).ShouldBe((Outcome.Regressed, 1 - (0.001 / 30)));
    }

    [Theory]
    [InlineData(0.005, 0.005)]
    [InlineData(0.013, 0.15)]
    public void Identical_code_on_a_disturbed_machine_is_never_called_slower(double spread, double mostInconclusive)
    {
        var (regressed, inconclusive) = Simulate(1.0, 20_000, spread);
        regressed.ShouldBe(0);
        inconclusive.ShouldBeLessThan(mostInconclusive);
    }

    [Fact]
    public void Three_per_cent_more_are_found_within_twenty_processes() => Simulate(1.03, 20_000, spread: 0.005).Regressed.ShouldBeGreaterThanOrEqualTo(0.99);

    [Theory]
    [InlineData(0.005)]
    [InlineData(0.013)]
    public void Five_per_cent_more_are_found_within_twenty_processes(double spread) => Simulate(1.05, 20_000, spread).Regressed.ShouldBeGreaterThanOrEqualTo(0.99);

    [Fact]
    public void Ten_per_cent_more_are_always_found() => Simulate(1.10, 20_000, spread: 0.013).Regressed.ShouldBeGreaterThanOrEqualTo(0.9995);

    [Fact]
    public void The_smallest_effect_itself_is_never_called_a_regression_more_often_than_promised_although_it_is_looked_at_again_and_again() =>
        Simulate(1.01, 20_000, spread: 0.013).Regressed.ShouldBeLessThanOrEqualTo(0.001);

    [Fact]
    public void The_detectable_change_of_a_kernel_is_found_as_often_as_it_says()
    {
        var random = new Random(20);
        var detectable = Judge([.. Enumerable.Range(0, 1_001).Select(_ => Math.Exp(Normal(random, 0.013)))]).DetectableChange!.Value;
        detectable.ShouldBeInRange(0.030, 0.045);
        Simulate(1 + detectable, 5_000, spread: 0.013, outliers: 0).Regressed.ShouldBeGreaterThanOrEqualTo(0.985);
    }

    /// <summary>Plays duets as the gate does: from six processes on one more at a time, until it is certain or twenty have run.</summary>
    private static (double Regressed, double Inconclusive) Simulate(double slower, int trials, double spread, double outliers = 0.03)
    {
        var random = new Random(4711);
        var (regressed, inconclusive) = (0, 0);
        for (var trial = 0; trial < trials; trial++)
        {
            var groups = new List<double>();
            var outcome = Outcome.Inconclusive;
            while (groups.Count < Policy.MaximumGroups && outcome == Outcome.Inconclusive)
            {
                groups.Add(slower * Math.Exp(Normal(random, spread)) * (random.NextDouble() < outliers ? 1.4 : 1));
                outcome = Judge([.. groups]).Outcome;
            }

            regressed += outcome == Outcome.Regressed ? 1 : 0;
            inconclusive += outcome == Outcome.Inconclusive ? 1 : 0;
        }

        return (regressed / (double)trials, inconclusive / (double)trials);
    }

    private static double Normal(Random random, double deviation) =>
        deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Comparison Judge(double[] groups) => DuetJudgement.Judge("good", Duet(groups), null, Policy);

    private static MeasuredMetric Duet(double[] groups) =>
        new() { Name = "time", Yardstick = "base", Kind = MetricKind.Duet, Unit = "×", Better = Better.Lower, Value = groups[0], Groups = groups };
}
