namespace NanoBragg.Build;

/// <summary>The codes that the build logs by itself; all others arrive in the tool's report. Each has an anchor in docs/codes.md.</summary>
internal static class DiagnosticCode
{
    /// <summary>The baseline cannot be read.</summary>
    public const string BaselineUnusable = "NB1000";

    /// <summary>The machine was too disturbed to tell.</summary>
    public const string Inconclusive = "NB1004";

    /// <summary>Measuring took longer than allowed.</summary>
    public const string TimedOut = "NB1005";

    /// <summary>There is nothing to measure: no benchmarks, or an assembly that cannot be loaded.</summary>
    public const string NothingMeasured = "NB1009";

    /// <summary>The tool itself failed.</summary>
    public const string ToolFailed = "NB1011";
}
