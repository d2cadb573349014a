using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Tests.Measurement;

/// <summary>The assembly of made-up benchmarks that these tests measure, and short ways to run workers on it.</summary>
internal static class Fixture
{
    public static string AssemblyPath { get; } = Path.Combine(AppContext.BaseDirectory, "NanoBragg.Tool.Tests.Kernels.dll");

    /// <summary>Gets where the fixture's own build put it, with its dependencies file: bin/CONFIGURATION/FRAMEWORK/ of its project.</summary>
    public static string BuildFolder { get; } = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "NanoBragg.Tool.Tests.Kernels", "bin", Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "..", ".."), AppContext.BaseDirectory));

    public static Dictionary<string, string> NoOverrides { get; } = [];

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
