namespace NanoBragg.Tool;

/// <summary>What the process tells its caller. The numbers are part of the interface: scripts and the MSBuild package read them.</summary>
internal enum ExitCode
{
    /// <summary>Everything asked for was done, and nothing regressed.</summary>
    Ok = 0,

    /// <summary>The command line is wrong, or the tool or a benchmark crashed.</summary>
    Failure = 1,

    /// <summary>A metric regressed, or a kernel's result is wrong.</summary>
    Regression = 2,

    /// <summary>The baseline cannot be used, or nothing in it can be compared.</summary>
    BaselineUnusable = 3,

    /// <summary>The machine was too disturbed to tell.</summary>
    Inconclusive = 4,

    /// <summary>The time limit was reached and the worker was killed.</summary>
    TimedOut = 5,

    /// <summary>Cancelled by the user.</summary>
    Cancelled = 130,
}
