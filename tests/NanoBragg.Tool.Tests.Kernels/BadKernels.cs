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
}
