using System.Globalization;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Resources;
using NuGet.Versioning;

namespace NanoBragg.Tool.Gate;

/// <summary>Turns verdicts into findings: which code, how bad, where in the baseline, in which words.</summary>
/// <param name="baseline">The baseline.</param>
/// <param name="policy">What may fail the gate.</param>
/// <param name="next">The commands to name.</param>
internal sealed class FindingList(BaselineFile baseline, GatePolicy policy, NextCommand next)
{
    private readonly List<Finding> _findings = [];
    private readonly HashSet<ExitCode> _exitCodes = [];

    /// <summary>Gets the worst exit code that a finding asked for: a regression beats an unusable baseline beats an inconclusive run.</summary>
    public ExitCode ExitCode => _exitCodes.Count == 0 ? ExitCode.Ok : _exitCodes.Min();

    /// <summary>Gets whether the base is the one that the baseline pins, which an update replaces.</summary>
    public bool BaseIsPinned { get; init; }

    /// <summary>Gives the findings, errors first, then by line.</summary>
    /// <returns>The findings.</returns>
    public IReadOnlyList<Finding> Sorted() => [.. _findings.OrderBy(f => f.Severity).ThenBy(f => f.Line).ThenBy(f => f.Column)];

    /// <summary>The assembly has no benchmark.</summary>
    /// <param name="run">What was measured.</param>
    public void NothingToMeasure(MeasuredRun run) => Add(
        FindingCodes.NothingToMeasure,
        ExitCode.BaselineUnusable,
        JsonPosition.Start,
        $"{run.Assembly} has nothing to measure; mark a static method that returns a KernelRun with [KernelBenchmark(\"name\")]");

    /// <summary>There is no baseline file yet.</summary>
    public void NoBaseline() => Add(
        FindingCodes.NoEntry,
        ExitCode.BaselineUnusable,
        JsonPosition.Start,
        $"there is no baseline yet; record one with {next.Accept()} and commit it");

    /// <summary>What is to be said about one case.</summary>
    /// <param name="measured">The case.</param>
    /// <param name="entry">The index of its entry, or -1.</param>
    /// <param name="kernelVersion">The version that was measured.</param>
    /// <param name="comparisons">The verdicts on its metrics.</param>
    public void OfCase(MeasuredCase measured, int entry, string kernelVersion, IReadOnlyList<Comparison> comparisons)
    {
        if (measured.Failure is { } failure)
        {
            var at = baseline.Positions.Find(entry < 0 ? "" : $"/entries/{entry}/scenario");
            Add(FindingCodes.KernelFailed, ExitCode.Regression, at, $"{measured.Name}: {failure.TrimEnd('.')}; mend the kernel, a wrong result is not timed", measured.Name);
        }
        else if (entry >= 0)
        {
            AgainstBase(measured, entry, comparisons);
            foreach (var comparison in comparisons)
            {
                OfMetric(comparison, entry);
            }

            NotAvailable(entry, comparisons);
        }
        else
        {
            AgainstBase(measured, entry, comparisons);
            if (baseline.Exists)
            {
                WithoutEntry(measured, kernelVersion);
            }
        }
    }

    /// <summary>An entry applies, but its case was not measured.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="index">Its index.</param>
    public void EntryNotMeasured(BaselineEntry entry, int index) => Add(
        FindingCodes.NotMeasured,
        ExitCode.BaselineUnusable,
        baseline.Positions.Find($"/entries/{index}/scenario"),
        $"{entry.Scenario} is in the baseline, but no benchmark has that name; bring it back, or remove the entry with {next.Prune()}",
        entry.Scenario);

