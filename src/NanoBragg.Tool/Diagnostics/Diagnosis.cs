using System.Globalization;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>Runs one scenario in fresh worker processes, alone and under load, and leaves a bundle whatever happens.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="environment">The environment, for <c>env.txt</c> and for keeping its secrets out of everything else.</param>
/// <param name="progress">Is told the step under way when it takes long.</param>
/// <exception cref="UserError">What the bundle is to be compared with cannot be read.</exception>
internal sealed class Diagnosis(DiagnosticOptions options, EnvironmentText environment, IProgress<string> progress)
{
    /// <summary>The variable that tells the kernels which device to run on.</summary>
    public const string DeviceVariable = "NANOBRAGG_DEVICE";

    /// <summary>Single calls, as few as have a median and a spread: what a diagnostic is about is the process, and repeats are fresh processes.</summary>
    private const int SamplesPerCase = 3;

    /// <summary>
    /// Methods with loops are compiled fully at their first call, so that few samples are already of final code. Otherwise the JIT is as in any program that
    /// has just started, not hurried as for the gate: compiling a thousand methods twice would be most of what a short process does.
    /// </summary>
    private static readonly Dictionary<string, string> FreshProcess = new(StringComparer.Ordinal) { ["DOTNET_TC_QuickJitForLoops"] = "0" };

    // Read first: a name that is wrong should be told before anything is run.
    private readonly BaselineFile _baseline = CommittedBaseline.Read(options.BaselinePath);
    private readonly DiagnosticReport? _named = options.CompareFolder is { } folder ? EarlierBundle.Read(folder) : null;
    private readonly Dictionary<DiagnosticRun, WorkerReport> _reports = new(ReferenceEqualityComparer.Instance);

