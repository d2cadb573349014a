using System.Text.Json.Serialization;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>One worker process of a diagnostic.</summary>
internal sealed record DiagnosticRun
{
    /// <summary>Gets what the process is called in the bundle, such as <c>process 1</c> or <c>under load</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how it ended; comparisons are judged over all processes, not here.</summary>
    public required DiagnosticStatus Status { get; init; }

    /// <summary>Gets why it has no figures at all, in one line, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets the exit code; 128 + n after signal n.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Gets the command line, program first.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>Gets the variables that were set for the process beyond the tool's own.</summary>
    public required IReadOnlyDictionary<string, string> EnvironmentOverrides { get; init; }

    /// <summary>Gets what the process was asked to do; <c>commands.txt</c> makes it repeatable.</summary>
    [JsonIgnore]
    public WorkerRequest? Request { get; init; }

    /// <summary>Gets what the kernel of the operating system counted.</summary>
    public required ProcessUsage Usage { get; init; }

    /// <summary>Gets what disturbed the process.</summary>
    public required Contention Contention { get; init; }

    /// <summary>Gets seconds from the start of the process to the first line of the worker's own code; null without a report.</summary>
    public double? StartupSeconds { get; init; }

    /// <summary>Gets seconds from the start of the process to the moment before its report was written; null without a report.</summary>
    public double? SessionSeconds { get; init; }

    /// <summary>Gets methods that the JIT compiled; null without a report.</summary>
    public int? JitMethods { get; init; }

    /// <summary>Gets seconds that the JIT took, inside the stages; null without a report.</summary>
    public double? JitSeconds { get; init; }

    /// <summary>Gets garbage collections of all generations; null without a report.</summary>
    public int? GarbageCollections { get; init; }

    /// <summary>Gets the cases, in the order that they ran.</summary>
    public IReadOnlyList<CaseFigures> Cases { get; init; } = [];

    /// <summary>Gets where the process's time went; the last row is the rest, so that the rows add up to the process.</summary>
    public IReadOnlyList<StageTime> Stages { get; init; } = [];

    /// <summary>Gets the wall seconds of all first and timed calls.</summary>
    public double CallSeconds => Cases.Sum(c => c.FirstCallSeconds + (c.WallSeconds.Sum() * c.CallsPerSample));

    /// <summary>Gets bytes read through the file system (512 a block); null where the system does not tell.</summary>
    public long? FileSystemInputBytes => Usage.InputBlocks * 512;

    /// <summary>Gets bytes written through the file system (512 a block); null where the system does not tell.</summary>
    public long? FileSystemOutputBytes => Usage.OutputBlocks * 512;

    /// <summary>Gets a case by name.</summary>
    public CaseFigures? Case(string name) => Cases.FirstOrDefault(c => c.Name == name);
}

/// <summary>A part of a process's life. The JIT's seconds are inside the wall and CPU seconds; null where they are not told apart.</summary>
internal sealed record StageTime(string Stage, double WallSeconds, double? CpuSeconds, double? JitSeconds);
