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
        Report = Report with { Steps = _kernel.Steps };
    });

    /// <summary>Times the candidate against the base.</summary>
    /// <param name="candidate">The candidate's kernel, warm.</param>
    /// <param name="candidateCalls">Its calls that fill a batch.</param>
    /// <param name="batchSeconds">The shortest batch worth timing, CPU seconds; 0 for single calls.</param>
    /// <returns>CPU time of a call of the candidate as a multiple of the base's, pair by pair; null where the base cannot be timed.</returns>
    public IReadOnlyList<double>? Time(PreparedKernel candidate, int candidateCalls, double batchSeconds)
    {
        IReadOnlyList<double>? ratios = null;
        Try("the call", () =>
        {
            (ratios, var allocated) = Duet.Play(candidate.Call, candidateCalls, _kernel!.Call, batchSeconds);
            Report = Report with { AllocatedBytes = allocated };
        });
        return ratios;
    }

    /// <summary>Checks the base's last result.</summary>
    public void Finish() => Try("its check", () => Report = Report with { Figures = _kernel!.Figures() });

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
