using System.Globalization;
using NanoBragg.Tool.Measurement.Processes;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

/// <summary>However the tool ends, nothing that it started is left, and one process at a time measures.</summary>
public sealed class EndOfToolTests : IDisposable
{
    private const int InterruptSignal = 2;
    private const int TerminateSignal = 15;

    // A temporary folder of each test's own: the machine lock lies in it, so that tests do not wait for each other.
    private readonly string _folder = Directory.CreateTempSubdirectory("nanobragg-end-tests-").FullName;

    private string ProcessIdsFile => Path.Combine(_folder, "pids");

    private Dictionary<string, string> Environment => new() { ["TMPDIR"] = _folder, ["NANOBRAGG_TEST_PIDS"] = ProcessIdsFile };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_tool_that_is_killed_leaves_no_worker_and_no_temporary_folder()
    {
        using var tool = await StartEndless();

        tool.KillAlone();
        await tool.End();

        WorkerAndGrandchild().ShouldAllBe(id => LauncherTests.IsGone(id));
        Directory.EnumerateDirectories(_folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(InterruptSignal)]
    [InlineData(TerminateSignal)]
    public async Task A_tool_that_is_asked_to_end_says_cancelled_and_leaves_nothing(int signal)
    {
        using var tool = await StartEndless();

        LinuxCalls.Kill(tool.Id, signal).ShouldBe(0);
        var (exitCode, output, error) = await tool.End();

        exitCode.ShouldBe(130);
        output.ShouldBeEmpty();
        error.ShouldContain("nanobragg: cancelled");
        WorkerAndGrandchild().ShouldAllBe(id => LauncherTests.IsGone(id));
        Directory.EnumerateDirectories(_folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_measurement_waits_for_the_first_and_says_for_whom()
    {
        using var first = await StartEndless();

        var (exitCode, output, error) = await ToolProcess.Run(Environment, "measure", "good", "--assembly", Fixture.AssemblyPath, "--timeout", "1");

        exitCode.ShouldBe(5);
        output.ShouldBeEmpty();
        error.ShouldContain($"waiting for another measurement on this machine: process {first.Id.ToString(CultureInfo.InvariantCulture)} (nanobragg measure endless");
        error.ShouldContain("nanobragg: error: another measurement held this machine for 1 s");
    }

    [Fact]
    public async Task A_measurement_begins_when_the_one_before_is_gone()
    {
        using var first = await StartEndless();
        using var second = ToolProcess.Start(Environment, "measure", "good", "--assembly", Fixture.AssemblyPath, "--workers", "1");
        await Task.Delay(500);

        first.KillAlone();
        var (exitCode, _, error) = await second.End();

        exitCode.ShouldBe(0, error);
    }

    private async Task<ToolProcess> StartEndless()
    {
        var tool = ToolProcess.Start(Environment, "measure", "endless", "--assembly", Fixture.AssemblyPath);
        await LauncherTests.WaitUntil(() => File.Exists(ProcessIdsFile));
        return tool;
    }

    private int[] WorkerAndGrandchild() => [.. File.ReadAllText(ProcessIdsFile).Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
}
