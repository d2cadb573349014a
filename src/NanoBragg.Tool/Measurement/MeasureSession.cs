using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using NanoBragg.Tool.Measurement.Code;
using NanoBragg.Tool.Measurement.Devices;
using NanoBragg.Tool.Measurement.Identity;
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
    /// <param name="extend">Says what is to be measured besides, after the first worker processes and after each extension; null for nothing.</param>
    /// <exception cref="UserError">Nothing could be measured, or the time was up.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static MeasuredRun Run(MeasureOptions options, IProgress<string> progress, CancellationToken cancellation, Func<MeasuredRun, Extension?>? extend = null)
    {
        var started = Stopwatch.GetTimestamp();
        using var machine = MachineLock.Acquire(options.Timeout, progress, cancellation);
        if (options.BasePin is not null)
        {
            progress.Report("timing beside the baseline's own base");
        }

        var code = RunIdentity.Of(options);
        var devices = new DeviceFigures(progress, cancellation);
        var run = RunWorkers(options, code, devices, before: null, started, progress, cancellation);
        if (options.ReadsCode)
        {
            run = CodeReading.Add(run, options, options.Timeout - Stopwatch.GetElapsedTime(started), progress, cancellation);
            run = ResourceReading.Add(run, options, options.Timeout - Stopwatch.GetElapsedTime(started), progress, cancellation);
        }

        // Meanwhile nothing is read again: that takes a good part of what a worker process does.
        while (extend?.Invoke(RunIdentity.Sign(run, code, code)) is { } extension)
        {
            try
            {
                progress.Report(extension.Why);
                var more = options with { Workers = extension.Workers, Scenarios = extension.Scenarios };
                run = RunWorkers(more, code, devices, run, started, progress, cancellation);
            }
            catch (UserError e) when (e.ExitCode == ExitCode.TimedOut)
            {
                // What has been measured stands; it could not tell, and says so.
                break;
            }
        }

        return RunIdentity.Sign(run, code, RunIdentity.Of(options));
    }

    private static MeasuredRun RunWorkers(
        MeasureOptions options, RunIdentity? code, DeviceFigures devices, MeasuredRun? before, long started, IProgress<string> progress, CancellationToken cancellation)
    {
        var done = before?.Workers ?? 0;
        var replacements = new WorkerReplacement(before?.ReplacedWorkers ?? 0, progress);
        var fingerprint = MachineProbe.Read();
        var processors = ProcessorAffinity.Allowed();
        var run = before;

        // What is the same code as the base is needed once, for its exact figures.
        var same = code?.SameAsBase ?? new HashSet<string>();
        var changed = same.Count == 0 ? options.Scenarios
            : [.. code!.Scenarios.Keys.Where(scenario => !same.Contains(scenario) && (options.Scenarios.Count == 0 || options.Scenarios.Contains(scenario)))];
        var workers = same.Count > 0 && changed.Count == 0 ? 1 : options.Workers;
        for (var worker = done; worker < done + workers; worker++)
        {
            progress.Report(string.Create(CultureInfo.InvariantCulture, $"measuring in worker process {worker + 1} of {done + workers}"));
            var scenarios = worker == 0 ? options.Scenarios : changed;
            var probe = new ContentionProbe();
            var outcome = replacements.Run(() => WorkerLauncher.Run(
                new WorkerRequest
                {
                    AssemblyPath = options.AssemblyPath,
                    BaseAssemblyPath = options.BaseAssemblyPath,
                    BaseFirst = DuetOrder.IsBaseFirst(worker),
                    SameAsBase = [.. same],
                    InjectedWork = options.InjectedWork,
                    TakesMachineFigures = worker == 0,
                    Scenarios = scenarios,
                    Samples = Samples,
                    BatchSeconds = BatchSeconds,
                    Yardsticks = YardstickCatalogue.All,

                    // What is measured besides is for the duet.
                    YardsticksBesideBase = options.YardsticksBesideBase && done == 0,
                    Processor = processors.Count > 0 ? processors[worker % processors.Count] : null,
                },
                WorkerEnvironment.EarlyPromotion,
                Remaining(),
                cancellation));
            var single = ToRun(options with { Scenarios = scenarios }, same, devices, ReportOf(outcome, options, progress), fingerprint, probe.Read([outcome.Usage], outcome.Report?.RunQueueWaitSeconds));
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

    private static MeasuredRun ToRun(MeasureOptions options, IReadOnlySet<string> same, DeviceFigures devices, WorkerReport report, MachineFingerprint machine, Contention contention) => new()
    {
        ToolVersion = typeof(MeasureSession).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        Assembly = report.Assembly,
        KernelVersion = report.KernelVersion,
        BaseVersion = report.BaseVersion,
        BasePin = options.BasePin,
        BaseAbsence = options.BaseAbsence,
        Scenarios = options.Scenarios,
        Machine = machine,
        Workers = 1,
        Contention = contention,
        Cases = [.. report.Cases.Select(Checked).Select(found => devices.AddTo(same.Contains(found.Scenario) ? CaseMetrics.SameInBase(CaseMetrics.Of(found)) : CaseMetrics.Of(found), found))
            .OrderBy(measured => measured.Name, StringComparer.Ordinal)],
        Comparisons = report.Comparisons,
    };

    // A duet's samples are its pairs, of which slow kernels play fewer.
    private static CaseReport Checked(CaseReport report) =>
        SampleCheck.Apply(report, report.Ratios.ContainsKey(BaseReport.Yardstick) ? Duet.FewestPairs : Samples, BatchSeconds);
}
