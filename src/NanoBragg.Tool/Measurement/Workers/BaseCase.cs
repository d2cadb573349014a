namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>
/// One case of the base assembly beside the same case of the assembly under test. Whatever goes wrong on this side is an
/// <see cref="BaseReport.Absence"/>, never a failure of the candidate.
/// </summary>
/// <param name="benchmark">The base's benchmark, or null where it has none of that name.</param>
/// <param name="benchmarkCase">Its case, or null.</param>
internal sealed class BaseCase(Benchmark? benchmark, BenchmarkCase? benchmarkCase)
{
    private PreparedKernel? _kernel;

    /// <summary>Gets what was found.</summary>
    public BaseReport Report { get; private set; } = new() { Absence = benchmarkCase is null ? BaseReport.Lacking : null };

    /// <summary>Gets the threads that a call keeps busy, 1 where there is nothing to call.</summary>
    public int Threads => _kernel?.Threads ?? 1;

    /// <summary>Prepares the case, once.</summary>
    public void Prepare() => Try("preparing", () =>
    {
        _kernel ??= PreparedKernel.Of(benchmark!, benchmarkCase!);
        Report = Report with { Steps = _kernel.Steps, DeviceCode = _kernel.DeviceCode, Absence = _kernel.NotAvailable };
    });

    /// <summary>Calls the base's kernel once.</summary>
    public void Call() => Try("the call", () => _kernel!.Call());

    /// <summary>Calls the base's kernel for the first time.</summary>
    /// <returns>CPU seconds of the call; null where there is nothing to call.</returns>
    public double? FirstCall()
    {
        double? seconds = null;
        Try("the call", () => seconds = Batch.Of(_kernel!.Timed, 1).CpuSeconds);
        return seconds;
    }

    /// <summary>Times the candidate against the base, both warm.</summary>
    /// <param name="candidate">The candidate's kernel, warm.</param>
    /// <param name="batchSeconds">The shortest batch worth timing, CPU seconds; 0 for single calls.</param>
    /// <returns>The samples; null where the base cannot be timed.</returns>
    public DuetSamples? Time(PreparedKernel candidate, double batchSeconds)
    {
        DuetSamples? samples = null;
        Try("the call", () =>
        {
            var played = Duet.Play(candidate.Timed, _kernel!.Timed, batchSeconds);
            Report = Report with { AllocatedBytes = CallCost.Of(_kernel.Timed, played.CandidateCalls).AllocatedBytes };
            samples = played;
        });
        return samples;
    }

    /// <summary>Checks the base's result; called once more before, because both sides may write to the same buffers.</summary>
    public void Finish() => Try("its check", () =>
    {
        _kernel!.Call();
        Report = Report with { Figures = _kernel.Figures() };
    });

    private void Try(string step, Action action)
    {
        if (Report.Absence is not null)
        {
            return;
        }

        try
        {
            action();
        }
        catch (UserError e)
        {
            Report = Report with { Absence = e.Message };
        }
        catch (Exception e)
        {
            WorkerLog.Write("base: " + e);
            Report = Report with { Absence = $"{step} threw {e.GetType().Name}: {BenchmarkAssembly.OneLine(e.Message)}" };
        }
    }
}
