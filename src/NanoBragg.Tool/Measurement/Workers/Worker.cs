using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>The worker process: loads the assembly under test, runs its benchmarks, and writes a <see cref="WorkerReport"/>.</summary>
internal static class Worker
{
    private const string BetweenCases = "between cases";

    private static readonly long Started = StartOfProcess();

    /// <summary>Does what a request file says.</summary>
    /// <param name="requestPath">The path of a <see cref="WorkerRequest"/> as JSON.</param>
    /// <returns>0, also where cases failed; 1 where nothing could be measured.</returns>
    public static int Run(string requestPath)
    {
        var startup = SecondsSinceStart();
        Leash.Attach(Path.GetDirectoryName(Path.GetFullPath(requestPath))!);
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var stages = new StageClock(startup);
        WorkerRequest request;
        using (var file = File.OpenRead(requestPath))
        {
            request = JsonSerializer.Deserialize(file, MeasurementJson.Default.WorkerRequest)!;
        }

        var report = new WorkerReport
        {
            Assembly = "",
            KernelVersion = "",
            StartupSeconds = startup,
            SessionSeconds = 0,
            JitMethods = 0,
            JitSeconds = 0,
            GarbageCollections = 0,
            YardstickRates = new Dictionary<string, double>(),
            Cases = [],
        };
        try
        {
            report = Measure(request, report, stages);
        }
        catch (UserError e)
        {
            WorkerLog.Write(e.Message);
            report = report with { Failure = e.Message };
        }

        stages.End(BetweenCases);
        report = report with
        {
            Stages = stages.Stages,
            SessionSeconds = SecondsSinceStart(),
            PeakResidentBytes = Procfs.PeakResidentBytes(),
            RunQueueWaitSeconds = Procfs.RunQueueWaitSeconds(),
            JitMethods = (int)JitInfo.GetCompiledMethodCount(),
            JitSeconds = JitInfo.GetCompilationTime().TotalSeconds,
            GarbageCollections = GC.CollectionCount(0),
        };
        using (var file = File.Create(request.ReportPath))
        {
            JsonSerializer.Serialize(file, report, MeasurementJson.Default.WorkerReport);
        }

        return report.Failure is null ? 0 : 1;
    }

    /// <summary>Gets the seconds since this process was started.</summary>
    public static double SecondsSinceStart() => Stopwatch.GetElapsedTime(Started).TotalSeconds;

    private static WorkerReport Measure(WorkerRequest request, WorkerReport report, StageClock stages)
    {
        var assembly = BenchmarkAssembly.Load(request.AssemblyPath);
        var benchmarks = assembly.Select(request.Scenarios);
        var baseAssembly = request.BaseAssemblyPath is { } basePath ? BaseAssembly.Load(basePath) : null;
        var buffers = new SharedBuffers();
        buffers.GiveTo(assembly.Benchmarks);
        buffers.GiveTo(baseAssembly?.Benchmarks ?? []);
        InjectedWork.Into(assembly, request.InjectedWork);
        stages.End("loading the assembly");
        if (request.OnlyFixedCallsOf is "")
        {
            return report with { Assembly = assembly.Name, KernelVersion = assembly.Version };
        }

        if ((request.OnlyFinalCodeOf ?? request.OnlyFixedCallsOf) is { } only)
        {
            var named = benchmarks.SelectMany(benchmark => benchmark.Cases.Select(benchmarkCase => (benchmark, benchmarkCase)))
                .First(pair => CaseMetrics.NameOf(pair.benchmark.Scenario, pair.benchmarkCase.Name) == only);
            WorkerLog.BeginCase(named.benchmark.Scenario, named.benchmarkCase.Name);
            var single = request.OnlyFinalCodeOf is not null ? FinalCode.Run(named.benchmark, named.benchmarkCase, request.ListedCodeDelay) : FixedCalls.Run(named.benchmark, named.benchmarkCase);
            return report with { Assembly = assembly.Name, KernelVersion = assembly.Version, Cases = [single] };
        }

        var allowed = ProcessorAffinity.Allowed();
        var yardsticks = new List<TimedYardstick>();
        try
        {
            var measurement = new CaseMeasurement(request, ReadyYardsticks, stages);
            var cases = new List<CaseReport>();
            foreach (var benchmark in benchmarks)
            {
                foreach (var benchmarkCase in benchmark.Cases)
                {
                    WorkerLog.BeginCase(benchmark.Scenario, benchmarkCase.Name);
                    var isSame = request.SameAsBase.Contains(benchmark.Scenario);
                    cases.Add(measurement.Measure(benchmark, benchmarkCase, isSame ? null : baseAssembly?.Find(benchmark.Scenario, benchmarkCase.Name)));
                    ProcessorAffinity.Restrict(request.Processor is null ? [] : allowed);
                    buffers.Clear();

                    // What the case held is given back before the next one is measured.
                    GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    stages.End(BetweenCases);
                }
            }

            return report with
            {
                Declared = [.. benchmarks.SelectMany(benchmark => benchmark.Cases.Select(declared => CaseMetrics.NameOf(benchmark.Scenario, declared.Name)))],
                Assembly = assembly.Name,
                KernelVersion = assembly.Version,
                BaseVersion = baseAssembly?.Version,
                YardstickRates = yardsticks.Where(yardstick => yardstick.WasUsed).ToDictionary(yardstick => yardstick.Name, yardstick => yardstick.Rate),
                Cases = cases,
                Comparisons = Comparison.Of(benchmarks, cases),
            };
        }
        finally
        {
            yardsticks.ForEach(yardstick => yardstick.Dispose());
        }

        // Made only where a case needs them: touching their buffers takes longer than a duet's pair.
        IReadOnlyList<TimedYardstick> ReadyYardsticks()
        {
            if (yardsticks.Count == 0)
            {
                yardsticks.AddRange(request.Yardsticks.Select(name => new TimedYardstick(name)));
            }

            return yardsticks;
        }
    }

    private static long StartOfProcess()
    {
        if (long.TryParse(
            Environment.GetEnvironmentVariable(ChildProcess.SpawnTimestampVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var spawned))
        {
            return spawned;
        }

        using var self = Process.GetCurrentProcess();
        return Stopwatch.GetTimestamp() - (long)((DateTime.Now - self.StartTime).TotalSeconds * Stopwatch.Frequency);
    }
}
