using System.Diagnostics;
using System.Globalization;
using NanoBragg.Tool.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public sealed class LauncherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanobragg-launcher-tests-").FullName;

    private string ProcessIdsFile => Path.Combine(_folder, "pids");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_system_counts_what_a_worker_used()
    {
        var outcome = Fixture.Run("touches-memory");

        outcome.Failure.ShouldBeNull();
        outcome.Usage.UserSeconds!.Value.ShouldBeGreaterThan(0);
        outcome.Usage.SystemSeconds!.Value.ShouldBeGreaterThan(0);
        outcome.Usage.WallSeconds.ShouldBeGreaterThan(0);

        // At least five calls touched 51 200 fresh pages each, unless the system hands out huge pages.
        outcome.Usage.MinorFaults!.Value.ShouldBeGreaterThan(1000);
        outcome.Usage.MaxResidentBytes!.Value.ShouldBeInRange(200L << 20, 400L << 20);
        outcome.CommandLine.ShouldContain("worker");
    }

    [Fact]
    public void Peak_memory_is_the_workers_own_not_the_spawners()
    {
        var large = new byte[600 << 20];
        Array.Fill<byte>(large, 1);

        var outcome = Fixture.Run("good");

        outcome.Usage.MaxResidentBytes!.Value.ShouldBeInRange(10L << 20, 200L << 20);
        GC.KeepAlive(large);
    }

    [Fact]
    public void A_time_limit_kills_the_worker_and_what_it_started()
    {
        var outcome = WorkerLauncher.Run(
            Fixture.Request("endless"),
            new Dictionary<string, string> { ["NANOBRAGG_TEST_PIDS"] = ProcessIdsFile },
            TimeSpan.FromSeconds(5),
            CancellationToken.None);

        outcome.TimedOut.ShouldBeTrue();
        outcome.ExitCode.ShouldBe(128 + 9);
        outcome.Failure!.ShouldContain("timed out after 5 s");
        outcome.Log.ShouldContain("endless");
        outcome.Usage.UserSeconds!.Value.ShouldBeGreaterThan(0);
        ProcessIds().ShouldAllBe(id => IsGone(id));
        Directory.Exists(Path.GetDirectoryName(outcome.CommandLine[^1])).ShouldBeFalse();
    }

    [Fact]
    public async Task Cancelling_kills_the_worker_and_what_it_started()
    {
        using var cancellation = new CancellationTokenSource();
        var run = Task.Run(() => WorkerLauncher.Run(
            Fixture.Request("endless"),
            new Dictionary<string, string> { ["NANOBRAGG_TEST_PIDS"] = ProcessIdsFile },
            Timeout.InfiniteTimeSpan,
            cancellation.Token));
        await WaitUntil(() => File.Exists(ProcessIdsFile));

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(run);
        ProcessIds().ShouldAllBe(id => IsGone(id));
    }

    private int[] ProcessIds() => [.. File.ReadAllText(ProcessIdsFile).Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    internal static bool IsGone(int processId)
    {
        // The system's init may take a moment to reap an orphan that was killed.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var status = Tool.Measurement.Processes.Procfs.ReadAll(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"));
            if (status is null || status.Contains("State:\tZ", StringComparison.Ordinal))
            {
                return true;
            }

            Thread.Sleep(50);
        }

        return false;
    }

    internal static async Task WaitUntil(Func<bool> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(20);
        }
    }
}
