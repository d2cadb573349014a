using System.Globalization;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Processes;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

/// <summary>Workers that are killed or stopped from outside: nothing to do with the kernel.</summary>
public sealed class KilledWorkerTests : IDisposable
{
    private const int KillSignal = 9;
    private const int ContinueSignal = 18;
    private const int StopSignal = 19;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_worker_that_is_killed_is_replaced_and_the_gate_goes_on_and_passes()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await Record("waits-once");
        using var gate = Start("gate", "waits-once", "--no-base", "--workers", "3", "--fail-on", "exact");
        LinuxCalls.Kill(await Worker(), KillSignal).ShouldBe(0);
        var (exitCode, output, error) = await gate.End();

        exitCode.ShouldBe(0, output + error);
        error.ShouldContain("the worker was killed by signal 9 while it ran 'waits-once'; nothing of it counts, a fresh one takes its place (1 of 2 at most)");
        output.ShouldContain("3 worker processes; 1 more was killed from outside and replaced");
        output.ShouldContain("gate: pass");
    }

    [Fact]
    public async Task A_worker_that_is_stopped_for_a_second_and_goes_on_is_no_regression()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await Record("tells-process");

        // Room for all noise, and none for a second: a call takes some milliseconds.
        var path = _folder["nanobragg.baseline.json"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"yardstick\":", "\"limit\": 9, \"yardstick\":", StringComparison.Ordinal));
        using var gate = Start("gate", "tells-process", "--no-base", "--workers", "3");

        // A worker may end between being found and being stopped; the next one will do.
        var worker = await Worker();
        await LauncherTests.WaitUntil(() => int.TryParse(File.ReadAllText(_folder["pid"]), out worker) && worker > 0 && LinuxCalls.Kill(worker, StopSignal) == 0);
        await Task.Delay(TimeSpan.FromSeconds(1));
        LinuxCalls.Kill(worker, ContinueSignal).ShouldBe(0);
        var (exitCode, output, error) = await gate.End();

        exitCode.ShouldBe(0, output + error);
        error.ShouldNotContain("a fresh one takes its place");
    }

    [Fact]
    public void Two_workers_of_a_run_are_replaced_and_not_a_third()
    {
        var lines = new Lines();
        var replacement = new WorkerReplacement(0, lines);

        replacement.Run(Ends(128 + KillSignal, 0)).ExitCode.ShouldBe(0);
        replacement.Run(Ends(128 + 15, 128 + KillSignal, 0)).ExitCode.ShouldBe(128 + KillSignal);

        replacement.Count.ShouldBe(2);
        lines.Told.Count.ShouldBe(2);
        new WorkerReplacement(2, lines).Run(Ends(128 + KillSignal, 0)).ExitCode.ShouldBe(128 + KillSignal);
        new WorkerReplacement(0, lines).Count.ShouldBeNull();
    }

    [Theory]
    [InlineData(128 + 6)]
    [InlineData(128 + 11)]
    [InlineData(128 + 8)]
    [InlineData(128 + 4)]
    [InlineData(1)]
    [InlineData(0)]
    public void What_a_kernel_does_to_its_own_process_is_not_tried_again(int exitCode)
    {
        var replacement = new WorkerReplacement(0, new Lines());

        replacement.Run(Ends(exitCode)).ExitCode.ShouldBe(exitCode);
        replacement.Count.ShouldBeNull();
    }

    [Fact]
    public void A_worker_that_was_killed_because_its_time_was_up_is_not_tried_again() => (Outcome(128 + KillSignal) with { TimedOut = true }).WasKilled.ShouldBeFalse();

    private static Func<WorkerOutcome> Ends(params int[] exitCodes)
    {
        var left = new Queue<int>(exitCodes);
        return () => Outcome(left.Dequeue());
    }

    private static WorkerOutcome Outcome(int exitCode) => new()
    {
        CommandLine = [],
        EnvironmentOverrides = Fixture.NoOverrides,
        ExitCode = exitCode,
        TimedOut = false,
        Usage = new() { WallSeconds = 1 },
        Log = "",
    };

    private async Task Record(string scenario)
    {
        var (exitCode, output, error) = await Start(tells: false, "baseline", "update", "--scenario", scenario, "--workers", "3", "--despite-interference").End();
        exitCode.ShouldBe(0, output + error);
    }

    private ToolProcess Start(params string[] arguments) => Start(tells: true, arguments);

    private ToolProcess Start(bool tells, params string[] arguments)
    {
        var environment = new Dictionary<string, string> { ["TMPDIR"] = _folder.Path };
        if (tells)
        {
            environment["NANOBRAGG_TEST_PIDS"] = _folder["pid"];
        }

        return ToolProcess.Start(environment, [.. arguments, "--assembly", Fixture.AssemblyPath, "--baseline", _folder["nanobragg.baseline.json"]]);
    }

    private async Task<int> Worker()
    {
        await LauncherTests.WaitUntil(() => File.Exists(_folder["pid"]));
        return int.Parse(File.ReadAllText(_folder["pid"]), CultureInfo.InvariantCulture);
    }

    private sealed class Lines : IProgress<string>
    {
        public List<string> Told { get; } = [];

        public void Report(string value) => Told.Add(value);
    }
}
