namespace NanoBragg.Build;

/// <summary>The tool's exit codes that mean more to a build than success or failure (the tool's own <c>ExitCode</c> has them all).</summary>
internal static class ToolExitCode
{
    /// <summary>The baseline cannot be used, or nothing in it can be compared.</summary>
    public const int BaselineUnusable = 3;

    /// <summary>The machine was too disturbed to tell.</summary>
    public const int Inconclusive = 4;

    /// <summary>The time limit was reached.</summary>
    public const int TimedOut = 5;

    /// <summary>Cancelled by the user.</summary>
    public const int Cancelled = 130;
}
