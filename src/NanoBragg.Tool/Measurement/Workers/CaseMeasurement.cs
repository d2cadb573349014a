using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>Measures one case of one benchmark.</summary>
/// <param name="request">How to measure.</param>
/// <param name="yardsticks">Gives what is timed beside each sample where there is no base.</param>
/// <param name="stages">Where the time of each stage is kept.</param>
internal sealed class CaseMeasurement(WorkerRequest request, Func<IReadOnlyList<TimedYardstick>> yardsticks, StageClock stages)
{
    /// <summary>The stage between the timed calls: yardsticks, where there are any, and counters.</summary>
    public const string BetweenSamples = "between samples";

    /// <summary>Measures a case. Whatever it throws becomes the report's <see cref="CaseReport.Failure"/>.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="benchmarkCase">Its case.</param>
    /// <param name="baseCase">The same case of the base assembly, or null where there is no base.</param>
    public CaseReport Measure(Benchmark benchmark, BenchmarkCase benchmarkCase, BaseCase? baseCase)
    {
        var report = new CaseReport { Scenario = benchmark.Scenario, Case = benchmarkCase.Name };
        var step = "preparing";
        try
        {
            var residentBefore = Procfs.ResidentBytes();
            var peakBefore = Procfs.PeakResidentBytes();
            if (request.BaseFirst)
            {
                baseCase?.Prepare();
            }

            var start = ProcessClock.WallSeconds();
            var kernel = PreparedKernel.Of(benchmark, benchmarkCase);
            report = report with
            {
                Steps = kernel.Steps,
                StepUnit = kernel.StepUnit,
                Bytes = kernel.Bytes,
                Threads = kernel.Threads,
                PrepareSeconds = ProcessClock.WallSeconds() - start,
                OnDevice = kernel.OnDevice is not null,
                DeviceCode = kernel.DeviceCode,
                NotAvailable = kernel.NotAvailable,
            };

            baseCase?.Prepare();
            if (kernel.NotAvailable is not null)
            {
                stages.End("preparing");
                return report with { Base = baseCase?.Report };
            }

            stages.End("preparing");
            step = "the call";
            report = Time(kernel, baseCase, report);
            if (SampleCheck.IsTooShort(report, request.BatchSeconds))
            {
                // What a call takes has changed after its batch was sized: the memory that it allocates was new then, mostly. Now it is not.
                report = Time(kernel, baseCase, report) with { FirstCallSeconds = report.FirstCallSeconds, FirstCallRatio = report.FirstCallRatio };
            }

            var residentAfter = Procfs.PeakResidentBytes() is { } peak && peak > peakBefore ? peak : Procfs.ResidentBytes();

            step = "its check";
            if (baseCase is not null)
            {
                // Both sides may write to the same buffers.
                kernel.Call();
            }

            var figures = kernel.Figures();
            baseCase?.Finish();
            stages.End("checks");
            return report with
            {
                ResidentGrowthBytes = baseCase is null && residentAfter - residentBefore is { } growth ? Math.Max(0, growth) : null,
                Figures = figures,
                MachineFigures = request.TakesMachineFigures ? kernel.MachineFigures() : report.MachineFigures,
                Base = baseCase?.Report,
                Ratios = baseCase is { Report.Absence: null } ? report.Ratios : Without(report.Ratios, BaseReport.Yardstick),
            };
        }
        catch (UserError e)
        {
            return report with { Failure = e.Message };
        }
        catch (Exception e)
        {
            WorkerLog.Write(e.ToString());
            return report with { Failure = $"{step} threw {e.GetType().Name}: {BenchmarkAssembly.OneLine(e.Message)}" };
        }
    }

    private CaseReport Time(PreparedKernel kernel, BaseCase? baseCase, CaseReport report)
    {
        var baseFirst = request.BaseFirst ? baseCase?.FirstCall() : null;
        var first = Batch.Of(kernel.Timed, 1);
        baseFirst ??= baseCase?.FirstCall();
        stages.End("first calls");

        // Both sides at once: what the runtime makes of one it makes beside the calls of the other.
        WarmUp.Run(baseCase is null ? kernel.Call : () => CallBoth(kernel, baseCase), request.BatchSeconds > 0 ? WarmUp.QuietSecondsForBatches : 0);

        // Only now: on one processor the warm-up would be in the way of the thread that compiles what it waits for. Several threads need several processors.
        if (request.Processor is { } processor && kernel.Threads == 1 && (baseCase?.Threads ?? 1) == 1)
        {
            ProcessorAffinity.Restrict([processor]);
        }

        stages.End("warming up");
        report = report with { FirstCallSeconds = first.WallSeconds, FirstCallRatio = first.CpuSeconds / baseFirst };
        if (baseCase?.Time(kernel, request.BatchSeconds) is not { } duet)
        {
            return BesideYardsticks(kernel, report);
        }

        report = WithDuet(kernel, duet, report);
        return request.YardsticksBesideBase ? report with { Ratios = BesideYardsticks(kernel, report).Ratios.Concat(report.Ratios).ToDictionary() } : report;
    }

