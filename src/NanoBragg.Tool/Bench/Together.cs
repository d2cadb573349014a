using System.Diagnostics;

namespace NanoBragg.Tool.Bench;

/// <summary>Times what several threads do at once.</summary>
internal static class Together
{
    /// <summary>Does the same on several threads, several times.</summary>
    /// <param name="threads">Threads, the calling one included; at least 1.</param>
    /// <param name="rounds">How often; at least once.</param>
    /// <param name="work">What each does; it is told which thread it is, from 0.</param>
    /// <returns>The shortest time from the first thread's start to the last one's end, s.</returns>
    public static double BestSeconds(int threads, int rounds, Action<int> work)
    {
        using var barrier = new Barrier(threads);
        var (starts, ends) = (new long[threads], new long[threads]);
        var best = double.PositiveInfinity;
        var others = Enumerable.Range(1, threads - 1).Select(thread => new Thread(() => Rounds(thread)) { IsBackground = true }).ToArray();
        Array.ForEach(others, thread => thread.Start());
        Rounds(0);
        Array.ForEach(others, thread => thread.Join());
        return best;

        void Rounds(int thread)
        {
            for (var round = 0; round < rounds; round++)
            {
                barrier.SignalAndWait();
                starts[thread] = Stopwatch.GetTimestamp();
                work(thread);
                ends[thread] = Stopwatch.GetTimestamp();
                barrier.SignalAndWait();

                // Nobody passes the next round's first barrier before this is read.
                if (thread == 0)
                {
                    best = Math.Min(best, Stopwatch.GetElapsedTime(starts.Min(), ends.Max()).TotalSeconds);
                }
            }
        }
    }
}
