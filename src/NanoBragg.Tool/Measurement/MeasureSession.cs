using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using NanoBragg.Tool.Measurement.Code;
using NanoBragg.Tool.Measurement.Resources;
using NanoBragg.Tool.Measurement.Workers;
using NanoBragg.Tool.Measurement.Yardsticks;

namespace NanoBragg.Tool.Measurement;

/// <summary>Measures an assembly's scenarios in fresh worker processes, one after the other, alone on the machine as far as this tool can see to it.</summary>
internal static class MeasureSession
{
    // Even, so that the kernel goes first as often as its yardsticks do.
    private const int Samples = 12;
    private const double BatchSeconds = 0.003;

    /// <summary>Measures.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="progress">Is told what is going on, in short lines.</param>
    /// <param name="cancellation">Kills the worker.</param>
    /// <exception cref="UserError">Nothing could be measured, or the time was up.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static MeasuredRun Run(MeasureOptions options, IProgress<string> progress, CancellationToken cancellation) =>
        AloneOnMachine(started => RunWorkers(options, before: null, started, progress, cancellation), options, progress, cancellation);

    /// <summary>Adds more workers to a run whose verdict is not certain.</summary>
    /// <param name="run">The run so far. It stays as it is.</param>
    /// <param name="options">What and how; <see cref="MeasureOptions.Workers"/> are added.</param>
    /// <param name="progress">Is told what is going on, in short lines.</param>
    /// <param name="cancellation">Kills the worker.</param>
    /// <inheritdoc cref="Run"/>
    public static MeasuredRun Extend(MeasuredRun run, MeasureOptions options, IProgress<string> progress, CancellationToken cancellation) =>
        AloneOnMachine(started => RunWorkers(options, run, started, progress, cancellation), options, progress, cancellation);

    private static MeasuredRun AloneOnMachine(Func<long, MeasuredRun> measure, MeasureOptions options, IProgress<string> progress, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var machine = MachineLock.Acquire(options.Timeout, progress, cancellation);
        var run = measure(started);
        run = CodeReading.Add(run, options, options.Timeout - Stopwatch.GetElapsedTime(started), progress, cancellation);
        return ResourceReading.Add(run, options, options.Timeout - Stopwatch.GetElapsedTime(started), progress, cancellation);
    }

    private static MeasuredRun RunWorkers(MeasureOptions options, MeasuredRun? before, long started, IProgress<string> progress, CancellationToken cancellation)
    {
        var done = before?.Workers ?? 0;
        var replacements = new WorkerReplacement(before?.ReplacedWorkers ?? 0, progress);
        var fingerprint = MachineProbe.Read();
        var processors = ProcessorAffinity.Allowed();
        var run = before;
        for (var worker = done; worker < done + options.Workers; worker++)
        {
            progress.Report(string.Create(CultureInfo.InvariantCulture, $"measuring in worker process {worker + 1} of {done + options.Workers}"));
            var probe = new ContentionProbe();
            var outcome = replacements.Run(() => WorkerLauncher.Run(
                new WorkerRequest
                {
                    AssemblyPath = options.AssemblyPath,
                    BaseAssemblyPath = options.BaseAssemblyPath,

                    // A Gray code's low bit: on one, two or four processors both sides come first equally often on each.
                    BaseFirst = ((worker ^ (worker >> 1)) & 1) != 0,
                    Scenarios = options.Scenarios,
                    Samples = Samples,
                    BatchSeconds = BatchSeconds,
                    Yardsticks = YardstickCatalogue.All,
                    Processor = processors.Count > 0 ? processors[worker % processors.Count] : null,
                },
                WorkerEnvironment.EarlyPromotion,
                Remaining(),
                cancellation));
            var single = ToRun(options, ReportOf(outcome, options, progress), fingerprint, probe.Read([outcome.Usage]));
            if (run is not null)
            {
                CaseSet.MustAgree(run, single);
            }

            run = run is null ? single : MeasuredRunMerge.Merge(run, single);
        }

        return run! with { ReplacedWorkers = replacements.Count };

        TimeSpan Remaining() => options.Timeout - Stopwatch.GetElapsedTime(started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static WorkerReport ReportOf(WorkerOutcome outcome, MeasureOptions options, IProgress<string> progress)
    {
        if (outcome.TimedOut)
        {
            throw new UserError(
                string.Create(CultureInfo.InvariantCulture, $"timed out after {options.Timeout.TotalSeconds:0.###} s; killed the worker and its children, while it ran {LastCase(outcome)}"),
                ExitCode.TimedOut);
        }

        if (outcome.Report is null)
        {
            // A crash is told by the runtime in many lines; one is for the error, all are for finding the cause.
            progress.Report(outcome.Log.TrimEnd());
            throw new UserError(outcome.WasKilled
                ? string.Create(CultureInfo.InvariantCulture, $"worker processes are killed from outside, {WorkerReplacement.Most} have been replaced already: {outcome.Failure}; free memory, or find out who kills them, and measure again")
                : $"a benchmark took its worker process down: {outcome.Failure}");
        }

        if (outcome.Report.Failure is { } failure)
        {
            throw new UserError(failure);
        }

        CaseSet.MustBeWhole(outcome.Report.Declared, [.. outcome.Report.Cases.Select(found => CaseMetrics.NameOf(found.Scenario, found.Case))]);
        return outcome.Report;
    }

    private static string LastCase(WorkerOutcome outcome) => outcome.LastCase is { } name ? $"'{name}'" : "no case yet";

    private static MeasuredRun ToRun(MeasureOptions options, WorkerReport report, MachineFingerprint machine, Contention contention) => new()
    {
        ToolVersion = typeof(MeasureSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        Assembly = report.Assembly,
        KernelVersion = report.KernelVersion,
        BaseVersion = report.BaseVersion,
        Scenarios = options.Scenarios,
        Machine = machine,
        Workers = 1,
        Contention = contention,
        Cases = [.. report.Cases.Select(found => CaseMetrics.Of(SampleCheck.Apply(found, Samples, BatchSeconds))).OrderBy(measured => measured.Name, StringComparer.Ordinal)],
        Comparisons = report.Comparisons,
    };
}
