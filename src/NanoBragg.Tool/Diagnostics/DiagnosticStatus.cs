namespace NanoBragg.Tool.Diagnostics;

/// <summary>How a diagnostic, or one of its processes, ended.</summary>
internal enum DiagnosticStatus
{
    /// <summary>Every case ran, every result is right, every comparison is within its bounds.</summary>
    Passed,

    /// <summary>Every result is right, but a comparison is outside its bounds.</summary>
    ThresholdFailed,

    /// <summary>A kernel threw, or its result is wrong.</summary>
    WrongResult,

    /// <summary>The worker ended without a report.</summary>
    Crashed,

    /// <summary>The time limit was reached, and the worker was killed with its children.</summary>
    TimedOut,

    /// <summary>The user cancelled.</summary>
    Cancelled,
}

/// <summary>What a status means to people and to callers.</summary>
internal static class DiagnosticStatusMeaning
{
    /// <summary>Gets the exit code that the status stands for.</summary>
    public static ExitCode ToExitCode(this DiagnosticStatus status) => status switch
    {
        DiagnosticStatus.Passed => ExitCode.Ok,
        DiagnosticStatus.ThresholdFailed or DiagnosticStatus.WrongResult => ExitCode.Regression,
        DiagnosticStatus.TimedOut => ExitCode.TimedOut,
        DiagnosticStatus.Cancelled => ExitCode.Cancelled,
        _ => ExitCode.Failure,
    };

    /// <summary>Gets the status in capitals, as tables and the console show it.</summary>
    public static string ToText(this DiagnosticStatus status) => status switch
    {
        DiagnosticStatus.Passed => "PASS",
        DiagnosticStatus.ThresholdFailed => "FAIL (threshold)",
        DiagnosticStatus.WrongResult => "FAIL (wrong result)",
        DiagnosticStatus.TimedOut => "TIMED OUT",
        DiagnosticStatus.Cancelled => "CANCELLED",
        _ => "CRASHED",
    };
}