    /// <summary>The baseline has no machine-bound figures of this machine for some cases.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="all">All comparisons of the run.</param>
    public void OtherMachine(MachineFingerprint machine, IReadOnlyList<Comparison> all)
    {
        var skipped = all.Where(c => c.Outcome == Outcome.OtherMachine).ToList();
        var judged = all.Count(IsJudged);
        if (skipped.Count > 0)
        {
            var metrics = skipped.Select(c => c.Metric).Distinct().Order(StringComparer.Ordinal).ToList();
            var message = $"this machine ({machine.Id}) has no figures in the baseline for {string.Join(", ", metrics)} of {Count(skipped.Count, "case")}, which "
                + $"{(skipped.Count == 1 ? "was" : "were")} not judged; {(judged == 0 ? "nothing else was judged either" : Count(judged, "other metric") + (judged == 1 ? " was" : " were"))}; "
                + $"add the machine with {next.Accept(metric: metrics.Count == 1 ? metrics[0] : null)}";
            Add(FindingCodes.OtherMachine, judged == 0 ? ExitCode.BaselineUnusable : null, baseline.Positions.Find("/machines"), message, severity: judged == 0 ? Severity.Error : Severity.Info);
        }
        else if (judged == 0 && _exitCodes.Count == 0)
        {
            Add(FindingCodes.NothingToMeasure, ExitCode.BaselineUnusable, JsonPosition.Start, "nothing that was measured can be judged");
        }
    }

    /// <summary>Gets whether something fails because it became slower since the last release.</summary>
    public bool CreepFails { get; private set; }

    /// <summary>What became slower since the last release, in steps each of which passed.</summary>
    /// <param name="crept">What did.</param>
    /// <param name="tag">The tag of the release.</param>
    /// <param name="version">The version of the kernels.</param>
    public void OfCreep(IEnumerable<Creep> crept, string? tag, NuGetVersion version)
    {
        var excused = policy.FailOn == FailOn.Exact;
        foreach (var (c, _, fails, reason) in crept.Where(creep => creep.Comparison.Outcome == Outcome.Regressed))
        {
            var isError = fails && reason is null;
            CreepFails |= isError && !excused;
            var end = reason is not null ? $"accepted since: {reason}"
                : $"each step passed; to accept it, say why: {next.AcceptRegression(c.Scenario, c.Metric)}, or write a \"reason\" on its line";
            var index = baseline.Content.IndexOf(c.Scenario, version);
            Add(
                FindingCodes.Creep,
                isError && !excused ? ExitCode.Regression : null,
                index < 0 ? JsonPosition.Start : LineOf(c, index),
                $"{Words.ThenAndNow(c)} since {tag}; {end}",
                c.Scenario,
                c.Metric,
                isError ? (excused ? Severity.Warning : Severity.Error) : excused ? Severity.Info : Severity.Warning);
        }
    }

    /// <summary>Time could have been judged more sharply, had the base that the baseline keeps been there.</summary>
    /// <param name="run">What was measured.</param>
    /// <param name="all">All comparisons of the run.</param>
    public void WithoutBase(MeasuredRun run, IReadOnlyList<Comparison> all)
    {
        if (run.BaseAbsence is { } why && policy.FailOn == FailOn.All && all.Any(c => c is { Kind: MetricKind.Ratio, Outcome: not Outcome.New }))
        {
            Add(
                FindingCodes.NoBase,
                null,
                baseline.Positions.Find("/base"),
                $"time is judged against yardsticks only, which finds about +20 % rather than +5 %: {why}; `dotnet nanobragg gate --base-ref REV` judges against another revision, `dotnet nanobragg baseline update --keep-base beside` keeps a base that can be committed",
                severity: Severity.Info);
        }
    }

