using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Tests.Baselines;

/// <summary>Runs and baselines made by hand, small enough to see through.</summary>
internal static class Sample
{
    public static MachineFingerprint ThisMachine { get; } = Machine("amd-25-1-2cpu-linux-x64-4f1c");

    public static MachineFingerprint Machine(string id) => new()
    {
        Id = id,
        Processor = "AuthenticAMD 25/1",
        InstructionSets = "avx2+fma",
        Processors = 2,
        Platform = "linux-x64",
        Runtime = ".NET 10.0",
    };

    public static MeasuredRun Run(params MeasuredCase[] cases) => new()
    {
        ToolVersion = "0.1.0",
        Assembly = "My.Kernels",
        KernelVersion = "1.2.3",
        Machine = ThisMachine,
        Workers = 5,
        Contention = new(),
        Cases = cases,
    };

    public static MeasuredCase Case(string name, params MeasuredMetric[] metrics) => new() { Name = name, Metrics = metrics };

    /// <summary>A case with one metric of each sort: allocations, a figure of the result, time in two yardsticks, a figure for information.</summary>
    public static MeasuredCase Usual(string name, double allocated = 0, double sum = 12345.6789, double slower = 1) => Case(
        name,
        Exact("allocatedBytes", allocated, "B", Better.Lower) with { AbsoluteTolerance = 256 },
        Exact("sum", sum, "photons", Better.Equal) with { RelativeTolerance = 1e-6 },
        Ratio("time", "fma-1", 3.20 * slower, 3.21 * slower, 3.22 * slower, 3.23 * slower, 3.19 * slower),
        Ratio("time", "scalar-1", 1.0 * slower, 1.2 * slower, 1.1 * slower, 1.3 * slower, 0.9 * slower),
        new() { Name = "wallSeconds", Kind = MetricKind.Info, Unit = "s", Better = Better.Lower, Value = 0.003 });

    public static MeasuredMetric Exact(string name, double value, string unit = "B", Better better = Better.Lower) =>
        new() { Name = name, Kind = MetricKind.Exact, Unit = unit, Better = better, Value = value };

    public static MeasuredMetric Ratio(string name, string yardstick, params double[] groups) => new()
    {
        Name = name,
        Yardstick = yardstick,
        Kind = MetricKind.Ratio,
        Unit = "×",
        Better = Better.Lower,
        Value = groups.Order().ElementAt(groups.Length / 2),
        Groups = groups,
    };

    public static BaselineFile File(string text) => BaselineFile.Parse("nanobragg.baseline.json", System.Text.Encoding.UTF8.GetBytes(text));

    public static BaselineFile File(Baseline baseline) => File(BaselineText.Write(baseline));

    /// <summary>The canonical text of a baseline that uses every member there is.</summary>
    public const string Full = """
        {
          "$schema": "urn:nanobragg:baseline:1",
          "formatVersion": 1,
          "machines": {
            "amd-25-1-2cpu-linux-x64-4f1c": { "processor": "AuthenticAMD 25/1", "instructionSets": "avx2+fma", "processors": 2, "platform": "linux-x64", "runtime": ".NET 10.0", "graphics": "Some GPU, driver 550", "futureMachine": true }
          },
          "entries": [
            {
              "scenario": "good",
              "kernel": "[1.0.0-0, 2.0.0-0)",
              "note": "it's kept",
              "exact": {
                "allocatedBytes": { "value": 0, "unit": "B", "better": "lower", "absoluteTolerance": 256 },
                "sum": { "value": 12345.6789, "unit": "photons", "better": "equal", "relativeTolerance": 1E-06, "reason": "new lattice", "note": "from the paper", "futureMetric": { "a": [1.50, null], "b": {} } }
              },
              "machines": {
                "amd-25-1-2cpu-linux-x64-4f1c": {
                  "time": { "value": 3.21, "unit": "×", "yardstick": "fma-1", "spread": 0.005, "groups": 5, "better": "lower", "identity": "0123456789abcdef", "limit": 0.2, "reason": "wider vectors", "note": "noisy", "futureRatio": "x" }
                },
                "arm-8-2cpu-linux-arm64-0000": {
                  "minorFaults": { "value": 4612, "unit": "faults", "better": "lower", "relativeTolerance": 0.01, "idle": 4360, "identity": "0123456789abcdef" },
                  "time": { "value": 5, "unit": "×", "yardstick": "fma-1", "spread": 0.01, "groups": 8, "better": "lower" }
                }
              },
              "futureEntry": 1e3
            }
          ],
          "waivers": [
            { "scenario": "good", "metric": "time", "ceiling": 1.25, "expires": "2027-01-31", "until": "[1.0.0, 2.0.0)", "issue": "#12", "reason": "new lattice", "futureWaiver": 0 }
          ],
          "base": { "assembly": "My.Kernels.dll", "version": "1.2.0", "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "futureBase": 1 },
          "futureFile": ["kept"]
        }

        """;
}
