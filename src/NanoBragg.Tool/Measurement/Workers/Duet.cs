namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>What a duet found.</summary>
/// <param name="Ratios">CPU time of a call of the candidate as a multiple of the base's, pair by pair.</param>
/// <param name="Candidate">The candidate's batches.</param>
/// <param name="CandidateCalls">The calls in each of them.</param>
internal sealed record DuetSamples(IReadOnlyList<double> Ratios, IReadOnlyList<Batch> Candidate, int CandidateCalls);

/// <summary>
/// Times two kernels against each other on the process's CPU clock, in batches that take turns in going first (ABBA): what disturbs the
/// machine for longer than some milliseconds disturbs both alike, and drift within a pair cancels over two pairs.
/// </summary>
internal static class Duet
{
    /// <summary>The pairs that slow kernels play. Even, as the most are, so that each side goes first as often as the other.</summary>
    public const int FewestPairs = 8;

    private const int MostPairs = 40;

    // CPU seconds of both sides together after which slow kernels get fewer pairs.
    private const double EnoughSeconds = 0.2;

    // Where the pairs scatter, as beside other work that wants the memory too, so many times as many are played, until their median is known this well.
    private const int MostRounds = 4;
    private const double SharpEnough = 0.009;

    /// <summary>Times two kernels, both warm.</summary>
    /// <param name="candidate">The kernel under test.</param>
    /// <param name="baseCall">The base's kernel.</param>
    /// <param name="batchSeconds">The shortest batch worth timing, CPU seconds; 0 for single calls.</param>
    public static DuetSamples Play(TimedCall candidate, TimedCall baseCall, double batchSeconds)
    {
        // As many calls on both sides, unless that makes one side's batch long: what surrounds a call then weighs the same.
        var (candidateCalls, baseCalls) = (WarmUp.CallsPerBatch(candidate, batchSeconds), WarmUp.CallsPerBatch(baseCall, batchSeconds));
        var most = Math.Max(candidateCalls, baseCalls);
        (candidateCalls, baseCalls) = (Math.Min(most, 3 * candidateCalls), Math.Min(most, 3 * baseCalls));
        var (first, second) = Pair(candidate, candidateCalls, baseCall, baseCalls, candidateFirst: true);
        var pairs = (int)Math.Clamp(EnoughSeconds / (first.CpuSeconds + second.CpuSeconds), FewestPairs, MostPairs) / 2 * 2;
        var ratios = new List<double>(MostRounds * pairs);
        var batches = new List<Batch>(MostRounds * pairs);
        for (var round = 0; round < MostRounds && (round == 0 || !IsSharp(ratios)); round++)
        {
            for (var pair = 0; pair < pairs; pair++)
            {
                // Nothing but the two batches happens in here: what comes before a batch must be alike for both sides.
                var (now, then) = Pair(candidate, candidateCalls, baseCall, baseCalls, candidateFirst: (pair + round) % 2 != 0);
                batches.Add(now);
                ratios.Add(now.CpuSeconds / candidateCalls / (then.CpuSeconds / baseCalls));
            }
        }

        return new(ratios, batches, candidateCalls);
    }

    // By the scatter alone, so that the end of the play favours neither side.
    private static bool IsSharp(List<double> ratios) => Statistics.MedianError([.. ratios.Select(ratio => Math.Log(ratio))]) <= SharpEnough;

    private static (Batch Now, Batch Then) Pair(TimedCall candidate, int candidateCalls, TimedCall baseCall, int baseCalls, bool candidateFirst)
    {
        if (candidateFirst)
        {
            var first = Batch.Of(candidate, candidateCalls);
            return (first, Batch.Of(baseCall, baseCalls));
        }

        var then = Batch.Of(baseCall, baseCalls);
        return (Batch.Of(candidate, candidateCalls), then);
    }
}
