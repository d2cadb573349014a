using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NuGet.Versioning;

namespace NanoBragg.Tool.Study;

/// <summary>What the gate against yardsticks says about pairs of runs.</summary>
/// <param name="Baselines">The runs of identical code that <c>baseline update</c> takes.</param>
/// <param name="Refused">Those that it refuses, because their processes do not agree.</param>
/// <param name="Same">Pairs of identical code: alarms are false.</param>
/// <param name="Slower">Pairs of which the later does more.</param>
internal sealed record AnchoredResult(int Baselines, int Refused, PairTally Same, PairTally Slower);

/// <summary>
/// Lets earlier runs against yardsticks be the baseline of later ones, through the code of the gate and of <c>baseline update</c>. Where the gate cannot tell it measures as
/// many processes more, twice at most; here it takes those of the runs of the same kind that follow.
/// </summary>
internal static class AnchoredPairs
{
    /// <summary>The share of injected work that is to be found.</summary>
    public const double Injected = 0.20;

    private const string Case = "anchored";

    // A trials file is of one machine.
    private static readonly MachineFingerprint Machine = new() { Id = "here", Processor = "", InstructionSets = "", Processors = 0, Platform = "", Runtime = "" };

    /// <summary>Judges every pair of an earlier run of identical code and a later one.</summary>
    /// <param name="trials">Trials of one kernel.</param>
    /// <param name="apart">How much later at least.</param>
    /// <param name="policy">What the gate allows.</param>
    /// <returns>What it says.</returns>
    public static AnchoredResult Judge(IEnumerable<Trial> trials, TimeSpan apart, GatePolicy policy)
    {
        var runs = trials.Where(IsUsable).OrderBy(trial => trial.At).Select(trial => (Trial: trial, Measured: Measured([trial]))).ToList();
        var earlier = runs.Where(run => run.Trial.Injected == 0).Select(run => (run.Trial, Entry: Accepted(run.Measured, policy))).ToList();
        var baselines = earlier.Where(run => run.Entry.Machines.Count > 0).ToList();
        var (same, slower) = (default(PairTally), default(PairTally));
        foreach (var later in runs.Where(run => run.Trial.Injected is 0 or Injected))
        {
            Trial[] following = [.. runs.Select(run => run.Trial).Where(trial => trial.At >= later.Trial.At && trial.Load == later.Trial.Load && trial.Injected == later.Trial.Injected)];
            MeasuredCase[] extended = [.. Enumerable.Range(1, Math.Min(1 + Certainty.Extensions, following.Length)).Select(count => Measured(following[..count]))];
            foreach (var (trial, entry) in baselines.Where(baseline => baseline.Trial.At < later.Trial.At && later.Trial.At - baseline.Trial.At >= apart))
            {
                var outcome = extended.Select(measured => CaseJudgement.Judge(measured, entry, Machine, policy).Single().Outcome)
                    .Aggregate((told, next) => told == Outcome.Inconclusive ? next : told);
                bool? alarm = outcome == Outcome.Inconclusive ? null : outcome == Outcome.Regressed;
                (same, slower) = later.Trial.Injected == 0 ? (same.With(alarm), slower) : (same, slower.With(alarm));
            }
        }

        return new(baselines.Count, earlier.Count - baselines.Count, same, slower);
    }

    private static bool IsUsable(Trial trial) => trial.Yardsticks.Count > 0 && trial.Yardsticks.Values.All(groups => groups.Count > 0 && groups.All(value => value > 0));

    private static MeasuredCase Measured(Trial[] trials) => new()
    {
        Name = Case,
        Metrics = [.. trials[0].Yardsticks.Keys.Order(StringComparer.Ordinal)
            .Select(yardstick => (Name: yardstick, Groups: (double[])[.. trials.SelectMany(trial => trial.Yardsticks.GetValueOrDefault(yardstick) ?? [])]))
            .Select(yardstick => new MeasuredMetric
            {
                Name = "time",
                Yardstick = yardstick.Name,
                Kind = MetricKind.Ratio,
                Unit = "×",
                Better = Better.Lower,
                Value = Statistics.Median(yardstick.Groups),
                Groups = yardstick.Groups,
            })],
    };

    private static BaselineEntry Accepted(MeasuredCase measured, GatePolicy policy) =>
        new BaselineEdit(Machine, null, new(), policy).Accept(new() { Scenario = Case, Kernel = VersionRange.All }, measured);
}