    /// <summary>Some cases were measured, and nothing of them was held against anything, while others were: no error of theirs would say so.</summary>
    /// <param name="run">What was measured.</param>
    /// <param name="all">All comparisons of the run.</param>
    public void OfCasesWithoutVerdict(MeasuredRun run, IReadOnlyList<Comparison> all)
    {
        var judged = all.Where(IsJudged).Select(c => c.Scenario).ToHashSet(StringComparer.Ordinal);
        var told = _findings.Where(f => f.Severity == Severity.Error).Select(f => f.Scenario).ToHashSet(StringComparer.Ordinal);
        if (judged.Count == 0)
        {
            return;
        }

        // A case that the base lacks, or cannot run, is told as NB1030; without a baseline there is nothing else to hold it against.
        foreach (var measured in run.Cases.Where(measured => !judged.Contains(measured.Name) && !told.Contains(measured.Name) && (baseline.Exists || measured.BaseAbsence is null)))
        {
            var index = baseline.Content.Entries.FindIndex(entry => entry.Scenario == measured.Name);
            Add(
                FindingCodes.NothingToMeasure,
                ExitCode.BaselineUnusable,
                index < 0 ? JsonPosition.Start : baseline.Positions.Find($"/entries/{index}/scenario"),
                $"{measured.Name}: nothing of it was compared; record it with {next.Accept(measured.Name)}",
                measured.Name);
        }
    }

    /// <summary>What is to be said about waivers: that one is at work, that it no longer covers its regression, or that nothing needs it.</summary>
    /// <param name="waivers">The waivers.</param>
    /// <param name="run">What was measured.</param>
    /// <param name="all">All comparisons of the run.</param>
    public void OfWaivers(WaiverJudgement waivers, MeasuredRun run, IReadOnlyList<Comparison> all)
    {
        void Tell(string code, int index, string message)
        {
            var waiver = baseline.Content.Waivers[index];
            Add(code, null, baseline.Positions.Find($"/waivers/{index}/scenario"), message, waiver.Scenario, waiver.Metric, Severity.Warning);
        }

        foreach (var c in all)
        {
            if (c.Outcome == Outcome.Waived)
            {
                var waiver = baseline.Content.Waivers[waivers.IndexOf(c)];
                var issue = waiver.Issue is null ? "" : $" ({waiver.Issue})";
                Tell(FindingCodes.Waived, waivers.IndexOf(c), $"{(c.Kind == MetricKind.Duet ? Words.AgainstBase(c) : Words.ThenAndNow(c))}{Because(c)}; waived {Words.End(waiver)}, up to {Words.Factor(waiver.Ceiling)}: {waiver.Reason}{issue}");
            }
            else if (c.WaiverEnded is { } why)
            {
                Tell(FindingCodes.WaiverEnded, waivers.IndexOf(c), $"{c.Scenario}: the waiver of {c.Metric} does not cover this regression: {why}; mend the kernel, or accept it: {next.Accept(c.Scenario, c.Metric, needsReason: true)}");
            }
        }

        foreach (var index in waivers.Unused(run, all))
        {
            var waiver = baseline.Content.Waivers[index];
            Tell(FindingCodes.UnusedWaiver, index, $"{waiver.Scenario}: nothing needs the waiver of {waiver.Metric}; remove its line");
        }
    }

    /// <summary>What this machine cannot tell of a case, and why.</summary>
    private void NotAvailable(int entry, IReadOnlyList<Comparison> comparisons)
    {
        foreach (var reason in comparisons.Where(c => c.Outcome == Outcome.NotAvailable).GroupBy(c => c.Where))
        {
            var metrics = reason.Select(c => c.Metric).Distinct().Order(StringComparer.Ordinal);
            Add(
                FindingCodes.NotAvailable,
                null,
                baseline.Positions.Find($"/entries/{entry}/scenario"),
                $"{reason.First().Scenario}: {string.Join(", ", metrics)} {(reason.Count() == 1 ? "is" : "are")} not available here: {reason.Key}; neither passed nor failed",
                reason.First().Scenario,
                severity: Severity.Info);
        }
    }

    private void WithoutEntry(MeasuredCase measured, string kernelVersion)
    {
        var others = baseline.Content.Entries.FindIndex(e => e.Scenario == measured.Name);
        var why = others < 0 ? "is not in the baseline" : $"has no entry for kernel version {kernelVersion}, only for {baseline.Content.Entries[others].Kernel.OriginalString}";
        Add(
            FindingCodes.NoEntry,
            ExitCode.BaselineUnusable,
            baseline.Positions.Find(others < 0 ? "/entries" : $"/entries/{others}/kernel"),
            $"{measured.Name} {why}; add it with {next.Accept(measured.Name)}",
            measured.Name);
    }

