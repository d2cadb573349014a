using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;
using NuGet.Versioning;

namespace NanoBragg.Tool.Gate;

/// <summary>Judges a whole run: a pure function of what was measured, the baseline, the policy and the date.</summary>
internal static class RunJudgement
{
    /// <summary>Judges a run.</summary>
    /// <param name="run">What was measured.</param>
    /// <param name="baseline">The baseline and where its lines are.</param>
    /// <param name="policy">What is allowed.</param>
    /// <param name="next">The commands that findings name.</param>
    /// <param name="released">The baseline at the last release, or null where there is none.</param>
    /// <returns>The verdict, with findings and comparisons.</returns>
    public static GateReport Judge(MeasuredRun run, BaselineFile baseline, GatePolicy policy, NextCommand next, ReleasedBaseline? released = null)
    {
        run = BaseOfRun.Checked(run, baseline.Content, policy);
        var version = VersionOf(run);
        var comparisons = new List<Comparison>();
        var findings = new FindingList(baseline, policy, next) { BaseIsPinned = run.BasePin is not null };
        var waivers = new WaiverJudgement(baseline.Content, version, DateOnly.FromDateTime(policy.Clock.GetUtcNow().UtcDateTime));
        if (run.Cases.Count == 0)
        {
            findings.NothingToMeasure(run);
        }
        else if (!baseline.Exists && run.BaseVersion is null)
        {
            findings.NoBaseline();
        }

        var times = TimeConfidences(run, baseline.Content, version, policy);
        foreach (var measured in run.Cases)
        {
            var index = baseline.Content.IndexOf(measured.Name, version);
            var entry = index < 0 ? null : baseline.Content.Entries[index];
            var judged = waivers.Apply(CaseJudgement.Judge(measured, entry, run.Machine, policy, times.TryGetValue(measured.Name, out var confidence) ? confidence : null), entry).ToList();
            judged = [.. Cause.Explain(judged, measured, run.Contention, policy, IsSameCode(run, measured, entry))];
            comparisons.AddRange(judged);
            findings.OfCase(measured, index, run.KernelVersion, judged);
        }

        for (var index = 0; index < baseline.Content.Entries.Count; index++)
        {
            var entry = baseline.Content.Entries[index];
            if (entry.Kernel.Satisfies(version) && IsAskedFor(run, entry.Scenario) && run.Cases.All(measured => measured.Name != entry.Scenario))
            {
                findings.EntryNotMeasured(entry, index);
            }
        }

        var crept = CreepSince(released, run, baseline.Content, policy, waivers, comparisons);
        findings.OfCreep(crept, released?.Tag, version);
        findings.OfWaivers(waivers, run, [.. comparisons, .. crept.Select(creep => creep.Comparison)]);
        findings.OfCasesWithoutVerdict(run, comparisons);
        findings.OtherMachine(run.Machine, comparisons);
        findings.WithoutBase(run, comparisons);
        var exitCode = findings.ExitCode;
        return new()
        {
            Verdict = exitCode switch
            {
                ExitCode.Regression when !findings.CreepFails && comparisons.TrueForAll(c => c.Outcome is not (Outcome.Regressed or Outcome.Failed)) => Verdict.Unbanked,
                ExitCode.Regression => Verdict.Regressed,
                ExitCode.BaselineUnusable => Verdict.Unusable,
                ExitCode.Inconclusive => Verdict.Inconclusive,
                _ => Verdict.Pass,
            },
            ExitCode = (int)exitCode,
            Assembly = run.Assembly,
            KernelVersion = run.KernelVersion,
            BaseVersion = run.BaseVersion,
            Machine = run.Machine,
            Workers = run.Workers,
            ReplacedWorkers = run.ReplacedWorkers,
            Contention = run.Contention,
            TimesJudged = times.Count,
            Confidence = policy.Confidence,
            Findings = findings.Sorted(),
            Comparisons = comparisons,
        };
    }

    /// <summary>Gives what became slower since the last release and is not told already as slower than today's baseline.</summary>
    private static List<Creep> CreepSince(ReleasedBaseline? released, MeasuredRun run, Baseline today, GatePolicy policy, WaiverJudgement waivers, List<Comparison> comparisons) => released is null ? []
        : [.. CreepJudgement.Judge(run, released.Content, today, policy)
            .Where(creep => !comparisons.Exists(c => c.Scenario == creep.Comparison.Scenario && c.Metric == creep.Comparison.Metric && c.Outcome is Outcome.Regressed or Outcome.Waived))
            .Select(creep => creep with { Comparison = waivers.Apply([creep.Comparison], creep.Entry).Single() })];

    /// <summary>Makes the report of a gate that has no baseline yet, for which nothing needs to be measured.</summary>
    /// <param name="baseline">The file that is not there.</param>
    /// <param name="next">The commands that findings name.</param>
    /// <returns>The report.</returns>
    public static GateReport NoBaseline(BaselineFile baseline, NextCommand next)
    {
        var findings = new FindingList(baseline, new GatePolicy(), next);
        findings.NoBaseline();
        return new() { Verdict = Verdict.Unusable, ExitCode = (int)findings.ExitCode, Findings = findings.Sorted(), Comparisons = [] };
    }

    /// <summary>Reads the version that entries' ranges are held against.</summary>
    /// <param name="run">What was measured.</param>
    /// <returns>The version; 0.0.0 where the assembly's is none that NuGet knows.</returns>
    public static NuGetVersion VersionOf(MeasuredRun run) => NuGetVersion.TryParse(run.KernelVersion, out var version) ? version : new(0, 0, 0);

    /// <summary>Tells whether the code is that of what the time is held against: the base, or what the baseline's line was measured with; null where that is not known.</summary>
    private static bool? IsSameCode(MeasuredRun run, MeasuredCase measured, BaselineEntry? entry) =>
        measured.Identity is not { } now ? null
        : run.BaseVersion is not null ? measured.SameCodeAsBase
        : entry?.Machines.GetValueOrDefault(run.Machine.Id)?.GetValueOrDefault("time")?.Identity is { } then ? then == now
        : null;

    /// <summary>The confidence that each case's time takes to be called worse, so that it holds for all of them together.</summary>
    private static Dictionary<string, double> TimeConfidences(MeasuredRun run, Baseline baseline, NuGetVersion version, GatePolicy policy)
    {
        var times = run.Cases.Where(measured => measured.Failure is null)
            .Select(measured => (measured.Name, Evidence: CaseJudgement.TimeEvidence(measured, baseline.IndexOf(measured.Name, version) is var index and >= 0 ? baseline.Entries[index] : null, run.Machine, policy)))
            .Where(time => time.Evidence is not null).ToList();
        var confidences = Holm.Confidences([.. times.Select(time => time.Evidence!.Value)], policy.Confidence);
        return times.Select((time, i) => (time.Name, confidences[i])).ToDictionary();
    }

    /// <summary>Tells whether a run was to measure a case.</summary>
    /// <param name="run">What was measured.</param>
    /// <param name="name">The case's name.</param>
    /// <returns>Whether its absence means something.</returns>
    public static bool IsAskedFor(MeasuredRun run, string name) =>
        run.Scenarios.Count == 0 || run.Scenarios.Any(asked => AcceptanceRequest.Covers(asked, name));
}
