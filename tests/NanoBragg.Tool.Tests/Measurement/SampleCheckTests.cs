using NanoBragg.Tool.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

/// <summary>Samples that are no times fail their case; they never pass.</summary>
public sealed class SampleCheckTests
{
    private static readonly CaseReport Good = new()
    {
        Scenario = "good",
        Case = "",
        CallsPerSample = 100,
        CpuSeconds = [3e-5, 3.1e-5, 3e-5, 2.9e-5],
        WallSeconds = [3e-5, 3.2e-5, 3e-5, 3e-5],
        Ratios = new Dictionary<string, IReadOnlyList<double>> { ["fma-1"] = [3, 3.1, 3, 2.9] },
    };

    [Fact]
    public void Good_samples_are_left_as_they_are() => SampleCheck.Apply(Good, 4, 0.003).ShouldBeSameAs(Good);

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1e-6)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void One_sample_that_is_no_time_fails_the_case(double bad)
    {
        Failure(Good with { CpuSeconds = [3e-5, bad, 3e-5, 3e-5] }).ShouldStartWith("its CPU time is ");
        Failure(Good with { WallSeconds = [3e-5, 3e-5, 3e-5, bad] }).ShouldStartWith("its wall time is ");
        Failure(Good with { Ratios = new Dictionary<string, IReadOnlyList<double>> { ["fma-1"] = [bad, 3, 3, 3] } }).ShouldEndWith("in one of 4 samples, which is no time; the call does too little for this system's clock, so do more in it");
        Failure(Good with { Base = new(), Ratios = new Dictionary<string, IReadOnlyList<double>> { ["base"] = [1, bad] } }).ShouldStartWith("its ratio to the base is no number");
    }

    [Fact]
    public void Fewer_samples_than_asked_for_fail_the_case()
    {
        Failure(Good with { CpuSeconds = [3e-5, 3e-5, 3e-5] }).ShouldBe("its CPU time has 3 samples, and 4 were asked for; measure again, and report it if it stays");
        Failure(Good with { Ratios = new Dictionary<string, IReadOnlyList<double>> { ["fma-1"] = [] } }).ShouldStartWith("its ratio to fma-1 has 0 samples");
        Failure(Good with { CallsPerSample = 0 }).ShouldStartWith("a sample of it has 0 calls");
        Failure(Good with { Base = new() }).ShouldStartWith("its ratio to the base is no number");
    }

    [Fact]
    public void Batches_below_a_tenth_of_what_was_asked_for_fail_the_case()
    {
        Failure(Good with { CallsPerSample = 9 }).ShouldBe("its samples are too short to time: 270 µs for 9 calls, and 3000 µs were asked for; measure again, or do more in a call");
        SampleCheck.Apply(Good with { CallsPerSample = 11 }, 4, 0.003).Failure.ShouldBeNull();
    }

    [Fact]
    public void A_kernel_that_works_elsewhere_is_long_enough_by_wall_time() =>
        SampleCheck.Apply(Good with { CpuSeconds = [1e-9, 1e-9, 1e-9, 1e-9], WallSeconds = [3e-4, 3e-4, 3e-4, 3e-4] }, 4, 0.003).Failure.ShouldBeNull();

    [Fact]
    public void A_failure_of_the_kernels_own_is_kept() => SampleCheck.Apply(Good with { Failure = "wrong", CpuSeconds = [] }, 4, 0.003).Failure.ShouldBe("wrong");

    [Fact]
    public void The_cases_of_each_worker_are_those_declared_and_those_of_the_workers_before()
    {
        Should.NotThrow(() => CaseSet.MustBeWhole(["a", "b/x"], ["b/x", "a"]));
        Should.Throw<UserError>(() => CaseSet.MustBeWhole(["a", "b/x"], ["a"])).Message.ShouldBe("the assembly declares 'b/x', but the worker process did not measure it; did the assembly change meanwhile? Measure again");
        Should.Throw<UserError>(() => CaseSet.MustBeWhole(["a"], ["a", "b"])).Message.ShouldStartWith("the worker process measured 'b', which the assembly does not declare");
        Should.Throw<UserError>(() => CaseSet.MustBeWhole(["a"], ["a", "a"])).Message.ShouldStartWith("the worker process measured 'a' twice");
        Should.Throw<UserError>(() => CaseSet.MustBeWhole([], ["a"])).ExitCode.ShouldBe(ExitCode.Failure);

        var both = Baselines.Sample.Run(Baselines.Sample.Case("a"), Baselines.Sample.Case("b/x"), Baselines.Sample.Case("b/y"));
        Should.NotThrow(() => CaseSet.MustAgree(both, both));
        Should.NotThrow(() => CaseSet.MustAgree(both, both with { Scenarios = ["b"], Cases = [both.Cases[1], both.Cases[2]] }));
        Should.Throw<UserError>(() => CaseSet.MustAgree(both, both with { Scenarios = ["b"], Cases = [both.Cases[1]] })).Message.ShouldStartWith("an earlier worker process measured 'b/y', a later one did not");
        Should.Throw<UserError>(() => CaseSet.MustAgree(both with { Cases = [both.Cases[0]] }, both)).Message.ShouldStartWith("a later worker process measured 'b/x', an earlier one did not");
    }

    [Fact]
    public void A_worker_reports_what_the_assembly_declares_beside_what_it_measured()
    {
        var report = Fixture.Run("with-cases", "wrong-result").Report!;

        report.Declared.ShouldBe(report.Cases.Select(found => CaseMetrics.NameOf(found.Scenario, found.Case)));
        report.Declared.Count.ShouldBe(3);
    }

    private static string Failure(CaseReport report) => SampleCheck.Apply(report, 4, 0.003).Failure.ShouldNotBeNull();
}
