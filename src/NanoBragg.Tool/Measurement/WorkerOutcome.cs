using System.Globalization;
using NanoBragg.Tool.Measurement.Workers;

namespace NanoBragg.Tool.Measurement;

/// <summary>How a worker process ended, seen from outside.</summary>
internal sealed record WorkerOutcome
{
    /// <summary>Gets the command line that was run, program first.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>Gets the environment variables that were set for the worker beyond the tool's own.</summary>
    public required IReadOnlyDictionary<string, string> EnvironmentOverrides { get; init; }

    /// <summary>Gets the exit code; 128 + n after signal n.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Gets whether the time limit was reached and the worker's process tree was killed.</summary>
    public required bool TimedOut { get; init; }

    /// <summary>Gets what the kernel counted for the process.</summary>
    public required ProcessUsage Usage { get; init; }

    /// <summary>Gets the worker's own report, or null where it ended before it could write one.</summary>
    public WorkerReport? Report { get; init; }

    /// <summary>Gets what the worker wrote to standard output and error (the last MiB of it).</summary>
    public required string Log { get; init; }

    /// <summary>Gets the case that the worker was at last seen to begin, <c>scenario</c> or <c>scenario/case</c>; null where it began none.</summary>
    public string? LastCase => WorkerLog.LastCase(Log);

    /// <summary>
    /// Gets whether the worker was ended from outside, before it could report: by the out-of-memory killer or an operator (SIGKILL, SIGTERM, SIGHUP). What a kernel does to its
    /// own process (SIGSEGV, SIGABRT and the like) is not meant.
    /// </summary>
    public bool WasKilled => Report is null && !TimedOut && (ExitCode is 128 + 1 or 128 + 9 or 128 + 15);

    /// <summary>Gets why there is no usable report, in one line, or null when there is one.</summary>
    public string? Failure
    {
        get
        {
            if (TimedOut)
            {
                return string.Create(CultureInfo.InvariantCulture, $"timed out after {Usage.WallSeconds:F0} s; killed the worker and its children");
            }

            if (Report is not null)
            {
                return Report.Failure;
            }

            var end = ExitCode > 128
                ? string.Create(CultureInfo.InvariantCulture, $"was killed by signal {ExitCode - 128}")
                : string.Create(CultureInfo.InvariantCulture, $"ended with exit code {ExitCode}");
            var during = LastCase is { } name ? $" while it ran '{name}'" : "";
            var words = WorkerLog.LastWords(Log);
            return words.Length == 0 ? $"the worker {end}{during}" : $"the worker {end}{during}: {words}";
        }
    }
}

/// <summary>Resource usage of one ended process as the operating system counted it (<c>wait4</c>); null where it does not tell.</summary>
internal sealed record ProcessUsage
{
    /// <summary>Gets wall seconds from spawn to end.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Gets CPU seconds in user mode.</summary>
    public double? UserSeconds { get; init; }

    /// <summary>Gets CPU seconds in kernel mode.</summary>
    public double? SystemSeconds { get; init; }

    /// <summary>Gets peak resident memory, bytes.</summary>
    public long? MaxResidentBytes { get; init; }

    /// <summary>Gets page faults served without input or output.</summary>
    public long? MinorFaults { get; init; }

    /// <summary>Gets page faults that read from a device.</summary>
    public long? MajorFaults { get; init; }

    /// <summary>Gets voluntary context switches (waits).</summary>
    public long? VoluntarySwitches { get; init; }

    /// <summary>Gets involuntary context switches (preemptions).</summary>
    public long? InvoluntarySwitches { get; init; }

    /// <summary>Gets file-system reads in 512-byte blocks, as getrusage counts them.</summary>
    public long? InputBlocks { get; init; }

    /// <summary>Gets file-system writes in 512-byte blocks.</summary>
    public long? OutputBlocks { get; init; }

    /// <summary>Gets swaps; Linux always says 0.</summary>
    public long? Swaps { get; init; }

    /// <summary>Gets (user + system) / wall, such as 1.95 for two busy processors.</summary>
    public double? CpuShare => UserSeconds is { } u && SystemSeconds is { } s && WallSeconds > 0 ? (u + s) / WallSeconds : null;
}
