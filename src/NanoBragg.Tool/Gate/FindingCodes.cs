namespace NanoBragg.Tool.Gate;

/// <summary>The codes that findings carry. Part of the interface: never renumbered, never reused. <c>docs/codes.md</c> explains each.</summary>
internal static class FindingCodes
{
    /// <summary>The baseline cannot be read.</summary>
    public const string BaselineUnreadable = "NB1000";

    /// <summary>A metric regressed.</summary>
    public const string Regression = "NB1001";

    /// <summary>Measured, but not in the baseline.</summary>
    public const string NoEntry = "NB1002";

    /// <summary>In the baseline, but not measured.</summary>
    public const string NotMeasured = "NB1003";

    /// <summary>The measurements do not agree well enough.</summary>
    public const string Inconclusive = "NB1004";

    /// <summary>The time limit was reached.</summary>
    public const string TimedOut = "NB1005";

    /// <summary>The baseline has no figures of this machine.</summary>
    public const string OtherMachine = "NB1006";

    /// <summary>An improvement that the baseline does not hold yet.</summary>
    public const string Improvement = "NB1007";

    /// <summary>A kernel threw, or its own check refused the result.</summary>
    public const string KernelFailed = "NB1008";

    /// <summary>There is nothing to measure.</summary>
    public const string NothingToMeasure = "NB1009";

    /// <summary>A case could not be timed against the base assembly.</summary>
    public const string NotInBase = "NB1030";

    /// <summary>The build is not optimised. Reported by the MSBuild package only; listed here because codes are given out in one place.</summary>
    public const string UnoptimisedBuild = "NB1010";

    /// <summary>The tool ended early or left no result. Reported by the MSBuild package only.</summary>
    public const string ToolFailed = "NB1011";

    /// <summary>A regression that a waiver tolerates.</summary>
    public const string Waived = "NB1012";

    /// <summary>A waiver that does not cover its regression any more.</summary>
    public const string WaiverEnded = "NB1013";

    /// <summary>A waiver that nothing needs.</summary>
    public const string UnusedWaiver = "NB1014";

    /// <summary>A time that differs from the baseline's although the code is the same.</summary>
    public const string EnvironmentMoved = "NB1015";

    /// <summary>Slower than at the last release, in steps each of which passed.</summary>
    public const string Creep = "NB1016";

    /// <summary>Time is judged without the base that the baseline keeps.</summary>
    public const string NoBase = "NB1017";

    /// <summary>Only the first call is slower.</summary>
    public const string ColdOnly = "NB1018";

    /// <summary>What the machine cannot tell: it lacks the device, or the program.</summary>
    public const string NotAvailable = "NB1019";
}
