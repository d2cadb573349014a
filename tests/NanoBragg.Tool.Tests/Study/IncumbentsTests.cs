using NanoBragg.Tool.Study;
using Shouldly;
using Xunit;
using static NanoBragg.Tool.Tests.Study.MadeUpTrials;

namespace NanoBragg.Tool.Tests.Study;

public class IncumbentsTests
{
    [Fact]
    public void Stored_times_are_compared_in_every_ordered_pair_by_their_first_process()
    {
        // Of 1, 1.07 and 1.2 three ordered pairs rise by more than 5 %, two by more than 10 %; 1.08 is 5 % above one of them.
        Trial[] trials = [Stored(1, 1), Stored(1.07, 1), Stored(1.2, 1), Stored(1.08, 1.3, injected: 0.05)];
        var results = Incumbents.Judge(trials).ToDictionary(result => result.Incumbent.Name);
        results.Keys.ShouldBe(["stored mean, > 5 %", "stored mean, > 10 %", "stored median, > 5 %", "stored median, > 10 %"]);
        var five = results["stored mean, > 5 %"];
        (five.Runs, five.Same, five.Five, five.Ten).ShouldBe((3, new(6, 3, 0), new(3, 1, 0), default));
        var ten = results["stored mean, > 10 %"];
        (ten.Same, ten.Five).ShouldBe((new(6, 2, 0), new(3, 0, 0)));
        var median = results["stored median, > 10 %"];
        (median.Same, median.Five).ShouldBe((new(6, 0, 0), new(3, 3, 0)));
    }

    [Fact]
    public void Runs_meet_only_those_of_the_same_kernel_and_load_and_disturbed_ones_none()
    {
        Trial[] trials =
        [
            Stored(1, 1), Stored(2, 1),
            Stored(10, 1, load: Loads.One), Stored(20, 1, load: Loads.One), Stored(40, 1, load: Loads.One),
            Stored(1000, 1, load: Loads.Stop),
            Stored(5000, 1) with { Kernel = "memory" },
        ];
        var results = Incumbents.Judge(trials).Where(result => result.Incumbent.Name == "stored mean, > 5 %").ToList();
        results.Select(result => (result.Kernel, result.Load, result.Same.Pairs, result.Same.Alarms)).ShouldBe(
            [("compute", Loads.Idle, 2, 1), ("compute", Loads.One, 6, 3), ("compute", TrialGroups.AllLoads, 8, 4), ("memory", Loads.Idle, 0, 0)]);
    }

    [Fact]
    public void Three_samples_a_run_can_never_be_told_apart_by_ranks_but_by_their_means()
    {
        var results = Incumbents.Judge([Job(Designs.ShortRun, 0, 1, 1, 1), Job(Designs.ShortRun, 0, 1, 1.01, 1.02), Job(Designs.ShortRun, 0.10, 2, 2, 2)]).ToList();
        results.Select(result => (result.Same, result.Ten)).ShouldBe([(new(2, 0, 0), new(2, 2, 0)), (new(2, 0, 0), new(2, 2, 0)), (new(2, 0, 2), new(2, 0, 2))]);
        results.ShouldAllBe(result => result.MedianSeconds == 9);
    }

    [Fact]
    public void Ranks_must_be_above_five_per_cent_more()
    {
        double[] samples = [1.000, 1.001, 1.002, 1.003, 1.004];
        Job(Designs.MediumRun, 0.05, [.. samples.Select(s => 1.049 * s)]).ShouldSatisfyAllConditions(slower => Ranks(samples, slower).ShouldBe((0, 0)));
        Job(Designs.MediumRun, 0.05, [.. samples.Select(s => 1.056 * s)]).ShouldSatisfyAllConditions(slower => Ranks(samples, slower).ShouldBe((1, 0)));
    }

    [Fact]
    public void Fewer_than_three_on_a_side_or_than_five_on_both_cannot_be_told()
    {
        static double[] Of(int count, double from) => [.. Enumerable.Range(0, count).Select(i => from + (0.001 * i))];
        Ranks(Of(4, 1), Job(Designs.MediumRun, 0.05, Of(4, 2))).ShouldBe((0, 1));
        Ranks(Of(2, 1), Job(Designs.MediumRun, 0.05, Of(30, 2))).ShouldBe((0, 1));
        Ranks(Of(3, 1), Job(Designs.MediumRun, 0.05, Of(5, 2))).ShouldBe((1, 0));
    }

    private static (int Alarms, int CannotTell) Ranks(double[] samples, Trial slower)
    {
        var tally = Incumbents.Judge([Job(Designs.MediumRun, 0, samples), slower]).Single(result => result.Incumbent.Name.Contains("Mann", StringComparison.Ordinal)).Five;
        tally.Pairs.ShouldBe(1);
        return (tally.Alarms, tally.CannotTell);
    }
}
