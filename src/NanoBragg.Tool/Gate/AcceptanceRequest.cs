namespace NanoBragg.Tool.Gate;

/// <summary>Which measured figures shall become the baseline's.</summary>
internal sealed record AcceptanceRequest
{
    /// <summary>Gets scenarios or single cases, by name; empty for all that were measured.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Gets metrics, by name; empty for all. A metric that is named is rewritten even where the gate would pass it.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>Gets why, recorded on each line whose figure changes.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets why worse values are accepted, recorded on their lines instead of <see cref="Reason"/>.</summary>
    public string? AcceptRegression { get; init; }

    /// <summary>Gets whether machine-bound figures are taken although other work disturbed them.</summary>
    public bool DespiteInterference { get; init; }

    /// <summary>Gets whether to remove the entries of this kernel version whose benchmarks are gone.</summary>
    public bool Prune { get; init; }

    /// <summary>Tells whether a case is asked for.</summary>
    /// <param name="name">The case's name.</param>
    /// <returns>Whether.</returns>
    public bool AsksForCase(string name) => Scenarios.Count == 0 || Scenarios.Any(asked => Covers(asked, name));

    /// <summary>Tells whether a metric is asked for.</summary>
    /// <param name="name">The metric.</param>
    /// <returns>Whether.</returns>
    public bool AsksForMetric(string name) => Metrics.Count == 0 || Metrics.Contains(name);

    /// <summary>Tells whether a name on the command line covers a case: its own, or its scenario's.</summary>
    /// <param name="asked">The name on the command line.</param>
    /// <param name="name">The case's name.</param>
    /// <returns>Whether.</returns>
    public static bool Covers(string asked, string name) => name == asked || name.StartsWith(asked + "/", StringComparison.Ordinal);
}

/// <summary>A baseline with accepted figures, and what is different in it.</summary>
/// <param name="Baseline">The new baseline.</param>
/// <param name="Changes">What changed, in the order of the file.</param>
/// <param name="Remarks">What else the user should know, a line each.</param>
/// <param name="Worse">The verdicts on changed figures that the gate would call regressed.</param>
/// <param name="LeftOut">Why machine-bound figures that would have changed did not: what was disturbed, and by what; a line each.</param>
internal sealed record AcceptedBaseline(
    Baselines.Baseline Baseline,
    IReadOnlyList<BaselineChange> Changes,
    IReadOnlyList<string> Remarks,
    IReadOnlyList<Comparison> Worse,
    IReadOnlyList<string> LeftOut);

/// <summary>One difference between two baselines.</summary>
/// <param name="Scenario">The case; null for a machine.</param>
/// <param name="Metric">The metric or machine; null for a whole entry.</param>
/// <param name="Then">What stood there; null where it is new.</param>
/// <param name="Now">What stands there; null where it is gone.</param>
internal sealed record BaselineChange(string? Scenario, string? Metric, string? Then, string? Now)
{
    /// <summary>Says the change in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
    {
        var subject = string.Join(": ", ((string?[])[Scenario, Metric]).Where(part => part is not null));
        return (Then, Now) switch
        {
            (null, _) => $"+ {subject}: {Now}",
            (_, null) => $"- {subject}: {Then}",
            _ => $"~ {subject}: {Then} -> {Now}",
        };
    }
}
