using NanoBragg.Tool.Measurement;
using Shouldly;

namespace NanoBragg.Tool.Tests.Measurement;

/// <summary>The assembly of made-up benchmarks that these tests measure, and short ways to run workers on it.</summary>
internal static class Fixture
{
    public static string AssemblyPath { get; } = Path.Combine(AppContext.BaseDirectory, "NanoBragg.Tool.Tests.Kernels.dll");

    /// <summary>Gets where the fixture's own build put it, with its dependencies file: bin/CONFIGURATION/FRAMEWORK/ of its project.</summary>
    public static string BuildFolder { get; } = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "NanoBragg.Tool.Tests.Kernels", "bin", Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "..", ".."), AppContext.BaseDirectory));

    public static Dictionary<string, string> NoOverrides { get; } = [];

    /// <summary>Copies the assembly, with one constant changed, into a folder.</summary>
    public static string CopyWith(string folder, int from, int to) => CopyWith(folder, BitConverter.GetBytes(from), BitConverter.GetBytes(to));

    /// <summary>Copies the assembly, with one text changed for another of its length, into a folder.</summary>
    public static string CopyWith(string folder, byte[] from, byte[] to)
    {
        var assembly = File.ReadAllBytes(AssemblyPath);
        var at = assembly.AsSpan().IndexOf(from);
        at.ShouldBeGreaterThan(0);
        assembly.AsSpan(at + from.Length).IndexOf(from).ShouldBe(-1);
        to.CopyTo(assembly.AsSpan(at));
        var copy = Path.Combine(Directory.CreateDirectory(folder).FullName, Path.GetFileName(AssemblyPath));
        File.WriteAllBytes(copy, assembly);
        return copy;
    }

    public static WorkerRequest Request(params string[] scenarios) => new()
    {
        AssemblyPath = AssemblyPath,
        Scenarios = scenarios,
        Samples = 3,
        BatchSeconds = 0,
    };

    public static WorkerOutcome Run(params string[] scenarios) => Run(Request(scenarios));

    public static WorkerOutcome Run(WorkerRequest request) =>
        WorkerLauncher.Run(request, NoOverrides, TimeSpan.FromSeconds(120), CancellationToken.None);

    /// <summary>Gets the only case's report, and shows the worker's log where there is none.</summary>
    public static CaseReport OnlyCase(this WorkerOutcome outcome) =>
        outcome.Failure is null ? outcome.Report!.Cases.Single() : throw new InvalidOperationException(outcome.Failure + "\n" + outcome.Log);
}
