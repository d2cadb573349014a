using NanoBragg.Tool.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public sealed class SessionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanobragg-session-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_has_exact_metrics_that_agree_and_a_ratio_for_each_yardstick_with_a_group_for_each_worker()
    {
        var run = Measure(workers: 3, "good", "with-cases");

        run.Workers.ShouldBe(3);
        run.Assembly.ShouldBe("NanoBragg.Tool.Tests.Kernels");
        run.KernelVersion.ShouldBe("1.2.3-beta.4");
        run.Cases.Select(measured => measured.Name).ShouldBe(["good", "with-cases/long", "with-cases/short-10000-0.5"]);
        run.Cases.ShouldAllBe(measured => measured.Failure == null);
        var good = run.Cases[0].Metrics;
        good.Select(metric => (metric.Name, metric.Yardstick)).ShouldBe(
            good.OrderBy(metric => metric.Name, StringComparer.Ordinal).ThenBy(metric => metric.Yardstick, StringComparer.Ordinal).Select(metric => (metric.Name, metric.Yardstick)));
        var ratios = good.Where(metric => metric.Kind == MetricKind.Ratio).ToList();
        ratios.Select(metric => metric.Name).ShouldBe(["time", "time", "time", "time", "time"]);
        ratios.Select(metric => metric.Yardstick).ShouldBe(["fma-1", "gather-1", "mix-1", "scalar-1", "stream-1"]);
        ratios.ShouldAllBe(metric => metric.Groups!.Count == 3 && metric.Groups.All(group => group > 0) && metric.Unit == "×" && metric.Better == Better.Lower);
        ratios.ShouldAllBe(metric => metric.Groups!.Contains(metric.Value));
        Exact(good, "steps").Value.ShouldBe(20_000);
        Exact(good, "allocatedBytes").Value.ShouldBe(0);
        Exact(good, "allocatedBytes").AbsoluteTolerance.ShouldBe(256);
        Exact(good, "sum").Better.ShouldBe(Better.Equal);
        Exact(good, "sum").RelativeTolerance.ShouldBe(1e-6);
        good.Single(metric => metric.Name == "stepsPerSecond").Better.ShouldBe(Better.Higher);
        run.Comparisons.Select(comparison => (comparison.Name, comparison.Passes)).ShouldBe([("speed-ratio", true), ("impossible", false)]);
        run.Contention.InvoluntarySwitchesPerSecond!.Value.ShouldBeGreaterThanOrEqualTo(0);
        run.Contention.RunQueueWait!.Value.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void A_run_can_be_extended_by_more_workers()
    {
        MeasuredRun? short_ = null;

        var longer = MeasureSession.Run(Options(1, "good"), new Lines(), CancellationToken.None, soFar =>
        {
            short_ ??= soFar;
            return soFar.Workers < 3 ? new Extension(1, ["good"], "more") : null;
        });

        longer.Workers.ShouldBe(3);
        var before = short_!.Cases[0].Metrics.Single(metric => metric.Yardstick == "fma-1");
        var after = longer.Cases[0].Metrics.Single(metric => metric.Yardstick == "fma-1");
        after.Groups!.Count.ShouldBe(3);
        after.Groups[0].ShouldBe(before.Groups!.Single());
        Exact(longer.Cases[0].Metrics, "sum").Value.ShouldBe(Exact(short_.Cases[0].Metrics, "sum").Value);
    }

    [Fact]
    public void A_kernel_that_differs_from_process_to_process_fails()
    {
        var run = Measure(workers: 2, "drifts", "good");

        run.Cases.Single(measured => measured.Name == "drifts").Failure!.ShouldContain("differs from run to run");
        run.Cases.Single(measured => measured.Name == "good").Failure.ShouldBeNull();
    }

    [Fact]
    public void A_run_reads_back_from_its_file_as_it_was_written()
    {
        var path = Path.Combine(_folder, "sub folder", "measured.json");
        var run = Measure(workers: 1, "allocates", "wrong-result", "with-cases");

        MeasuredRunFile.Write(path, run);

        var text = File.ReadAllText(path);
        text.ShouldEndWith("}\n");
        text.ShouldNotContain("\r");
        text.ShouldContain("\"kind\": \"exact\"");
        text.ShouldContain("\"unit\": \"×\"");
        ReadableJson.Text(MeasuredRunFile.Read(path)).ShouldBe(text);
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!).Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("{", "is no measurement")]
    [InlineData("null", "holds no measurement")]
    [InlineData("{}", "is no measurement")]
    public void A_file_that_holds_no_run_is_refused_in_one_line(string content, string message)
    {
        var path = Path.Combine(_folder, "broken.json");
        File.WriteAllText(path, content);

        var error = Should.Throw<UserError>(() => MeasuredRunFile.Read(path));

        error.Message.ShouldContain(message);
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void Time_that_is_up_ends_the_run_with_its_own_exit_code()
    {
        var error = Should.Throw<UserError>(() => MeasureSession.Run(Options(1, "endless") with { Timeout = TimeSpan.FromSeconds(20) }, new Lines(), CancellationToken.None));

        error.ExitCode.ShouldBe(ExitCode.TimedOut);
        error.Message.ShouldContain("timed out after 20 s; killed the worker and its children");
    }

    [Fact]
    public void A_crash_names_the_case_and_what_the_runtime_said()
    {
        var error = Should.Throw<UserError>(() => Measure(1, "good", "crashes"));

        error.ExitCode.ShouldBe(ExitCode.Failure);
        error.Message.ShouldStartWith("a benchmark took its worker process down: the worker was killed by signal 6 while it ran 'crashes': Process terminated.");
        error.Message.ShouldContain("the kernel gave up");
    }

    private static MeasuredRun Measure(int workers, params string[] scenarios) =>
        MeasureSession.Run(Options(workers, scenarios), new Lines(), CancellationToken.None);

    private static MeasureOptions Options(int workers, params string[] scenarios) => new()
    {
        AssemblyPath = Fixture.AssemblyPath,
        Scenarios = scenarios,
        Workers = workers,
    };

    private static MeasuredMetric Exact(IReadOnlyList<MeasuredMetric> metrics, string name) =>
        metrics.Single(metric => metric.Name == name && metric.Kind == MetricKind.Exact);

    private sealed class Lines : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
