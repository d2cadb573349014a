using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Study;

/// <summary>What replayed duets of identical code came to.</summary>
/// <param name="Pool">The processes that were drawn from.</param>
/// <param name="Replays">The duets.</param>
/// <param name="FalseAlarms">How many of them were called regressed.</param>
/// <param name="Inconclusive">How many of them stayed inconclusive to the last process.</param>
/// <param name="MeanProcesses">How many processes a duet took.</param>
internal sealed record BootstrapResult(int Pool, int Replays, int FalseAlarms, int Inconclusive, double MeanProcesses);

/// <summary>
/// Plays duets again with processes drawn at random, with replacement, from those of real trials (B. Efron, "Bootstrap methods: another look at the
/// jackknife", Annals of Statistics 7, 1979, 1–26): many more verdicts than there was time for, as if processes were independent of each other.
/// </summary>
internal static class Bootstrap
{
    /// <summary>How many duets are replayed where nobody says.</summary>
    public const int UsualReplays = 40_000;

    /// <summary>Replays duets as the gate plays them: one process more at a time, until the verdict is certain or there are enough.</summary>
    /// <param name="pool">The ratios of candidate to base, one a process, of identical code; at least one.</param>
    /// <param name="policy">What the verdict takes.</param>
    /// <param name="replays">How many duets.</param>
    /// <param name="seed">Where the random numbers begin: the same seed gives the same result.</param>
    /// <returns>What they came to.</returns>
    public static BootstrapResult Replay(IReadOnlyList<double> pool, DuetPolicy policy, int replays = UsualReplays, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfZero(pool.Count);
        var random = new Random(seed);
        var (falseAlarms, inconclusive, processes) = (0, 0, 0L);
        var drawn = new List<double>(policy.MaximumGroups);
        for (var replay = 0; replay < replays; replay++)
        {
            drawn.Clear();
            var outcome = Outcome.Inconclusive;
            while (outcome == Outcome.Inconclusive && drawn.Count < policy.MaximumGroups)
            {
                drawn.Add(pool[random.Next(pool.Count)]);
                outcome = drawn.Count < policy.MinimumGroups ? Outcome.Inconclusive : OutcomeOf(drawn, policy);
            }

            processes += drawn.Count;
            falseAlarms += outcome == Outcome.Regressed ? 1 : 0;
            inconclusive += outcome == Outcome.Inconclusive ? 1 : 0;
        }

        return new(pool.Count, replays, falseAlarms, inconclusive, replays == 0 ? 0 : processes / (double)replays);
    }

    private static Outcome OutcomeOf(List<double> ratios, DuetPolicy policy) => DuetJudgement.Judge(
        "replay", new() { Name = "time", Yardstick = "base", Kind = MetricKind.Duet, Unit = "×", Better = Better.Lower, Value = ratios[0], Groups = ratios }, null, policy).Outcome;
}
