using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Study;
using Shouldly;
using Xunit;
using static NanoBragg.Tool.Tests.Study.MadeUpTrials;

namespace NanoBragg.Tool.Tests.Study;

public class AnchoredPairsTests
{
    private static readonly GatePolicy Policy = new();

    [Fact]
    public void Every_earlier_run_is_the_baseline_of_every_later_one()
    {
        // The run at 5 minutes is 15 % slower than the others: an alarm against the one before it, an improvement for the one after.
        Trial[] trials = [Anchored(0, 3), Anchored(5, 3.45), Anchored(20, 3), Anchored(30, 3.6, injected: 0.20)];
        Judge(trials, 0).ShouldBe(new(3, 0, new(3, 1, 0), new(3, 2, 0)));
        Judge([.. trials.Reverse()], 0).ShouldBe(Judge(trials, 0));
    }

    [Fact]
    public void Pairs_that_are_too_near_do_not_count_and_exactly_that_far_apart_is_enough()
    {
        Trial[] trials = [Anchored(0, 3), Anchored(5, 3), Anchored(20, 3), Anchored(30, 3.6, injected: 0.20)];
        Judge(trials, 10).ShouldBe(new(3, 0, new(2, 0, 0), new(3, 3, 0)));
        Judge(trials, 25).ShouldBe(new(3, 0, default, new(2, 2, 0)));
    }

    [Fact]
    public void A_run_in_which_the_processes_do_not_agree_is_no_baseline_as_baseline_update_has_it()
    {
        Judge([Anchored(0, 3, spread: 0.2), Anchored(1, 3), Anchored(2, 3)], 0).ShouldBe(new(2, 1, new(1, 0, 0), default));
        Judge([Anchored(0, 3), Anchored(1, 3.6, spread: 0.2, injected: 0.20)], 0).Slower.ShouldBe(new(1, 0, 1));
    }

    [Fact]
    public void Where_a_run_cannot_tell_the_runs_that_follow_it_are_its_extension()
    {
        Trial[] trials = [Anchored(0, 3), Anchored(1, 3.6, spread: 0.1, injected: 0.20), Anchored(2, 3.6, injected: 0.20), Anchored(3, 3.6, injected: 0.20)];
        Judge(trials, 0).Slower.ShouldBe(new(3, 3, 0));
        Judge(trials[..2], 0).Slower.ShouldBe(new(1, 0, 1));
    }

    [Fact]
    public void Slower_code_is_never_a_baseline_and_other_amounts_of_work_are_not_asked_for() =>
        Judge([Anchored(0, 3.6, injected: 0.20), Anchored(1, 3), Anchored(2, 3.3, injected: 0.10)], 0).ShouldBe(new(1, 0, default, default));

    [Fact]
    public void A_trial_without_figures_is_left_out()
    {
        var failed = Anchored(1, 3) with { Yardsticks = new Dictionary<string, IReadOnlyList<double>>(), Verdict = "error" };
        Judge([Anchored(0, 3), failed, Anchored(2, 3)], 0).ShouldBe(new(2, 0, new(1, 0, 0), default));
    }

    private static AnchoredResult Judge(Trial[] trials, double minutes) => AnchoredPairs.Judge(trials, TimeSpan.FromMinutes(minutes), Policy);
}
