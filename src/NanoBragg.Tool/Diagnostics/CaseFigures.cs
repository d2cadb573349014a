using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>What one process found of one case. Times are of single calls, in seconds.</summary>
internal sealed record CaseFigures
{
    /// <summary>Gets the case's name, or the scenario's where it has no cases.</summary>
    public required string Name { get; init; }

    /// <summary>Gets why there are no figures, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets why this machine cannot run the case, or null.</summary>
    public string? NotAvailable { get; init; }

    /// <summary>Gets units of work a call.</summary>
    public double StepsPerCall { get; init; }

    /// <summary>Gets what <see cref="StepsPerCall"/> counts, in the plural.</summary>
    public string StepUnit { get; init; } = "calls";

    /// <summary>Gets the bytes that the benchmark says a call moves to and from memory; 0 where it says nothing.</summary>
    public double BytesPerCall { get; init; }

    /// <summary>Gets the threads that a call keeps busy.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Gets managed bytes that a call allocates.</summary>
    public long AllocatedBytesPerCall { get; init; }

    /// <summary>Gets how far the case raised resident memory, bytes; null where the system does not tell.</summary>
    public long? ResidentGrowthBytes { get; init; }

    /// <summary>Gets minor page faults of a timed call; null where the system does not tell.</summary>
    public double? MinorFaultsPerCall { get; init; }

    /// <summary>Gets wall seconds of preparing.</summary>
    public double PrepareSeconds { get; init; }

    /// <summary>Gets wall seconds of the first call, JIT and first touch included.</summary>
    public double FirstCallSeconds { get; init; }

    /// <summary>Gets calls in a sample.</summary>
    public int CallsPerSample { get; init; } = 1;

    /// <summary>Gets wall seconds of a call, sample by sample, in the order taken.</summary>
    public IReadOnlyList<double> WallSeconds { get; init; } = [];

    /// <summary>Gets CPU seconds of a call, all threads, sample by sample.</summary>
    public IReadOnlyList<double> CpuSeconds { get; init; } = [];

    /// <summary>Gets the figures of the result, as its check returned them.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Gets how <see cref="WallSeconds"/> lie.</summary>
    public SampleSpread? Wall => SampleSpread.Of(WallSeconds);

    /// <summary>Gets how <see cref="CpuSeconds"/> lie.</summary>
    public SampleSpread? Cpu => SampleSpread.Of(CpuSeconds);

    /// <summary>Gets bytes of a call by the median wall time of a call, in 10⁹ bytes a second; null where the benchmark names no bytes.</summary>
    public double? GigabytesPerSecond => BytesPerCall > 0 && Wall is { Median: > 0 } wall ? BytesPerCall / wall.Median / 1e9 : null;

    /// <summary>Gets the same bandwidth in 2³⁰ bytes a second.</summary>
    public double? GibibytesPerSecond => GigabytesPerSecond * 1e9 / (1L << 30);

    /// <summary>Gets steps of a call by the median wall time of a call, steps a second.</summary>
    public double? StepsPerWallSecond => Wall is { Median: > 0 } wall ? StepsPerCall / wall.Median : null;

    /// <summary>Gets steps of a call by the median CPU time of a call, steps a CPU second.</summary>
    public double? StepsPerCpuSecond => Cpu is { Median: > 0 } cpu ? StepsPerCall / cpu.Median : null;

    /// <summary>Takes over a worker's report of a case.</summary>
    public static CaseFigures From(CaseReport report) => new()
    {
        Name = report.Case.Length > 0 ? report.Case : report.Scenario,
        Failure = report.Failure,
        NotAvailable = report.NotAvailable,
        StepsPerCall = report.Steps,
        StepUnit = report.StepUnit,
        BytesPerCall = report.Bytes,
        Threads = report.Threads,
        AllocatedBytesPerCall = report.AllocatedBytes,
        ResidentGrowthBytes = report.ResidentGrowthBytes,
        MinorFaultsPerCall = report.MinorFaultsPerCall,
        PrepareSeconds = report.PrepareSeconds,
        FirstCallSeconds = report.FirstCallSeconds,
        CallsPerSample = report.CallsPerSample,
        WallSeconds = report.WallSeconds,
        CpuSeconds = report.CpuSeconds,
        Figures = new SortedDictionary<string, double>(report.Figures.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
    };
}
