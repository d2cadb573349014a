using System.Runtime;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>Calls a kernel until its code is final: no method was compiled for some calls and some time.</summary>
internal static class WarmUp
{
    /// <summary>Seconds without compiling after which <see cref="WorkerEnvironment.EarlyPromotion"/> has done its work, four times over.</summary>
    public const double QuietSecondsForBatches = 0.020;

    private const int QuietCalls = 1;

    // CPU time that nothing but the kernel takes.
    private const double CertainBatches = 10;

    // A kernel that compiles code on every call never falls quiet.
    private const double MaxSeconds = 2;

    /// <summary>Calls the kernel until it is quiet.</summary>
    /// <param name="call">The kernel.</param>
    /// <param name="quietSeconds">How long nothing must have been compiled; one call at least.</param>
    public static void Run(Action call, double quietSeconds)
    {
        var start = ProcessClock.WallSeconds();
        var quietSince = start;
        var quietCalls = 0;
        var methods = JitInfo.GetCompiledMethodCount();
        while (true)
        {
            call();
            var now = ProcessClock.WallSeconds();
            var compiled = JitInfo.GetCompiledMethodCount();
            if (compiled != methods)
            {
                (methods, quietSince, quietCalls) = (compiled, now, 0);
            }
            else if (++quietCalls >= QuietCalls && now - quietSince >= quietSeconds)
            {
                return;
            }

            if (now - start >= MaxSeconds)
            {
                return;
            }
        }
    }

    /// <summary>Finds how many calls make a batch that is long enough to time.</summary>
    /// <param name="call">The kernel, warm.</param>
    /// <param name="batchSeconds">The shortest batch worth timing, CPU seconds; 0 for single calls.</param>
    public static int CallsPerBatch(TimedCall call, double batchSeconds)
    {
        const int MaxCalls = 10_000_000;
        var calls = 1;
        while (batchSeconds > 0 && calls < MaxCalls)
        {
            var batch = Batch.Of(call, calls);
            var seconds = Seconds(batch);
            if (seconds >= batchSeconds && batch.CpuSeconds < CertainBatches * batchSeconds)
            {
                // What happened beside one batch (a process that was stopped, a late compilation) must not pass for its length.
                seconds = Math.Min(seconds, Seconds(Batch.Of(call, calls)));
            }

            if (seconds >= batchSeconds)
            {
                break;
            }

            // A tenth more than needed, so that the next batch is long enough although speed varies.
            calls = (int)Math.Min(MaxCalls, Math.Ceiling(calls * Math.Clamp(1.1 * batchSeconds / Math.Max(seconds, 1e-9), 1.2, 100)));
        }

        return calls;

        // A kernel that works elsewhere than on this CPU is batched by wall time.
        static double Seconds(Batch batch) => Math.Max(batch.CpuSeconds, batch.WallSeconds / 8);
    }
}
