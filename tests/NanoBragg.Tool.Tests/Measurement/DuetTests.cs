using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Workers;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public sealed class DuetTests
{
    [Fact]
    public void Pairs_that_scatter_are_played_again_and_again_up_to_an_end()
    {
        var random = new Random(1);

        // Each call works between once and four times as long as another: far more than any machine's noise.
        var played = Duet.Play(new(() => Work(random.Next(1, 5))), new(() => Work(random.Next(1, 5))), batchSeconds: 0);

        (played.Ratios.Count % 4).ShouldBe(0);
        played.Ratios.Count.ShouldBeGreaterThanOrEqualTo(4 * Duet.FewestPairs);
        played.Candidate.Count.ShouldBe(played.Ratios.Count);
    }

    [Fact]
    public void On_one_processor_code_is_promoted_as_soon_as_on_several()
    {
        // The runtime waits ten times as long there, unless it is told not to; the warm-up waits four times the delay.
        WorkerEnvironment.EarlyPromotion["DOTNET_TC_DelaySingleProcMultiplier"].ShouldBe("1");
        WorkerEnvironment.ListedCode("listing", "*", TimeSpan.FromMilliseconds(50))["DOTNET_TC_DelaySingleProcMultiplier"].ShouldBe("1");
        (4e-3 * double.Parse(WorkerEnvironment.EarlyPromotion["DOTNET_TC_CallCountingDelayMs"], null)).ShouldBe(WarmUp.QuietSecondsForBatches, 1e-9);
    }

    [Fact]
    public void The_error_of_a_median_is_that_of_the_middle_values_and_not_of_the_wild_ones()
    {
        double[] values = [.. Enumerable.Range(-50, 101).Select(i => (double)i)];
        double[] wild = [.. values.Select(value => value < -45 ? -1e9 : value > 45 ? 1e9 : value)];

        Statistics.MedianError(values).ShouldBe(1.2533 * 1.4826 * 25 / Math.Sqrt(101), 1e-9);
        Statistics.MedianError(wild).ShouldBe(Statistics.MedianError(values));
        Statistics.MedianError([3.0]).ShouldBe(0);
    }

    private static void Work(int times)
    {
        for (var i = 0; i < 100_000 * times; i++)
        {
            Thread.MemoryBarrier();
        }
    }
}
