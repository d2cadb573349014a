using System.Reflection;
using System.Runtime;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>Runs a case until its code is final, for the runtime to list it, and times nothing.</summary>
internal static class FinalCode
{
    private const double MaxSeconds = 20;

    private const double NothingToPromoteSeconds = 1;

    // Without compiling for as long the code is final: the runtime has begun to count, and its thread has had its turn.
    private const double DelaysUntilQuiet = 3;

    // A method is promoted after two calls that count, and what it calls with it.
    private const int QuietCalls = 3;

    /// <summary>Runs a case. Whatever it throws becomes the report's failure.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="benchmarkCase">Its case.</param>
    /// <param name="delay">The time without new methods after which the runtime begins to count calls.</param>
    public static CaseReport Run(Benchmark benchmark, BenchmarkCase benchmarkCase, TimeSpan delay)
    {
        var report = new CaseReport { Scenario = benchmark.Scenario, Case = benchmarkCase.Name };
        try
        {
            PreparedKernel kernel;
            var hold = new TieringHold(delay);
            using (hold)
            {
                kernel = new PreparedKernel(benchmark.Prepare.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, benchmarkCase.Arguments, culture: null));
            }

            if ((kernel.NotAvailable ?? kernel.OnDevice) is { } why)
            {
                return report with { Failure = why };
            }

            if (!hold.HasHeld)
            {
                return report with { Failure = TieringHold.Failed };
            }

            if (kernel.Threads > 1)
            {
                // On one processor two threads seldom compile, and so write to the listing, at the same time.
                ProcessorAffinity.Restrict([.. ProcessorAffinity.Allowed().Take(1)]);
            }

            return Settle(kernel, DelaysUntilQuiet * delay.TotalSeconds)
                ? report
                : report with { Failure = $"the JIT was still compiling after {MaxSeconds:0} s" };
        }
        catch (UserError e)
        {
            return report with { Failure = e.Message };
        }
        catch (Exception e)
        {
            return report with { Failure = $"{e.GetType().Name}: {BenchmarkAssembly.OneLine(e.Message)}" };
        }
    }

    /// <summary>
    /// Calls a kernel until nothing has been compiled for a while. Time alone does not tell on a busy machine: the runtime promotes methods on a thread of
    /// its own, which may not have had its turn. It has when it compiled something; the call itself is a method to promote, unless there is nothing in it to
    /// make better.
    /// </summary>
    private static bool Settle(PreparedKernel kernel, double quiet)
    {
        // A kernel's own threads compile, too, so that this says less.
        quiet *= kernel.Threads > 1 ? 4 : 1;
        var start = ProcessClock.WallSeconds();
        var (quietSince, quietCalls, promoted) = (start, 0, false);
        var methods = JitInfo.GetCompiledMethodCount();
        while (ProcessClock.WallSeconds() - start < MaxSeconds)
        {
            var elsewhere = JitInfo.GetCompiledMethodCount() - JitInfo.GetCompiledMethodCount(currentThread: true);
            kernel.Call();
            var compiled = JitInfo.GetCompiledMethodCount();
            promoted |= compiled - JitInfo.GetCompiledMethodCount(currentThread: true) > elsewhere;
            var now = ProcessClock.WallSeconds();
            if (compiled != methods)
            {
                (methods, quietSince, quietCalls) = (compiled, now, 0);
            }
            else if (++quietCalls >= QuietCalls && now - quietSince >= (promoted ? quiet : Math.Max(quiet, NothingToPromoteSeconds)))
            {
                return true;
            }
        }

        return false;
    }
}