    /// <summary>What the base says of a case: time, and where no entry knows the case, the exact figures and pins too.</summary>
    private void AgainstBase(MeasuredCase measured, int entry, IReadOnlyList<Comparison> comparisons)
    {
        var at = entry < 0 ? JsonPosition.Start : baseline.Positions.Find($"/entries/{entry}/scenario");
        if (measured.BaseAbsence is { } why)
        {
            Add(
                FindingCodes.NotInBase,
                null,
                at,
                $"{measured.Name} was not timed against the base: {why.TrimEnd('.')}; its time was measured against yardsticks only",
                measured.Name,
                severity: why == BaseReport.Lacking ? Severity.Info : Severity.Warning);
        }

        var excused = policy.FailOn == FailOn.Exact;
        foreach (var c in comparisons)
        {
            switch (c)
            {
                case { Kind: MetricKind.Duet, Outcome: Outcome.Regressed }:
                    Add(FindingCodes.Regression, excused ? null : ExitCode.Regression, at, $"{Words.AgainstBase(c)}{Because(c)}; `dotnet nanobragg diag {c.Scenario.Split('/')[0]}` says where the time goes; {(BaseIsPinned ? $"to accept it: {next.Accept(c.Scenario, c.Metric, needsReason: true)}" : "if it is meant, the next base has it")}", c.Scenario, c.Metric, excused ? Severity.Warning : Severity.Error);
                    break;
                case { Kind: MetricKind.Duet, Outcome: Outcome.Inconclusive }:
                    Add(FindingCodes.Inconclusive, excused ? null : ExitCode.Inconclusive, at, $"{Words.AgainstBase(c)}: the worker processes do not agree well enough to tell{Evidence(c)}; measure again when the machine is quieter", c.Scenario, c.Metric, excused ? Severity.Info : Severity.Warning);
                    break;
                case { Kind: MetricKind.Duet, Outcome: Outcome.Pass or Outcome.Improved } when ColdCall.Slowdown(measured) is { } slower:
                    Add(FindingCodes.ColdOnly, null, at, string.Create(CultureInfo.InvariantCulture, $"{c.Scenario}: only the first call is slower than the base's, by {100 * slower:0} % of CPU time (compiling, loading, first touch of memory); later calls are not; `dotnet nanobragg diag {c.Scenario.Split('/')[0]}` says what it takes"), c.Scenario, c.Metric, Severity.Info);
                    break;
                case { Kind: MetricKind.Pin, Outcome: Outcome.Regressed } when entry < 0:
                    Add(FindingCodes.Regression, ExitCode.Regression, at, $"{Words.ThenAndNow(c)}; if it is meant, record it with {next.Accept(c.Scenario)}", c.Scenario, c.Metric);
                    break;
                case { Kind: MetricKind.Exact, Outcome: Outcome.Regressed } when entry < 0:
                    Add(FindingCodes.Regression, ExitCode.Regression, at, $"{Words.ThenAndNow(c)} in the base; if it is meant, record it with {next.Accept(c.Scenario)}", c.Scenario, c.Metric);
                    break;
                default:
                    break;
            }
        }
    }

