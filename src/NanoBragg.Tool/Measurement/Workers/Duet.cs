namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>
/// Times two kernels against each other on the process's CPU clock, in batches that take turns in going first (ABBA): what disturbs the
/// machine for longer than some milliseconds disturbs both alike, and drift within a pair cancels over two pairs.
/// </summary>
internal static class Duet
{
    // Both even, so that each side goes first as often as the other.
    private const int MostPairs = 40;
    private const int FewestPairs = 8;

    // CPU seconds of both sides together after which slow kernels get fewer pairs.
    private const double EnoughSeconds = 0.4;

    /// <summary>Times.</summary>
    /// <param name="candidate">The kernel under test, warm.</param>
    /// <param name="candidateCalls">Its calls that fill a batch.</param>
    /// <param name="baseCall">The base's kernel.</param>
    /// <param name="batchSeconds">The shortest batch worth timing, CPU seconds; 0 for single calls.</param>
    /// <returns>CPU time of a call of the candidate as a multiple of the base's, pair by pair, and bytes that a call of the base allocates.</returns>
    public static (IReadOnlyList<double> Ratios, long BaseAllocatedBytes) Play(Action candidate, int candidateCalls, Action baseCall, double batchSeconds)
    {
        WarmUp.Run(baseCall, batchSeconds > 0 ? WarmUp.QuietSecondsForBatches : 0);
        var baseCalls = WarmUp.CallsPerBatch(baseCall, batchSeconds);

        // As many calls on both sides, unless that makes one side's batch long: what surrounds a call then weighs the same.
        var most = Math.Max(candidateCalls, baseCalls);
        (candidateCalls, baseCalls) = (Math.Min(most, 3 * candidateCalls), Math.Min(most, 3 * baseCalls));
        var allocated = AllocatedBytes(baseCall, baseCalls);
        var (_, seconds) = Pair(candidate, candidateCalls, baseCall, baseCalls, candidateFirst: true);
        var pairs = (int)Math.Clamp(EnoughSeconds / seconds, FewestPairs, MostPairs) / 2 * 2;
        var ratios = new double[pairs];
        for (var pair = 0; pair < pairs; pair++)
        {
            // Nothing but the two batches happens in here: what comes before a batch must be alike for both sides.
            (ratios[pair], _) = Pair(candidate, candidateCalls, baseCall, baseCalls, candidateFirst: pair % 2 != 0);
        }

        return (ratios, allocated);
    }

    private static (double Ratio, double Seconds) Pair(Action candidate, int candidateCalls, Action baseCall, int baseCalls, bool candidateFirst)
    {
        Batch now;
        Batch then;
        if (candidateFirst)
        {
            now = Batch.Of(candidate, candidateCalls);
            then = Batch.Of(baseCall, baseCalls);
        }
        else
        {
            then = Batch.Of(baseCall, baseCalls);
            now = Batch.Of(candidate, candidateCalls);
        }

        return (now.CpuSeconds / candidateCalls / (then.CpuSeconds / baseCalls), now.CpuSeconds + then.CpuSeconds);
    }

    private static long AllocatedBytes(Action call, int calls)
    {
        const int Repeats = 3;
        var least = long.MaxValue;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            _ = Batch.Of(call, calls);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least / calls;
    }
}
