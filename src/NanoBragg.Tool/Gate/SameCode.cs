using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// What the identity of the code changes in judging: where the code is the same, a time that differs, or a count of the system's, is no property of the code.
/// </summary>
internal static class SameCode
{
    /// <summary>Turns a verdict on a time into <see cref="Outcome.Moved"/> where the baseline's line was measured with the same code.</summary>
    /// <param name="judged">The verdict. One from broken figures, or from too few of them, stays: it says nothing of the environment.</param>
    /// <param name="then">The baseline's line.</param>
    /// <param name="measured">The case that was measured.</param>
    /// <returns>The verdict.</returns>
    public static Comparison Excuse(Comparison judged, RatioFigure then, MeasuredCase measured) =>
        then.Identity is { } identity && identity == measured.Identity && judged is { ChangeAtLeast: not null, Outcome: Outcome.Regressed or Outcome.Improved or Outcome.Inconclusive }
            ? Moved(judged)
            : judged;

    /// <summary>
    /// Turns a verdict on what a process uses into <see cref="Outcome.Moved"/> where the code is that of the base, or that which the baseline's line was counted with.
    /// The system counts exactly, but on its own terms: what is resident depends on the host, its caches and the runtime's patch, too.
    /// </summary>
    /// <param name="judged">The verdict. One of another unit stays.</param>
    /// <param name="then">The baseline's line.</param>
    /// <param name="measured">The case that was measured.</param>
    /// <returns>The verdict.</returns>
    public static Comparison Excuse(Comparison judged, ExactFigure then, MeasuredCase measured) =>
        (measured.SameCodeAsBase || (then.Identity is { } identity && identity == measured.Identity)) && judged is { ThenUnit: null, Now: not null, Outcome: Outcome.Regressed or Outcome.Improved }
            ? Moved(judged)
            : judged;

    /// <summary>Makes the verdict on a case that was not timed against the base, because it is the same code there.</summary>
    /// <param name="scenario">The case.</param>
    /// <returns>The comparison.</returns>
    public static Comparison AsBase(string scenario) => new()
    {
        Scenario = scenario,
        Metric = "time",
        Kind = MetricKind.Duet,
        Unit = "×",
        Yardstick = BaseReport.Yardstick,
        Groups = 0,
        SameCode = true,
        Outcome = Outcome.Pass,
    };

    private static Comparison Moved(Comparison judged) => judged with { SameCode = true, Outcome = Outcome.Moved };
}
