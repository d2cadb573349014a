using NanoBragg.Tool.Diagnostics;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Tests.Diagnostics;

/// <summary>A report with figures that are easy to compute with: what renderers are tested on.</summary>
internal static class MadeUpReport
{
    public static DiagnosticReport Passing { get; } = new()
    {
        Stamp = "20261122T203304Z",
        Scenario = "at-perf-003",
        Measures = "Memory bandwidth of whole pictures.",
        Status = DiagnosticStatus.Passed,
        StatusReason = "every result is right",
        WallSeconds = 2.5,
        Machine = new MachineFingerprint
        {
            Id = "imaginary-9000",
            Processor = "Imaginary 9000",
            InstructionSets = "avx2",
            Processors = 4,
            Platform = "linux-x64",
            Runtime = ".NET 10.0",
        },
        ToolVersion = "0.1.0",
        Assembly = "Kernels",
        KernelVersion = "1.2.3",
        Command = ["dotnet", "nanobragg", "diag", "at-perf-003"],
        Guards = new DiagnosticGuards { TimeoutSeconds = 900, Device = "cpu", JitTiering = true, Repeats = 2, LoadThreads = 4 },
        Alone = [Run("process 1", slowness: 1), Run("process 2", slowness: 1.1)],
        UnderLoad = Run("under load", slowness: 2),
        Comparisons = [Ratio(alone: 0.9, underLoad: 0.8)],
        Baseline = new ChangeTable { With = "There is no baseline." },
        Earlier = new ChangeTable { With = "There is no earlier bundle." },
        Environment =
        [
            new EnvironmentFact("Processor", "processor", "Imaginary 9000"), new EnvironmentFact("Processor", "processors of this process", "4"),
            new EnvironmentFact("Runtime", ".NET runtime", ".NET 10.0.0"),
        ],
    };

    public static ComparisonResult Ratio(double alone, double underLoad) => new()
    {
        Name = "bandwidth-ratio",
        Numerator = "2048",
        Denominator = "512",
        Rate = "bytes",
        AtLeast = 0.5,
        AlonePerProcess = [alone, alone],
        UnderLoad = underLoad,
    };

    /// <summary>A process whose calls take 2, 2 and 4 ms (512) and 20, 20 and 20 ms (2048), times a slowness.</summary>
    public static DiagnosticRun Run(string name, double slowness) => new()
    {
        Name = name,
        Status = DiagnosticStatus.Passed,
        ExitCode = 0,
        CommandLine = ["/opt/dot net/dotnet", "exec", "tool.dll", "worker", "/tmp/x/request.json"],
        EnvironmentOverrides = new Dictionary<string, string> { ["NANOBRAGG_DEVICE"] = "cpu", ["DOTNET_TieredPGO"] = "0" },
        Request = new WorkerRequest { AssemblyPath = "/it's/here/Kernels.dll", Scenarios = ["at-perf-003"], Samples = 3, BatchSeconds = 0 },
        Usage = new ProcessUsage
        {
            WallSeconds = 0.4 * slowness,
            UserSeconds = 0.5,
            SystemSeconds = 0.1,
            MaxResidentBytes = 65_536_000,
            MinorFaults = 12_345,
            MajorFaults = 2,
            VoluntarySwitches = 131,
            InvoluntarySwitches = 160,
            InputBlocks = 8,
            OutputBlocks = 192,
            Swaps = 0,
        },
        Contention = new Contention { LoadBefore = 0.5, LoadAfter = 0.75, CpuPressure = 0.125, Steal = 0.01 },
        StartupSeconds = 0.04,
        SessionSeconds = 0.38,
        JitMethods = 321,
        JitSeconds = 0.05,
        GarbageCollections = 3,
        Cases =
        [
            Case("512", bytes: 6e6, first: 0.01, [0.002 * slowness, 0.002 * slowness, 0.004 * slowness]),
            Case("2048", bytes: 1e8, first: 0.05, [0.02 * slowness, 0.02 * slowness, 0.02 * slowness]),
        ],
        Stages = [new StageTime("runtime start", 0.04, 0.03, 0.01), new StageTime(StageTimes.TimedCalls, 0.068, 0.12, 0), new StageTime(StageTimes.Rest, 0.292, 0.45, null)],
    };

    private static CaseFigures Case(string name, double bytes, double first, double[] wall) => new()
    {
        Name = name,
        StepsPerCall = 1000,
        StepUnit = "pixels",
        BytesPerCall = bytes,
        Threads = 2,
        ResidentGrowthBytes = (long)(bytes / 2),
        MinorFaultsPerCall = 1.5,
        FirstCallSeconds = first,
        WallSeconds = wall,
        CpuSeconds = [.. wall.Select(w => 2 * w)],
        Figures = new Dictionary<string, double> { ["sum"] = 42.5 },
    };
}