    /// <summary>Diagnoses one scenario and writes its bundle.</summary>
    /// <param name="scenario">The scenario; it exists.</param>
    /// <param name="measures">What it measures, in its own words.</param>
    /// <param name="cancellation">Kills the worker; the bundle is written all the same.</param>
    /// <returns>The report, and the folder of the bundle.</returns>
    /// <exception cref="UserError">The bundle cannot be written.</exception>
    public (DiagnosticReport Report, string Folder) Run(string scenario, string measures, CancellationToken cancellation)
    {
        var started = DateTimeOffset.UtcNow;
        var stamp = Bundle.StampOf(started);
        var folder = Bundle.CreateFolder(options.OutFolder, stamp, scenario, options.Scenarios.Count == 1);
        using var log = new RunLog(progress);
        log.Step($"capturing the environment ({started.ToString("u", CultureInfo.InvariantCulture)})");
        var facts = RuntimeFacts.Capture(options.AssemblyPath);

        var alone = new List<DiagnosticRun>();
        DiagnosticRun? underLoad = null;
        var cancelled = false;
        string? broken = null;
        try
        {
            for (var i = 1; i <= options.Repeats && alone.TrueForAll(Ended); i++)
            {
                alone.Add(RunWorker(string.Create(CultureInfo.InvariantCulture, $"process {i}"), scenario, log, cancellation));
            }

            if (options.Load && alone.TrueForAll(Ended))
            {
                log.Step(string.Create(CultureInfo.InvariantCulture, $"starting {Environment.ProcessorCount} busy threads"));
                using var load = new MachineLoad(Environment.ProcessorCount);
                underLoad = RunWorker("under load", scenario, log, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            log.Step("cancelled by the user; killed the worker and its children");
            cancelled = true;
        }
        catch (UserError error)
        {
            // The worker could not even be started; what is known so far is still worth a bundle.
            log.Step(error.Message);
            broken = environment.Scrub(error.Message);
        }

        log.Step("comparing and writing the bundle");
        var comparisons = Comparisons(alone, underLoad);
        var (status, reason) = cancelled ? (DiagnosticStatus.Cancelled, "cancelled by the user")
            : broken is not null ? (DiagnosticStatus.Crashed, broken)
            : Verdict(alone, underLoad, comparisons);
        var report = new DiagnosticReport
        {
            Stamp = stamp,
            Scenario = scenario,
            Measures = measures,
            Status = status,
            StatusReason = reason,
            WallSeconds = log.Seconds,
            Machine = MachineProbe.Read(),
            ToolVersion = RuntimeFacts.ToolVersion,
            Assembly = Path.GetFileNameWithoutExtension(options.AssemblyPath),
            KernelVersion = _reports.Values.Select(r => r.KernelVersion).FirstOrDefault(v => v.Length > 0),
            Command = [.. options.CommandFor(scenario).Select(environment.Scrub)],
            Guards = new DiagnosticGuards
            {
                TimeoutSeconds = options.Timeout.TotalSeconds,
                Device = options.Device,
                JitTiering = options.JitTiering,
                Repeats = options.Repeats,
                LoadThreads = options.Load ? Environment.ProcessorCount : 0,
            },
            Alone = alone,
            UnderLoad = underLoad,
            Comparisons = comparisons,
            Baseline = new ChangeTable { With = "" },
            Earlier = new ChangeTable { With = "" },
            Environment = [.. facts.Select(fact => fact with { Value = environment.Scrub(fact.Value) })],
        };
        report = report with
        {
            Baseline = CommittedBaseline.Compare(_baseline, alone.Select(_reports.GetValueOrDefault).FirstOrDefault(r => r is not null)),
            Earlier = _named is not null
                ? EarlierBundle.Compare(_named, report)
                : EarlierBundle.CompareWithNewest(folder, options.OutFolder ?? Bundle.DefaultRoot, report),
        };
        log.Step(string.Create(CultureInfo.InvariantCulture, $"{report.Status.ToText()}, exit code {report.ExitCode}"));
        Bundle.Write(folder, report, environment, log.Render());
        return (report, folder);
    }

    /// <summary>Whether a process ended by itself with a report, so that another one is worth running.</summary>
    private static bool Ended(DiagnosticRun run) => run.Status is DiagnosticStatus.Passed or DiagnosticStatus.WrongResult;

    private DiagnosticRun RunWorker(string name, string scenario, RunLog log, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var request = new WorkerRequest
        {
            AssemblyPath = options.AssemblyPath,
            Scenarios = [scenario],
            Samples = SamplesPerCase,
            BatchSeconds = 0,
        };
        var overrides = new SortedDictionary<string, string>(FreshProcess, StringComparer.Ordinal) { [DeviceVariable] = options.Device };
        if (!options.JitTiering)
        {
            overrides["DOTNET_TieredCompilation"] = "0";
        }

        log.Step($"{scenario}: {name}: starting a worker");
        var probe = new ContentionProbe();
        var outcome = WorkerLauncher.Run(request, overrides, options.Timeout, cancellation);
        var run = Describe(name, request, outcome, probe.Read([outcome.Usage], outcome.Report?.RunQueueWaitSeconds));
        if (outcome.Report is not null)
        {
            _reports[run] = outcome.Report;
        }

        log.Step(string.Create(CultureInfo.InvariantCulture, $"{scenario}: {name}: {run.Status.ToText()}, exit code {run.ExitCode}, {run.Usage.WallSeconds:F3} s; it wrote:"));
        log.Output(outcome.Log);
        if (outcome.TimedOut)
        {
            log.Step(TimedOutText());
        }

        return run;
    }

    private DiagnosticRun Describe(string name, WorkerRequest request, WorkerOutcome outcome, Contention contention)
    {
        var report = outcome.Report;
        return new DiagnosticRun
        {
            Name = name,
            Status = outcome.TimedOut ? DiagnosticStatus.TimedOut
                : report is null || report.Failure is not null ? DiagnosticStatus.Crashed
                : report.Cases.Any(c => c.Failure is not null) ? DiagnosticStatus.WrongResult
                : outcome.ExitCode != 0 ? DiagnosticStatus.Crashed
                : DiagnosticStatus.Passed,
            Failure = outcome.Failure is { } failure ? environment.Scrub(failure) : null,
            ExitCode = outcome.ExitCode,
            CommandLine = [.. outcome.CommandLine.Select(environment.Scrub)],
            EnvironmentOverrides = outcome.EnvironmentOverrides.ToDictionary(v => v.Key, v => environment.Scrub(v.Value), StringComparer.Ordinal),
            Request = request with { AssemblyPath = environment.Scrub(request.AssemblyPath) },
            Usage = outcome.Usage,
            Contention = contention,
            StartupSeconds = report?.StartupSeconds,
            SessionSeconds = report?.SessionSeconds,
            JitMethods = report?.JitMethods,
            JitSeconds = report?.JitSeconds,
            GarbageCollections = report?.GarbageCollections,
            Cases = [.. (report?.Cases ?? []).Select(c => CaseFigures.From(c) with { Failure = c.Failure is { } failed ? environment.Scrub(failed) : null, NotAvailable = c.NotAvailable is { } why ? environment.Scrub(why) : null })],
            Stages = report is null ? [] : StageTimes.Of(report, outcome.Usage),
        };
    }

    private List<ComparisonResult> Comparisons(List<DiagnosticRun> alone, DiagnosticRun? underLoad)
    {
        var perProcess = alone.Select(run => _reports.GetValueOrDefault(run)?.Comparisons ?? []).ToList();
        var loaded = underLoad is null ? null : _reports.GetValueOrDefault(underLoad)?.Comparisons;
        return [.. perProcess.SelectMany(c => c).Concat(loaded ?? []).Select(c => c.Name).Distinct(StringComparer.Ordinal).Select(name => ComparisonResult.From(
            [.. perProcess.Select(c => c.FirstOrDefault(one => one.Name == name)).OfType<ComparisonReport>()],
            loaded?.FirstOrDefault(one => one.Name == name)))];
    }

    private (DiagnosticStatus Status, string Reason) Verdict(List<DiagnosticRun> alone, DiagnosticRun? underLoad, List<ComparisonResult> comparisons)
    {
        // A result that is wrong under load only is as wrong as any; a threshold that is missed under load only is the load's doing.
        var runs = underLoad is { Status: DiagnosticStatus.WrongResult } ? [.. alone, underLoad] : alone;
        if (runs.MaxBy(run => run.Status) is { Status: not DiagnosticStatus.Passed } worst)
        {
            return worst.Status switch
            {
                DiagnosticStatus.TimedOut => (worst.Status, TimedOutText()),
                DiagnosticStatus.WrongResult => (worst.Status, worst.Cases.First(c => c.Failure is not null) is var failed ? $"{worst.Name}: {failed.Name}: {failed.Failure}" : ""),
                _ => (worst.Status, $"{worst.Name}: {worst.Failure ?? string.Create(CultureInfo.InvariantCulture, $"the worker ended with exit code {worst.ExitCode}")}"),
            };
        }

        if (comparisons.Find(c => c.PassesAlone == false) is { } missed)
        {
            var bound = missed.Alone < missed.AtLeast ? $"below its floor of {Quantity.Figures(missed.AtLeast)}" : $"above its ceiling of {Quantity.Figures(missed.AtMost)}";
            return (DiagnosticStatus.ThresholdFailed, $"{missed.Name} is {Quantity.Figures(missed.Alone)}, {bound} (median of {Quantity.Count(missed.AlonePerProcess.Count)} processes)");
        }

        var bounded = comparisons.Count(c => c.AtLeast is not null || c.AtMost is not null);
        return (DiagnosticStatus.Passed, $"every result is right in {Quantity.Count(alone.Count)} fresh processes"
            + (bounded > 0 ? $", and all {Quantity.Count(bounded)} bounded comparisons hold" : ""));
    }

    private string TimedOutText() =>
        string.Create(CultureInfo.InvariantCulture, $"timed out after {options.Timeout.TotalSeconds:0.###} s; killed the worker and its children");
}
