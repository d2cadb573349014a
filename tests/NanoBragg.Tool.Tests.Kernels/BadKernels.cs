using System.Diagnostics;
using System.Globalization;

namespace NanoBragg.Tool.Tests.Kernels;

/// <summary>Benchmarks that go wrong, each in its way.</summary>
internal static class BadKernels
{
    [KernelBenchmark("wrong-result", Measures = "Its check refuses the result.")]
    internal static KernelRun WrongResult() => new(static () => { })
    {
        Check = () => throw new InvalidDataException("the picture's sum is 1,\nexpected 2"),
    };

    [KernelBenchmark("not-a-number", Measures = "One of its figures is NaN.")]
    internal static KernelRun NotANumber() => new(static () => { }) { Check = () => new Dictionary<string, double> { ["sum"] = double.NaN } };

    [KernelBenchmark("throws-preparing", Measures = "Throws before it can be called.")]
    internal static KernelRun ThrowsPreparing() => throw new NotSupportedException("no such device");

    [KernelBenchmark("throws-called", Measures = "Throws when called.")]
    internal static KernelRun ThrowsCalled() => new(() => throw new TimeoutException("too late"));

    [KernelBenchmark("drifts", Measures = "Its figure and its allocations differ from process to process.")]
    internal static KernelRun Drifts()
    {
        var bytes = 10_000 + (Environment.ProcessId % 1000 * 1000);
        byte[]? kept = null;
        return new KernelRun(() => kept = new byte[bytes]) { Check = () => new Dictionary<string, double> { ["length"] = kept!.Length } };
    }

    [KernelBenchmark("crashes", Measures = "Takes its process down.")]
    internal static KernelRun Crashes() => new(() => Environment.FailFast("the kernel gave up"));

    /// <summary>Starts <c>sleep</c>, writes the process ids of itself and of it to the file named by NANOBRAGG_TEST_PIDS, and loops for ever.</summary>
    [KernelBenchmark("endless", Measures = "Never returns.")]
    internal static KernelRun Endless() => new(() =>
    {
        using var grandchild = Process.Start("sleep", "600");
        if (Environment.GetEnvironmentVariable("NANOBRAGG_TEST_PIDS") is { } path)
        {
            File.WriteAllText(path + ".new", string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {grandchild.Id}"));
            File.Move(path + ".new", path);
        }

        while (true)
        {
        }
    });

    /// <summary>
    /// In the first process that calls it, writes the process id to the file named by NANOBRAGG_TEST_PIDS and waits to be killed; in those after it, works. The figure is there so
    /// that something is compared.
    /// </summary>
    [KernelBenchmark("waits-once", Measures = "Waits for ever in one process, and works in the others.")]
    internal static KernelRun WaitsOnce()
    {
        var sum = 0.0;
        return new KernelRun(() =>
        {
            TellProcess(wait: true);
            sum = Sum(20_000);
        })
        {
            Check = () => new Dictionary<string, double> { ["sum"] = sum },
        };
    }

    /// <summary>Each process that calls it writes its id to the file named by NANOBRAGG_TEST_PIDS, and works on.</summary>
    [KernelBenchmark("tells-process", Measures = "Sums square roots, and tells in which process.")]
    internal static KernelRun TellsProcess()
    {
        var sum = 0.0;
        return new KernelRun(() =>
        {
            TellProcess(wait: false);
            sum = Sum(2_000_000);
        })
        {
            Check = () => new Dictionary<string, double> { ["sum"] = sum },
        };
    }

    private static string? s_told = Environment.GetEnvironmentVariable("NANOBRAGG_TEST_PIDS");

    private static void TellProcess(bool wait)
    {
        if (s_told is not { } path)
        {
            return;
        }

        s_told = null;
        var isFirst = !File.Exists(path);
        File.WriteAllText(path + ".new", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        File.Move(path + ".new", path, overwrite: true);
        Thread.Sleep(wait && isFirst ? Timeout.Infinite : 0);
    }

    private static double Sum(int terms)
    {
        var sum = 0.0;
        for (var i = 1; i <= terms; i++)
        {
            sum += Math.Sqrt(i);
        }

        return sum;
    }
}