    private void OfMetric(Comparison c, int entry)
    {
        if (c.Kind == MetricKind.Duet)
        {
            return;
        }

        // A ratio may be excused from failing; it is reported all the same.
        var excused = c.Kind == MetricKind.Ratio && policy.FailOn == FailOn.Exact;
        void Tell(string code, ExitCode exitCode, string message, Severity severity, Severity whenExcused) =>
            Add(code, excused ? null : exitCode, LineOf(c, entry), message, c.Scenario, c.Metric, excused ? whenExcused : severity);
        switch (c.Outcome)
        {
            case Outcome.Regressed:
                Tell(FindingCodes.Regression, ExitCode.Regression, $"{Words.ThenAndNow(c)}{Because(c)}; to accept it: {next.Accept(c.Scenario, c.Metric, needsReason: true)}", Severity.Error, Severity.Warning);
                break;
            case Outcome.Inconclusive:
                Tell(FindingCodes.Inconclusive, ExitCode.Inconclusive, $"{Words.ThenAndNow(c)}: the measurements do not agree well enough to tell{Evidence(c)}; measure again when the machine is quieter, or with more --workers", Severity.Warning, Severity.Info);
                break;
            case Outcome.New:
                Tell(FindingCodes.NoEntry, ExitCode.BaselineUnusable, $"{c.Scenario}: {c.Metric} is not in the baseline; add it with {next.Accept(c.Scenario, c.Metric)}", Severity.Error, Severity.Warning);
                break;
            case Outcome.Missing when c.Kind == MetricKind.Pin:
                Add(
                    FindingCodes.Inconclusive,
                    ExitCode.Inconclusive,
                    LineOf(c, entry),
                    $"{c.Scenario}: {c.Metric} is in the baseline, but {(MeasuredResources.Has(c.Metric) ? "it could not be counted" : "the code could not be read")}: {c.Where ?? "it was measured without"}; measure again, or remove the line",
                    c.Scenario,
                    c.Metric,
                    Severity.Warning);
                break;
            case Outcome.Missing:
                var what = c.Yardstick is null ? c.Metric : $"{c.Metric} in {c.Yardstick}";
                Tell(FindingCodes.NotMeasured, ExitCode.BaselineUnusable, $"{c.Scenario}: {what} is in the baseline, but was not measured; to accept that: {next.Accept(c.Scenario)}", Severity.Error, Severity.Warning);
                break;
            case Outcome.Improved when c.AgainstBase && !BaseIsPinned:
                // Less than a base that somebody named: no baseline is behind.
                break;
            case Outcome.Improved:
                var bank = $"{Words.ThenAndNow(c)}; so that it cannot be lost again: {next.Accept(c.Scenario, c.Metric, needsReason: true)}";
                var fails = policy.Ratchet && !excused;
                Add(FindingCodes.Improvement, fails ? ExitCode.Regression : null, LineOf(c, entry), bank, c.Scenario, c.Metric, fails ? Severity.Error : Severity.Info);
                break;
            case Outcome.Moved:
                var moved = $"{Words.ThenAndNow(c)}: the code is the same, so the environment moved (a patch of the runtime, the machine, what runs beside it); "
                    + $"if it stays so on a quiet machine, {next.Record(c.Scenario, c.Metric)}";
                Add(FindingCodes.EnvironmentMoved, null, LineOf(c, entry), moved, c.Scenario, c.Metric, Severity.Info);
                break;
            default:
                break;
        }
    }

    private static bool IsJudged(Comparison c) => c.Outcome is Outcome.Pass or Outcome.Regressed or Outcome.Improved or Outcome.Inconclusive or Outcome.Waived or Outcome.Moved;

    private static string Because(Comparison c) => c.Cause is { } cause ? $"; {cause}" : "";

    private static string Evidence(Comparison c) => c.Cause is { } evidence ? $" ({evidence})" : "";

    private JsonPosition LineOf(Comparison c, int entry)
    {
        var path = $"/entries/{entry}";
        if (c.Outcome == Outcome.New)
        {
            return baseline.Positions.Find($"{path}/scenario");
        }

        path = c.Kind == MetricKind.Exact ? $"{path}/exact" : JsonPositions.Child($"{path}/machines", c.Machine ?? "");
        return baseline.Positions.Find($"{JsonPositions.Child(path, c.Metric)}/value");
    }

    private void Add(string code, ExitCode? exitCode, JsonPosition at, string message, string? scenario = null, string? metric = null, Severity severity = Severity.Error)
    {
        _findings.Add(Finding.At(baseline.Path, at, code, severity, message) with { Scenario = scenario, Metric = metric });
        if (exitCode is { } asked)
        {
            _exitCodes.Add(asked);
        }
    }

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
