using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Study;

/// <summary>A gate that people have today: it holds a run against an earlier one.</summary>
/// <param name="Name">What it does, in a table.</param>
/// <param name="Design">The trials that are its runs.</param>
/// <param name="IsSlower">Whether it calls the second run slower than the first; null where it refuses to say.</param>
internal sealed record Incumbent(string Name, string Design, Func<Trial, Trial, bool?> IsSlower);

/// <summary>How one of them does on one kernel under one load.</summary>
/// <param name="Incumbent">The gate.</param>
/// <param name="Kernel">The kernel.</param>
/// <param name="Load">The load, or <see cref="TrialGroups.AllLoads"/>: the pairs of each load, added up.</param>
/// <param name="Runs">The runs of identical code.</param>
/// <param name="MedianSeconds">What a run takes; NaN where the trials do not tell.</param>
/// <param name="Same">Pairs of identical code: alarms are false.</param>
/// <param name="Five">Pairs of which the second does 5 % more.</param>
/// <param name="Ten">Pairs of which the second does 10 % more.</param>
internal sealed record IncumbentResult(
    Incumbent Incumbent, string Kernel, string Load, int Runs, double MedianSeconds, PairTally Same, PairTally Five, PairTally Ten);

/// <summary>What users have instead: stored times, and BenchmarkDotNet's jobs with the two usual ways to compare them.</summary>
internal static class Incumbents
{
    /// <summary>Gets all that are compared.</summary>
    public static IReadOnlyList<Incumbent> All { get; } =
    [
        Stored("stored mean", 0.05, trial => trial.WallMeanSeconds),
        Stored("stored mean", 0.10, trial => trial.WallMeanSeconds),
        Stored("stored median", 0.05, trial => trial.WallMedianSeconds),
        Stored("stored median", 0.10, trial => trial.WallMedianSeconds),
        Mean("ShortRun", Designs.ShortRun, 0.05),
        Mean("ShortRun", Designs.ShortRun, 0.10),
        Ranks("ShortRun", Designs.ShortRun),
        Mean("MediumRun", Designs.MediumRun, 0.05),
        Mean("MediumRun", Designs.MediumRun, 0.10),
        Ranks("MediumRun", Designs.MediumRun),
    ];

    /// <summary>Lets all of them judge every ordered pair of runs of the same kernel under the same load.</summary>
    /// <param name="trials">The trials.</param>
    /// <returns>The results of those that have runs, by gate, then kernel, then load.</returns>
    public static IEnumerable<IncumbentResult> Judge(IReadOnlyList<Trial> trials) =>
        from incumbent in All
        let runs = trials.Where(trial => trial.Design == incumbent.Design && HasFigures(trial) && !TrialGroups.IsDisturbed(trial))
        from @group in TrialGroups.ByLoad(runs)
        let same = @group.Trials.Where(trial => trial.Injected == 0).ToList()
        select new IncumbentResult(
            incumbent,
            @group.Kernel,
            @group.Load,
            same.Count,

            // A duet's time is that of its own verdict.
            incumbent.Design == Designs.Duet ? double.NaN : Statistics.Median([.. @group.Trials.Select(trial => trial.Seconds)]),
            Tally(incumbent, same, same),
            Tally(incumbent, same, @group.Trials.Where(trial => trial.Injected == 0.05)),
            Tally(incumbent, same, @group.Trials.Where(trial => trial.Injected == 0.10)));

    private static PairTally Tally(Incumbent incumbent, List<Trial> earlier, IEnumerable<Trial> later)
    {
        var tally = default(PairTally);
        foreach (var second in later)
        {
            foreach (var first in earlier.Where(first => first.Load == second.Load && !ReferenceEquals(first, second)))
            {
                tally = tally.With(incumbent.IsSlower(first, second));
            }
        }

        return tally;
    }

    private static bool HasFigures(Trial trial) =>
        trial.Design == Designs.Duet ? trial is { WallMeanSeconds.Count: > 0, WallMedianSeconds.Count: > 0 } : trial.SampleSeconds.Count > 0;

    // One process is a run: what is stored today comes from one.
    private static Incumbent Stored(string figure, double limit, Func<Trial, IReadOnlyList<double>> figures) =>
        new($"{figure}, > {100 * limit:0} %", Designs.Duet, (first, second) => figures(second)[0] > (1 + limit) * figures(first)[0]);

    private static Incumbent Mean(string job, string design, double limit) =>
        new($"BenchmarkDotNet {job}, mean > {100 * limit:0} %", design, (first, second) => second.SampleSeconds.Average() > (1 + limit) * first.SampleSeconds.Average());

    private static Incumbent Ranks(string job, string design) => new(
        $"BenchmarkDotNet {job}, Mann–Whitney > 5 %, p < 0.05",
        design,
        (first, second) => TooFew(first.SampleSeconds.Count, second.SampleSeconds.Count)
            ? null
            : MannWhitney.PValue(second.SampleSeconds, [.. first.SampleSeconds.Select(seconds => 1.05 * seconds)]) < 0.05);

    // The ResultsComparer of dotnet/performance, whose test this is, says "unknown" for these.
    private static bool TooFew(int first, int second) => Math.Min(first, second) < 3 || Math.Max(first, second) < 5;
}
