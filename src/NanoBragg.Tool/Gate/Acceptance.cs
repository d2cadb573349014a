using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// Puts measured figures into a baseline: a pure function, and the only way in which <c>baseline update</c>, <c>baseline diff</c> and
/// the MSBuild package change one. What the gate would pass keeps its line as it is, so that updating an unchanged kernel changes nothing.
/// </summary>
internal static class Acceptance
{
    /// <summary>Accepts a run.</summary>
    /// <param name="baseline">The baseline so far.</param>
    /// <param name="run">What was measured.</param>
    /// <param name="request">What to accept.</param>
    /// <param name="policy">What the gate would pass.</param>
    /// <returns>The new baseline and what is different.</returns>
    /// <exception cref="UserError">A kernel failed, or a name is unknown.</exception>
    public static AcceptedBaseline Apply(Baseline baseline, MeasuredRun run, AcceptanceRequest request, GatePolicy policy)
    {
        var cases = run.Cases.Where(measured => request.AsksForCase(measured.Name)).ToList();
        Refuse(baseline, run, request, cases);
        var version = RunJudgement.VersionOf(run);
        var edit = new BaselineEdit(run.Machine, Interference.OfMachine(run.Contention, policy), request, policy) { BesidePinnedBase = run.BasePin is not null && run.BasePin == baseline.Base?.Sha256 };
        foreach (var measured in cases)
        {
            var index = baseline.IndexOf(measured.Name, version);
            if (index >= 0)
            {
                baseline = baseline with { Entries = baseline.Entries.SetItem(index, edit.Accept(baseline.Entries[index], measured)) };
                continue;
            }

            var others = baseline.Entries.Where(entry => entry.Scenario == measured.Name).Select(entry => entry.Kernel).ToList();
            var fresh = new BaselineEntry { Scenario = measured.Name, Kernel = KernelVersions.ForNewEntry(version, others) };
            baseline = baseline with { Entries = baseline.Entries.Add(edit.Accept(fresh, measured)) };
        }

        if (request.Prune)
        {
            var gone = baseline.Entries.Where(entry => entry.Kernel.Satisfies(version)
                && RunJudgement.IsAskedFor(run, entry.Scenario) && request.AsksForCase(entry.Scenario)
                && run.Cases.All(measured => measured.Name != entry.Scenario)).ToList();
            gone.ForEach(edit.Remove);
            baseline = baseline with { Entries = baseline.Entries.RemoveRange(gone) };
        }

        return new(edit.AddMachine(baseline), edit.Changes, edit.Remarks(), edit.Worse, edit.LeftOut);
    }

    private static void Refuse(Baseline baseline, MeasuredRun run, AcceptanceRequest request, List<MeasuredCase> cases)
    {
        if (run.Cases.Count == 0)
        {
            throw new UserError($"{run.Assembly} has nothing to measure, so there is nothing to put into the baseline; mark a static method that returns a KernelRun with [KernelBenchmark(\"name\")]", ExitCode.BaselineUnusable);
        }

        foreach (var asked in request.Scenarios)
        {
            var known = run.Cases.Select(measured => measured.Name).Concat(request.Prune ? baseline.Entries.Select(entry => entry.Scenario) : []);
            if (!known.Any(name => AcceptanceRequest.Covers(asked, name)))
            {
                throw new UserError($"no scenario '{asked}' was measured; there {Listed(run.Cases.Select(measured => measured.Name))}");
            }
        }

        var metrics = cases.SelectMany(measured => measured.Metrics.Concat(measured.Pins)).Where(metric => metric.Kind != MetricKind.Info).Select(metric => metric.Name)
            .Concat(baseline.Entries.Where(entry => request.AsksForCase(entry.Scenario)).SelectMany(entry => entry.Exact.Keys.Concat(entry.Machines.Values.SelectMany(m => m.Keys)).Concat(entry.Pins.Values.SelectMany(m => m.Keys))))
            .ToHashSet(StringComparer.Ordinal);
        if (request.Metrics.FirstOrDefault(metric => !metrics.Contains(metric)) is { } unknown)
        {
            throw new UserError($"no metric '{unknown}' is judged; there {Listed(metrics)}");
        }

        if (cases.FirstOrDefault(measured => measured.Failure is not null) is { } failed)
        {
            throw new UserError($"{failed.Name}: {failed.Failure!.ReplaceLineEndings(" ").TrimEnd('.')}; the baseline is left as it is, because a wrong result cannot become the reference", ExitCode.Regression);
        }

        foreach (var measured in cases)
        {
            if (measured.Metrics.FirstOrDefault(IsNoFigure) is { } broken)
            {
                throw new UserError(FormattableString.Invariant($"{measured.Name}: {broken.Name} is {broken.Value}, which is no figure to keep; the baseline is left as it is"));
            }
        }
    }

    private static bool IsNoFigure(MeasuredMetric metric) => metric.Kind switch
    {
        MetricKind.Exact => !double.IsFinite(metric.Value),
        MetricKind.Ratio => (metric.Groups ?? [metric.Value]).Any(value => !double.IsFinite(value) || value <= 0),
        _ => false,
    };

    private static string Listed(IEnumerable<string> names)
    {
        var sorted = names.Distinct().Order(StringComparer.Ordinal).ToList();
        return sorted.Count switch { 0 => "is none", 1 => $"is {sorted[0]}", _ => $"are {string.Join(", ", sorted)}" };
    }
}
