namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>
/// Prepares a case and calls it a fixed number of times. Nothing in it depends on a clock, so that the system counts the same for the process in every run.
/// </summary>
internal static class FixedCalls
{
    // The first call pays for compiling and for touching memory; instructions are counted over the others.
    private const int CountedCalls = 2;

    /// <summary>Runs a case. Whatever it throws becomes the report's failure.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="benchmarkCase">Its case.</param>
    public static CaseReport Run(Benchmark benchmark, BenchmarkCase benchmarkCase)
    {
        var report = new CaseReport { Scenario = benchmark.Scenario, Case = benchmarkCase.Name };

        // Before preparing: threads that are started from now on are counted, too.
        using var counter = InstructionCounter.Open();
        try
        {
            var kernel = PreparedKernel.Of(benchmark, benchmarkCase);
            if ((kernel.NotAvailable ?? kernel.OnDevice) is { } why)
            {
                return report with { Failure = why };
            }

            kernel.Call();
            var before = counter.Read();
            for (var call = 0; call < CountedCalls; call++)
            {
                kernel.Call();
            }

            var instructions = (counter.Read() - before) / (double?)CountedCalls;
            return report with { Threads = kernel.Threads, Instructions = instructions, InstructionsNotAvailable = counter.NotAvailable };
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
}
