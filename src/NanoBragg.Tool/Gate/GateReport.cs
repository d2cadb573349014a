using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>What the gate found. Serialised as JSON for the MSBuild package and for scripts.</summary>
internal sealed record GateReport
{
    /// <summary>Gets the version of this JSON layout.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Gets the outcome in one word.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Gets what the process tells its caller.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Gets the assembly under test, or null where nothing was measured.</summary>
    public string? Assembly { get; init; }

    /// <summary>Gets the version of the assembly under test.</summary>
    public string? KernelVersion { get; init; }

    /// <summary>Gets the version of the base assembly that time was judged against, or null.</summary>
    public string? BaseVersion { get; init; }

    /// <summary>Gets the machine that measured.</summary>
    public MachineFingerprint? Machine { get; init; }

    /// <summary>Gets how many worker processes measured.</summary>
    public int? Workers { get; init; }

    /// <summary>Gets when the gate passed with the same code, runtime, machine and baseline; null where it measured now.</summary>
    public DateTimeOffset? PassedAt { get; init; }

    /// <summary>Gets how many more were killed from outside and replaced; null for none.</summary>
    public int? ReplacedWorkers { get; init; }

    /// <summary>Gets how many times were judged, together: see <see cref="Confidence"/>.</summary>
    public int? TimesJudged { get; init; }

    /// <summary>Gets the confidence that none of the times that were called worse is a false alarm.</summary>
    public double? Confidence { get; init; }

    /// <summary>Gets what disturbed the run.</summary>
    public Contention? Contention { get; init; }

    /// <summary>Gets what is to be told, errors first, then in the order of the baseline's lines.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Gets every metric that was looked at.</summary>
    public required IReadOnlyList<Comparison> Comparisons { get; init; }

    /// <summary>Makes the report of a run that ended before anything could be compared.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="finding">The one thing to tell.</param>
    /// <returns>The report.</returns>
    public static GateReport Of(Verdict verdict, ExitCode exitCode, Finding finding) =>
        new() { Verdict = verdict, ExitCode = (int)exitCode, Findings = [finding], Comparisons = [] };

    /// <summary>Makes the report of a baseline that cannot be used.</summary>
    /// <param name="problem">Why.</param>
    /// <returns>The report.</returns>
    public static GateReport Of(BaselineException problem) => Of(
        Verdict.Unusable,
        Tool.ExitCode.BaselineUnusable,
        Finding.At(problem.Path, problem.Position, FindingCodes.BaselineUnreadable, Severity.Error, problem.Message));
}

/// <summary>One thing to tell, at one place of the baseline.</summary>
internal sealed record Finding
{
    /// <summary>Gets the code, see <see cref="FindingCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>Gets how bad it is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Gets the case, if it is about one.</summary>
    public string? Scenario { get; init; }

    /// <summary>Gets the metric, if it is about one.</summary>
    public string? Metric { get; init; }

    /// <summary>Gets the baseline file.</summary>
    public required string File { get; init; }

    /// <summary>Gets the line, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Gets the first column, from 1, in UTF-16 units.</summary>
    public required int Column { get; init; }

    /// <summary>Gets the column after the last character.</summary>
    public required int EndColumn { get; init; }

    /// <summary>Gets what happened and what to type next, in one line.</summary>
    public required string Message { get; init; }

    /// <summary>Makes a finding.</summary>
    /// <param name="file">The baseline file.</param>
    /// <param name="position">Where in it.</param>
    /// <param name="code">The code.</param>
    /// <param name="severity">How bad it is.</param>
    /// <param name="message">What happened and what to type next.</param>
    /// <returns>The finding.</returns>
    public static Finding At(string file, JsonPosition position, string code, Severity severity, string message) => new()
    {
        Code = code,
        Severity = severity,
        File = file,
        Line = position.Line,
        Column = position.Column,
        EndColumn = position.EndColumn,
        Message = OneLine(message),
    };

    /// <summary>Messages of kernels may have many lines; a finding has one, or editors and MSBuild lose the rest.</summary>
    private static string OneLine(string message) => string.Join(" ", message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

/// <summary>How bad a finding is, in MSBuild's words.</summary>
internal enum Severity
{
    /// <summary>Fails the build.</summary>
    Error,

    /// <summary>Is shown, and does not fail the build by itself.</summary>
    Warning,

    /// <summary>Is good to know.</summary>
    Info,
}

/// <summary>The outcome of a run.</summary>
internal enum Verdict
{
    /// <summary>Nothing is worse than the baseline.</summary>
    Pass,

    /// <summary>Something is worse, or wrong.</summary>
    Regressed,

    /// <summary>Nothing is worse, but something is better than the baseline says, which the ratchet does not let pass.</summary>
    Unbanked,

    /// <summary>The baseline cannot be used, or not for all that was measured.</summary>
    Unusable,

    /// <summary>The machine was too disturbed to tell.</summary>
    Inconclusive,

    /// <summary>The time limit was reached.</summary>
    TimedOut,
}
