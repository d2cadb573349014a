using System.Diagnostics;

namespace NanoBragg.Tool.Measurement.Resources;

/// <summary>
/// Counts what a process uses that runs one case alone: fresh ones that prepare it, call it a fixed number of times and end. Nothing is timed, so that other work on the
/// machine makes this slower and changes no figure.
/// </summary>
internal static class ResourceReading
{
    private const int MostProcesses = 3;

    /// <summary>Adds their use of resources to the cases of a run that lack it. Never fails a run: what cannot be counted is said to be not available.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">What was measured.</param>
    /// <param name="timeout">How long this may take.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellation">Kills the worker.</param>
    public static MeasuredRun Add(MeasuredRun run, MeasureOptions options, TimeSpan timeout, IProgress<string> progress, CancellationToken cancellation)
    {
        if (!run.Cases.Any(Lacks))
        {
            return run;
        }

        progress.Report("counting what a process of each case uses");
        var started = Stopwatch.GetTimestamp();
        var replacements = new WorkerReplacement(run.ReplacedWorkers ?? 0, progress);
        var idle = Read(options, "", null, Remaining, replacements, cancellation);
        MeasuredCase[] cases =
        [
            .. run.Cases.Select(measured => Lacks(measured) ? measured with { Resources = Read(options, measured.Name, idle, Remaining, replacements, cancellation) } : measured),
        ];
        return run with { Cases = cases, ReplacedWorkers = replacements.Count };

        TimeSpan Remaining() => timeout - Stopwatch.GetElapsedTime(started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static bool Lacks(MeasuredCase measured) => measured is { Failure: null, NotAvailable: null, Resources: null };

    private static MeasuredResources Read(MeasureOptions options, string name, MeasuredResources? idle, Func<TimeSpan> remaining, WorkerReplacement replacements, CancellationToken cancellation)
    {
        var request = new WorkerRequest
        {
            AssemblyPath = options.AssemblyPath,
            Scenarios = name.Length == 0 ? options.Scenarios : [name.Split('/')[0]],
            OnlyFixedCallsOf = name,
            Samples = 0,
            BatchSeconds = 0,
        };
        var processes = new List<ProcessResources>();
        while (processes.Count < MostProcesses && !MeasuredResources.IsSettled(processes))
        {
            if (remaining() == TimeSpan.Zero)
            {
                return MeasuredResources.None("the time limit was reached before it could be counted");
            }

            var outcome = replacements.Run(() => WorkerLauncher.Run(request, WorkerEnvironment.FixedCalls, remaining(), cancellation));
            var report = outcome.Report?.Cases.Count > 0 ? outcome.Report.Cases[0] : null;
            if ((outcome.Failure ?? report?.Failure) is { } failure)
            {
                return MeasuredResources.None(failure);
            }

            processes.Add(new()
            {
                MinorFaults = outcome.Usage.MinorFaults,
                MajorFaults = outcome.Usage.MajorFaults,

                // The worker's own figure (VmHWM): what is polled from outside, or inherited from the spawning process, is another.
                MaxResidentBytes = outcome.Report!.PeakResidentBytes,
                Instructions = report?.Instructions,
                InstructionsNotAvailable = report?.InstructionsNotAvailable,
                Threads = report?.Threads ?? 1,
            });
        }

        return MeasuredResources.Of(processes, idle);
    }
}
