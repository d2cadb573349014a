using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Study;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Study;

public class BootstrapTests
{
    private static readonly DuetPolicy Policy = new();

    [Fact]
    public void Where_every_process_says_the_same_every_duet_does()
    {
        Bootstrap.Replay([1], Policy, 50).ShouldBe(new(1, 50, 0, 0, Policy.MinimumGroups));
        var slower = Bootstrap.Replay([1.5], Policy, 50);
        (slower.FalseAlarms, slower.Inconclusive).ShouldBe((50, 0));
        slower.MeanProcesses.ShouldBeInRange(Policy.MinimumGroups + 1, Policy.MaximumGroups);
    }

    [Fact]
    public void What_stays_uncertain_to_the_last_process_is_inconclusive()
    {
        // Past the limit, but never certain of the smallest effect, which is as large: no verdict ever.
        var result = Bootstrap.Replay([1.05], Policy with { Limit = 0.04, SmallestEffect = 0.06 }, 10);
        result.ShouldBe(new(1, 10, 0, 10, Policy.MaximumGroups));
    }

    [Fact]
    public void The_seed_decides()
    {
        double[] pool = [0.97, 0.99, 1, 1.01, 1.02, 1.04, 1.4];
        var result = Bootstrap.Replay(pool, Policy, 2000);
        Bootstrap.Replay(pool, Policy, 2000).ShouldBe(result);
        Bootstrap.Replay(pool, Policy, 2000, seed: 2).ShouldNotBe(result);
    }

    [Fact]
    public void Slower_processes_never_alarm_less()
    {
        double[] pool = [0.99, 1, 1.01, 1.02, 1.04];
        int[] alarms = [.. Enumerable.Range(0, 6).Select(step => Bootstrap.Replay([.. pool.Select(ratio => ratio * (1 + (0.01 * step)))], Policy, 1000).FalseAlarms)];
        alarms.ShouldBeInOrder();
        alarms[0].ShouldBeLessThan(100);
        alarms[^1].ShouldBeGreaterThan(900);
    }
}
