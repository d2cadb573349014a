using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>Says what is still to be measured before a run can be judged: a pure function of its report. Retrying is the tool's work, never the user's.</summary>
internal static class Certainty
{
    /// <summary>How often a run without a base is made longer before the gate says that it could not tell.</summary>
    public const int Extensions = 2;

    /// <summary>Gives the number of worker processes to begin with.</summary>
    /// <param name="options">What is measured.</param>
    /// <param name="policy">What the verdict takes.</param>
    /// <returns>The options.</returns>
    public static MeasureOptions Begin(MeasureOptions options, GatePolicy policy) =>
        options.BaseAssemblyPath is null ? options : options with { Workers = Math.Max(options.Workers, policy.Duet.MinimumGroups) };

    /// <summary>Gives what is still to be measured.</summary>
    /// <param name="report">The verdict so far.</param>
    /// <param name="run">What was measured so far.</param>
    /// <param name="options">What was measured at first.</param>
    /// <param name="policy">What the verdict takes.</param>
    /// <returns>The extension, or null where all is certain, or as certain as it will get.</returns>
    public static Extension? More(GateReport report, MeasuredRun run, MeasureOptions options, GatePolicy policy)
    {
        if (options.BaseAssemblyPath is null)
        {
            return report.Verdict == Verdict.Inconclusive && run.Workers < (1 + Extensions) * options.Workers
                ? new(options.Workers, options.Scenarios, "the measurements do not agree well enough yet; measuring more")
                : null;
        }

        // One process at a time, and only the scenarios that have a case which is not certain yet. More processes say nothing of the same code.
        var same = report.Comparisons.Where(c => c is { Kind: MetricKind.Duet, SameCode: true }).Select(c => c.Scenario).ToHashSet(StringComparer.Ordinal);
        var scenarios = report.Comparisons.Where(c => c.Outcome == Outcome.Inconclusive && !same.Contains(c.Scenario)).Select(c => c.Scenario.Split('/')[0]).Distinct().ToList();
        return scenarios.Count > 0 && run.Workers < policy.Duet.MaximumGroups && policy.FailOn == FailOn.All
            ? new(1, scenarios, $"not certain of {string.Join(", ", scenarios)} yet; measuring more, at most {policy.Duet.MaximumGroups} worker processes")
            : null;
    }
}
