using NanoBragg.Tool.Gate;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

public class HolmTests
{
    [Fact]
    public void One_verdict_needs_what_was_asked_for() => Holm.Confidences([5], 0.999).ShouldBe([0.999]);

    [Fact]
    public void The_surest_of_three_is_judged_first_and_each_that_holds_makes_it_easier_for_the_next()
    {
        // 3000 and 2000 are needed by the first two, and reached; the third needs what one alone does.
        var confidences = Holm.Confidences([10, 4000, 2500], 0.999);
        (1 / (1 - confidences[1])).ShouldBe(3000, 0.01);
        (1 / (1 - confidences[2])).ShouldBe(2000, 0.01);
        (1 / (1 - confidences[0])).ShouldBe(1000, 0.01);
    }

    [Fact]
    public void Where_the_surest_does_not_hold_none_does_and_all_need_as_much()
    {
        var confidences = Holm.Confidences([2900, 2500, 1], 0.999);
        confidences.ShouldAllBe(confidence => Math.Abs((1 / (1 - confidence)) - 3000) < 0.01);
    }

    [Fact]
    public void A_run_of_thirty_identical_kernels_is_red_as_seldom_as_a_run_of_one()
    {
        // Half of the processes of each are slower by more than the smallest effect: the worst that is still no regression.
        const int Runs = 4_000;
        var policy = new DuetPolicy { RegressionConfidence = 0.95 };
        var random = new Random(1979);
        var red = 0;
        for (var run = 0; run < Runs; run++)
        {
            var evidence = Enumerable.Range(0, 30).Select(_ => MedianBounds.Evidence(20, Enumerable.Range(0, 20).Count(_ => random.Next(2) == 0))).ToList();
            var confidences = Holm.Confidences(evidence, policy.RegressionConfidence);
            red += evidence.Zip(confidences).Any(pair => pair.First * (1 - pair.Second) >= 1) ? 1 : 0;
        }

        (red / (double)Runs).ShouldBeLessThan(0.05);
    }
}
