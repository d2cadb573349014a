using System.Diagnostics;

namespace NanoBragg.Tool.Measurement.Resources;

/// <summary>
/// Counts what a process uses that runs one case alone: fresh ones that prepare it, call it a fixed number of times and end. Nothing is timed, so that other work on the
/// machine makes this slower and changes no figure. Where the base has other code for the case, processes of the base take turns with these.
/// </summary>
internal static class ResourceReading
{
    private const int Few = 2;

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
        var nothing = Processes(options.AssemblyPath, "", Few);
        InTurn(nothing);
        var idle = nothing.Sum(idle: null);
        MeasuredCase[] cases = [.. run.Cases.Select(measured => Lacks(measured) ? measured with { Resources = Read(measured) } : measured)];
        return run with { Cases = cases, ReplacedWorkers = replacements.Count };

        MeasuredResources Read(MeasuredCase measured)
        {
            if (!measured.HasOtherCodeThanBase(options))
            {
                var alone = Processes(options.AssemblyPath, measured.Name, Few);
                InTurn(alone);
                return alone.Sum(idle);
            }

            // All of them: the least of the one side is held against the range of the other.
            CountedProcesses own = Processes(options.AssemblyPath, measured.Name, CountedProcesses.Most), old = Processes(options.BaseAssemblyPath!, measured.Name, CountedProcesses.Most);
            InTurn(own, old);
            return own.Sum(idle).Beside(old.Sum(idle));
        }

        CountedProcesses Processes(string assemblyPath, string name, int least) => new(
            new()
            {
                AssemblyPath = assemblyPath,
                Scenarios = name.Length == 0 ? options.Scenarios : [name.Split('/')[0]],
                OnlyFixedCallsOf = name,
                Samples = 0,
                BatchSeconds = 0,
            },
            least,
            () => timeout - Stopwatch.GetElapsedTime(started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
            replacements,
            cancellation);
    }

    private static bool Lacks(MeasuredCase measured) => measured is { Failure: null, NotAvailable: null, Resources: null };

    private static void InTurn(params CountedProcesses[] sides)
    {
        while (Array.Exists(sides, side => !side.IsOver))
        {
            foreach (var side in sides.Where(side => !side.IsOver))
            {
                side.RunOne();
            }
        }
    }
}
