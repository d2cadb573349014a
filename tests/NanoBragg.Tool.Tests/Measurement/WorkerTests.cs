using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Workers;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public sealed class WorkerTests
{
    [Fact]
    public void The_processors_that_may_be_used_are_known_and_a_worker_is_pinned_to_the_one_it_is_given()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var allowed = ProcessorAffinity.Allowed();
        allowed.Count.ShouldBe(Environment.ProcessorCount);
        foreach (var processor in allowed.Take(2))
        {
            Fixture.Run(Fixture.Request("tells-processor") with { Processor = processor, BatchSeconds = 0.001 }).OnlyCase().Figures["mask"].ShouldBe(Math.Pow(2, processor));
        }

        Fixture.Run(Fixture.Request("tells-processor") with { BatchSeconds = 0.001 }).OnlyCase().Figures["mask"].ShouldBe(allowed.Sum(processor => Math.Pow(2, processor)));
    }

    [Fact]
    public void A_good_kernel_is_timed_and_its_figures_are_reported()
    {
        var outcome = Fixture.Run(Fixture.Request("good") with { Samples = 5, BatchSeconds = 0.002, Yardsticks = ["fma-1", "scalar-1"] });

        var report = outcome.OnlyCase();
        report.Failure.ShouldBeNull();
        report.Steps.ShouldBe(20_000);
        report.StepUnit.ShouldBe("terms");
        report.Figures["sum"].ShouldBe(1885688.586, 0.001);
        report.CpuSeconds.Count.ShouldBe(5);
        report.WallSeconds.Count.ShouldBe(5);
        report.CpuSeconds.ShouldAllBe(seconds => seconds > 0);
        report.CallsPerSample.ShouldBeGreaterThan(1);
        report.FirstCallSeconds.ShouldBeGreaterThan(0);
        report.Ratios.Keys.ShouldBe(["fma-1", "scalar-1"], ignoreOrder: true);
        report.Ratios["fma-1"].Count.ShouldBe(5);
        report.Ratios["fma-1"].ShouldAllBe(ratio => ratio > 0);
        outcome.Report!.KernelVersion.ShouldBe("1.2.3-beta.4");
        outcome.Report.Assembly.ShouldBe("NanoBragg.Tool.Tests.Kernels");
        outcome.Report.YardstickRates["fma-1"].ShouldBeGreaterThan(0);
        outcome.Report.StartupSeconds.ShouldBeInRange(0.001, outcome.Report.SessionSeconds);
        outcome.Report.JitMethods.ShouldBeGreaterThan(0);
        outcome.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Cases_run_in_the_order_declared_and_are_named_by_their_arguments()
    {
        var report = Fixture.Run("with-cases").Report!;

        report.Cases.Select(found => found.Case).ShouldBe(["short-10000-0.5", "long"]);
        report.Cases.Select(found => found.Steps).ShouldBe([10_000, 40_000]);
    }

    [Fact]
    public void Comparisons_say_whether_they_are_within_their_limits()
    {
        var comparisons = Fixture.Run("with-cases").Report!.Comparisons;

        comparisons.Select(comparison => comparison.Name).ShouldBe(["speed-ratio", "impossible"]);
        comparisons[0].Value.ShouldBeGreaterThan(0);
        comparisons[0].AtLeast.ShouldBe(0.2);
        comparisons[1].Passes.ShouldBeFalse();
        comparisons[1].AtMost.ShouldBeNull();
    }

    [Theory]
    [InlineData("wrong-result", "its check threw InvalidDataException: the picture's sum is 1, expected 2")]
    [InlineData("not-a-number", "its figure 'sum' is NaN, which is not a finite number")]
    [InlineData("throws-preparing", "preparing threw NotSupportedException: no such device")]
    [InlineData("throws-called", "the call threw TimeoutException: too late")]
    public void A_kernel_that_fails_says_why_in_one_line_and_the_others_go_on(string scenario, string failure)
    {
        var report = Fixture.Run(scenario, "good").Report!;

        report.Failure.ShouldBeNull();
        report.Cases.Single(found => found.Scenario == scenario).Failure.ShouldBe(failure);
        report.Cases.Single(found => found.Scenario == "good").Failure.ShouldBeNull();
    }

    [Fact]
    public void A_kernel_that_takes_its_process_down_is_named_in_the_failure()
    {
        var outcome = Fixture.Run("crashes");

        outcome.Report.ShouldBeNull();
        outcome.ExitCode.ShouldNotBe(0);
        outcome.Failure!.ShouldContain("the worker");
        outcome.Failure!.ShouldNotContain("\n");
        outcome.Log.ShouldContain("crashes");
        outcome.Log.ShouldContain("the kernel gave up");
    }

    [Fact]
    public void Allocations_are_exact_and_the_same_in_every_process()
    {
        var runs = Enumerable.Range(0, 4).Select(_ => Fixture.Run(Fixture.Request("good", "allocates") with { BatchSeconds = 0.001 }).Report!).ToList();

        // An array of 1000 bytes has a header of 16 and a length of 8.
        runs.ShouldAllBe(report => report.Cases.Single(found => found.Scenario == "good").AllocatedBytes == 0);
        runs.ShouldAllBe(report => report.Cases.Single(found => found.Scenario == "allocates").AllocatedBytes == 1024);
    }

    [Fact]
    public void Allocations_are_exact_also_where_single_calls_are_timed()
    {
        var report = Fixture.Run("good", "allocates").Report!;

        report.Cases.Select(found => found.AllocatedBytes).ShouldBe([0, 1024]);
    }

    [Fact]
    public void Two_runs_give_the_same_figures()
    {
        var first = Fixture.Run("good", "with-cases", "two-threads").Report!;
        var second = Fixture.Run("good", "with-cases", "two-threads").Report!;

        second.Cases.Select(found => found.Figures["sum"]).ShouldBe(first.Cases.Select(found => found.Figures["sum"]));
    }

    [Fact]
    public void A_kernel_runs_under_the_steady_settings_and_the_callers_own_and_both_are_recorded()
    {
        var outcome = WorkerLauncher.Run(
            Fixture.Request("tells-environment"),
            new Dictionary<string, string> { ["NANOBRAGG_TEST_VALUE"] = "42", ["DOTNET_TC_CallCountThreshold"] = "3" },
            TimeSpan.FromSeconds(120),
            CancellationToken.None);

        outcome.OnlyCase().Figures["tieredPgo"].ShouldBe(0);
        outcome.OnlyCase().Figures["planted"].ShouldBe(42);
        outcome.EnvironmentOverrides["NANOBRAGG_TEST_VALUE"].ShouldBe("42");
        outcome.EnvironmentOverrides["DOTNET_TC_CallCountThreshold"].ShouldBe("3");
        outcome.EnvironmentOverrides["DOTNET_TieredPGO"].ShouldBe("0");
    }
}
