using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>
/// Everything that a diagnostic found: the one record that every file of the bundle is rendered from, and what <c>metrics.json</c> holds.
/// Holds no secret: texts from outside are scrubbed before they enter.
/// </summary>
internal sealed record DiagnosticReport
{
    /// <summary>Gets the version of this layout.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Gets when the diagnostic began, UTC, as <c>20261122T203304Z</c>.</summary>
    public required string Stamp { get; init; }

    /// <summary>Gets the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the sentence in which the benchmark says what it measures, or an empty string.</summary>
    public string Measures { get; init; } = "";

    /// <summary>Gets how it ended.</summary>
    public required DiagnosticStatus Status { get; init; }

    /// <summary>Gets one sentence on why, with its figures.</summary>
    public required string StatusReason { get; init; }

    /// <summary>Gets the exit code that the status stands for.</summary>
    public int ExitCode => (int)Status.ToExitCode();

    /// <summary>Gets wall seconds of the whole diagnostic, all processes and captures.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Gets the machine, by the properties that decide whether machine-bound figures may be compared.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Gets the version of the tool.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Gets the simple name of the assembly under test.</summary>
    public required string Assembly { get; init; }

    /// <summary>Gets the package version of the assembly under test; null where no worker could tell.</summary>
    public string? KernelVersion { get; init; }

    /// <summary>Gets the command that makes this bundle again.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Gets the guards in force.</summary>
    public required DiagnosticGuards Guards { get; init; }

    /// <summary>Gets the processes that ran alone, in order; the first is the one that the main tables show.</summary>
    public required IReadOnlyList<DiagnosticRun> Alone { get; init; }

    /// <summary>Gets the process that ran under load, or null.</summary>
    public DiagnosticRun? UnderLoad { get; init; }

    /// <summary>Gets the comparisons of cases.</summary>
    public IReadOnlyList<ComparisonResult> Comparisons { get; init; } = [];

    /// <summary>Gets the comparison with the committed baseline.</summary>
    public required ChangeTable Baseline { get; init; }

    /// <summary>Gets the comparison with an earlier bundle.</summary>
    public required ChangeTable Earlier { get; init; }

    /// <summary>Gets facts about the machine and the runtime.</summary>
    public required IReadOnlyList<EnvironmentFact> Environment { get; init; }

    /// <summary>Gets the process that the main tables show, or null where none ended.</summary>
    public DiagnosticRun? Main => Alone.Count > 0 ? Alone[0] : null;
}

/// <summary>What keeps a diagnostic within bounds.</summary>
internal sealed record DiagnosticGuards
{
    /// <summary>Gets the time limit of each worker process, seconds.</summary>
    public required double TimeoutSeconds { get; init; }

    /// <summary>Gets the device that the kernels were asked to run on.</summary>
    public required string Device { get; init; }

    /// <summary>Gets whether the JIT compiled in tiers (the runtime's default) or fully at once.</summary>
    public required bool JitTiering { get; init; }

    /// <summary>Gets how many worker processes run alone.</summary>
    public required int Repeats { get; init; }

    /// <summary>Gets the threads that kept the machine busy during the process under load; 0 where that was skipped.</summary>
    public required int LoadThreads { get; init; }
}

/// <summary>A comparison of this diagnostic's figures with others'.</summary>
internal sealed record ChangeTable
{
    /// <summary>Gets what it is compared with, in one sentence; or why it is compared with nothing.</summary>
    public required string With { get; init; }

    /// <summary>Gets the rows; empty where nothing can be compared.</summary>
    public IReadOnlyList<Change> Rows { get; init; } = [];
}

/// <summary>One figure then and now, in one unit.</summary>
internal sealed record Change(string Figure, string Unit, double Before, double Now, string Verdict = "")
{
    /// <summary>Gets (now − before) / before; null where before is zero.</summary>
    public double? RelativeChange => Before == 0 ? null : (Now - Before) / Math.Abs(Before);
}

/// <summary>One fact about the machine or the runtime.</summary>
internal sealed record EnvironmentFact(string Section, string Name, string Value);