    private static void CallBoth(PreparedKernel kernel, BaseCase baseCase)
    {
        kernel.Call();
        baseCase.Call();
    }

    private CaseReport WithDuet(PreparedKernel kernel, DuetSamples duet, CaseReport report)
    {
        stages.End("the duet with the base");
        var cost = CallCost.Of(kernel.Timed, duet.CandidateCalls);
        stages.End(BetweenSamples);
        return report with
        {
            CallsPerSample = duet.CandidateCalls,
            CpuSeconds = [.. duet.Candidate.Select(batch => batch.CpuSeconds / duet.CandidateCalls)],
            WallSeconds = [.. duet.Candidate.Select(batch => batch.WallSeconds / duet.CandidateCalls)],
            AllocatedBytes = cost.AllocatedBytes,
            MinorFaultsPerCall = cost.MinorFaults,
            Ratios = new Dictionary<string, IReadOnlyList<double>> { [BaseReport.Yardstick] = duet.Ratios },
        };
    }

    private CaseReport BesideYardsticks(PreparedKernel kernel, CaseReport report)
    {
        // Asked once before, so that the first sample does not pay for it.
        _ = GC.GetTotalAllocatedBytes(precise: true);
        var yardsticks = kernel.Timed.DeviceSeconds is null ? Yardsticks() : [];
        var calls = WarmUp.CallsPerBatch(kernel.Timed, request.BatchSeconds);
        var units = new int[yardsticks.Count];
        if (yardsticks.Count > 0)
        {
            var batchSeconds = Batch.Of(kernel.Timed, calls).CpuSeconds;
            for (var i = 0; i < units.Length; i++)
            {
                units[i] = yardsticks[i].UnitsBeside(Math.Min(batchSeconds, request.BatchSeconds));
            }
        }

        stages.End("warming up");
        var samples = Math.Max(1, request.Samples);
        var cpu = new double[samples];
        var wall = new double[samples];
        var ratios = yardsticks.Select(_ => new double[samples]).ToArray();
        var allocated = long.MaxValue;
        long? faults = 0;
        for (var sample = 0; sample < samples; sample++)
        {
            // Kernel and yardsticks take turns in going first (ABBA), so that drift within a pair cancels.
            var kernelFirst = sample % 2 == 0;
            if (!kernelFirst)
            {
                SampleYardsticks(yardsticks, units, ratios, sample, reverse: true);
            }

            stages.End(BetweenSamples);
            var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
            var faultsBefore = ProcessClock.MinorFaults();
            var batch = Batch.Of(kernel.Timed, calls);
            faults += ProcessClock.MinorFaults() - faultsBefore;
            allocated = Math.Min(allocated, GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore);
            stages.End(WorkerStage.TimedCalls);
            (cpu[sample], wall[sample]) = (batch.CpuSeconds / calls, batch.WallSeconds / calls);
            if (kernelFirst)
            {
                SampleYardsticks(yardsticks, units, ratios, sample, reverse: false);
            }
        }

        stages.End(BetweenSamples);
        for (var i = 0; i < ratios.Length; i++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                ratios[i][sample] = cpu[sample] / ratios[i][sample];
            }
        }

        return report with
        {
            CallsPerSample = calls,
            CpuSeconds = cpu,
            WallSeconds = wall,
            AllocatedBytes = allocated / calls,
            MinorFaultsPerCall = faults / (double)calls / samples,
            Ratios = yardsticks.Select((yardstick, i) => (yardstick.Name, ratios[i])).ToDictionary(pair => pair.Name, pair => (IReadOnlyList<double>)pair.Item2),
        };
    }

    private IReadOnlyList<TimedYardstick> Yardsticks()
    {
        var ready = yardsticks();
        stages.End(BetweenSamples);
        return ready;
    }

    private static void SampleYardsticks(IReadOnlyList<TimedYardstick> yardsticks, int[] units, double[][] seconds, int sample, bool reverse)
    {
        for (var k = 0; k < yardsticks.Count; k++)
        {
            var i = reverse ? yardsticks.Count - 1 - k : k;
            seconds[i][sample] = yardsticks[i].Sample(units[i]);
        }
    }

    private static Dictionary<string, IReadOnlyList<double>> Without(IReadOnlyDictionary<string, IReadOnlyList<double>> ratios, string name) =>
        ratios.Where(ratio => ratio.Key != name).ToDictionary(ratio => ratio.Key, ratio => ratio.Value);
}
