using NanoBragg.Tool.Diagnostics;
using NanoBragg.Tool.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Diagnostics;

public class ObservationTests
{
    [Fact]
    public void Every_observation_has_a_figure_in_it()
    {
        var observations = Observations.Of(MadeUpReport.Passing);
        observations.Count.ShouldBeGreaterThan(9);
        observations.ShouldAllBe(sentence => sentence.Any(char.IsAsciiDigit));
    }

    [Fact]
    public void They_follow_the_figures()
    {
        var all = string.Join('\n', Observations.Of(MadeUpReport.Passing));
        all.ShouldContain("highest in 2048 with 5.000 GB/s and lowest in 512 with 3.000 GB/s, 0.6000 of it");
        all.ShouldContain("17.0 % of the process's wall time");
        all.ShouldContain("10.00 ms against 2.000 ms (5.000 times)");
        all.ShouldContain("266.7 preemptions a CPU second: more than 200");
        all.ShouldContain("2 pages were read from a device");
        all.ShouldContain("read 4,096 bytes and wrote 98,304 bytes");
        all.ShouldContain("CV 43.3 % over 3 samples of one process, 6.7 % over the medians of 2 fresh processes; past 15.0 %");
        all.ShouldContain("load average 0.5000 before and 0.7500 after");
    }

    [Fact]
    public void A_quiet_run_is_not_called_busy()
    {
        var run = MadeUpReport.Run("process 1", 1);
        var quiet = run with { Usage = run.Usage with { InvoluntarySwitches = 3, MajorFaults = 0, InputBlocks = 0, OutputBlocks = 0 } };
        var all = string.Join('\n', Observations.Of(MadeUpReport.Passing with { Alone = [quiet] }));
        all.ShouldContain("so the processors were its own");
        all.ShouldContain("no page had to be read from a device");
        all.ShouldContain("0 blocks each");
    }

    [Fact]
    public void What_is_not_known_is_not_observed()
    {
        var run = MadeUpReport.Run("process 1", 1) with { Usage = new ProcessUsage { WallSeconds = 1 }, Contention = new Contention(), Cases = [], Stages = [] };
        Observations.Of(MadeUpReport.Passing with { Alone = [run], UnderLoad = null, Comparisons = [] }).Count.ShouldBe(1);
    }

    [Fact]
    public void A_check_that_breaks_only_under_load_leads_to_advice() =>
        NextActions.Of(MadeUpReport.Passing with { Comparisons = [MadeUpReport.Ratio(0.9, 0.4)] })
            .ShouldContain(action => action.Contains("bandwidth-ratio", StringComparison.Ordinal) && action.Contains("by itself", StringComparison.Ordinal));

    [Theory]
    [InlineData(DiagnosticStatus.TimedOut, "--timeout")]
    [InlineData(DiagnosticStatus.Crashed, "run.log")]
    [InlineData(DiagnosticStatus.WrongResult, "Put the result right")]
    [InlineData(DiagnosticStatus.ThresholdFailed, "*Checks*")]
    [InlineData(DiagnosticStatus.Cancelled, "Run it again")]
    internal void Each_failure_has_its_next_action(DiagnosticStatus status, string action) =>
        NextActions.Of(MadeUpReport.Passing with { Status = status })[0].ShouldContain(action);

    [Fact]
    public void Unsteady_cases_are_named() => NextActions.Of(MadeUpReport.Passing).ShouldContain(action => action.Contains("samples of 512 differ", StringComparison.Ordinal));
}
