namespace NanoBragg.Tool.Diagnostics;

/// <summary>
/// The key observations of a report: sentences that its figures bear out, each with the figures it rests on. An observation whose figures are
/// missing is not made.
/// </summary>
internal static class Observations
{
    /// <summary>More preemptions than this a second of CPU time, and other work has been on the processors.</summary>
    private const double ManyPreemptionsPerSecond = 200;

    /// <summary>A spread past this share hides changes that matter: the bound that AT-PERF-003 sets on repeats.</summary>
    private const double WideSpread = 0.15;

    /// <summary>Makes the observations.</summary>
    public static IReadOnlyList<string> Of(DiagnosticReport report)
    {
        if (report.Main is not { } main)
        {
            return [$"No worker process ended: {report.StatusReason}"];
        }

        string?[] sentences =
        [
            Results(report, main), Bandwidth(main), KernelShare(main), FirstCalls(main), Processors(report, main), Memory(main), Faults(main),
            Switches(main), InputAndOutput(main), Repeatability(report, main), Machine(main), report.UnderLoad is null ? null : LoadConclusion.Of(report),
        ];
        return [.. sentences.OfType<string>()];
    }

    private static string Results(DiagnosticReport report, DiagnosticRun main)
    {
        var failed = main.Cases.Count(c => c.Failure is not null);
        var bounded = report.Comparisons.Where(c => c.AtLeast is not null || c.AtMost is not null).ToList();
        var missed = bounded.Count(c => c.PassesAlone == false);
        var absent = main.Cases.Where(c => c.NotAvailable is not null).ToList();
        return $"{main.Cases.Count - failed - absent.Count} of {main.Cases.Count} cases ran with a result that their checks accept"
            + (bounded.Count > 0 ? $"; {bounded.Count - missed} of {bounded.Count} bounded comparisons are within their bounds" : "")
            + (absent.Count > 0 ? $"; this machine cannot run {string.Join(", ", absent.Select(c => c.Name))}: {absent[0].NotAvailable}" : "")
            + (main.Cases.Count == 0 ? $" ({main.Status.ToText()}, exit code {Quantity.Count(main.ExitCode)})" : "") + ".";
    }

    private static string? Bandwidth(DiagnosticRun main)
    {
        var moving = main.Cases.Where(c => c.GigabytesPerSecond is > 0).OrderByDescending(c => c.GigabytesPerSecond).ToList();
        return moving.Count switch
        {
            0 => null,
            1 => $"{moving[0].Name} moves {Quantity.Figures(moving[0].GigabytesPerSecond)} GB/s.",
            _ => $"Bandwidth is highest in {moving[0].Name} with {Quantity.Figures(moving[0].GigabytesPerSecond)} GB/s and lowest in {moving[^1].Name} "
                + $"with {Quantity.Figures(moving[^1].GigabytesPerSecond)} GB/s, {Quantity.Figures(moving[^1].GigabytesPerSecond / moving[0].GigabytesPerSecond)} of it.",
        };
    }

    private static string? KernelShare(DiagnosticRun main)
    {
        var timed = main.Stages.FirstOrDefault(s => s.Stage == StageTimes.TimedCalls);
        return timed is null || main.StartupSeconds is not { } startup ? null
            : $"Timed calls are {Quantity.Percent(timed.WallSeconds / main.Usage.WallSeconds)} of the process's wall time ({Quantity.Milliseconds(timed.WallSeconds)} of "
            + $"{Quantity.Milliseconds(main.Usage.WallSeconds)} ms); the runtime's start takes {Quantity.Milliseconds(startup)} ms and the JIT {Quantity.Milliseconds(main.JitSeconds)} ms. "
            + "The process figures must not be read as the kernels'.";
    }

    private static string? FirstCalls(DiagnosticRun main)
    {
        var slowest = main.Cases.Where(c => c.Wall is { Median: > 0 }).MaxBy(c => c.FirstCallSeconds / c.Wall!.Median);
        return slowest is null ? null
            : $"The first call costs most, against a later one, in {slowest.Name}: {Quantity.Milliseconds(slowest.FirstCallSeconds)} ms against {Quantity.Milliseconds(slowest.Wall!.Median)} ms "
            + $"({Quantity.Figures(slowest.FirstCallSeconds / slowest.Wall.Median)} times), for compiling and first touch of memory.";
    }

    private static string? Processors(DiagnosticReport report, DiagnosticRun main) => main.Usage.CpuShare is not { } share ? null
        : $"The process kept {Quantity.Figures(share)} processors busy on average ({Quantity.Percent(share)} of one); no kernel asks for more threads than {Quantity.Count(main.Cases.Select(c => c.Threads).DefaultIfEmpty(1).Max())}, "
        + $"and it may use {report.Environment.FirstOrDefault(f => f.Name == "processors of this process")?.Value ?? "an unknown number of"} processors.";

    private static string? Memory(DiagnosticRun main)
    {
        if (main.Usage.MaxResidentBytes is not { } peak)
        {
            return null;
        }

        var largest = main.Cases.Where(c => c.ResidentGrowthBytes is > 0).MaxBy(c => c.ResidentGrowthBytes);
        return $"Peak memory is {Quantity.Megabytes(peak)} MB"
            + (largest is null ? "." : $"; {largest.Name} raised it most, by {Quantity.Megabytes(largest.ResidentGrowthBytes!.Value)} MB"
            + (largest.BytesPerCall > 0 ? $" ({Quantity.Figures(largest.ResidentGrowthBytes / largest.BytesPerCall)} of the bytes that a call moves)." : "."));
    }

    private static string? Faults(DiagnosticRun main)
    {
        if (main.Usage.MinorFaults is not { } minor || main.Usage.MajorFaults is not { } major)
        {
            return null;
        }

        var perCall = main.Cases.Where(c => c.MinorFaultsPerCall is not null).MaxBy(c => c.MinorFaultsPerCall);
        return $"{Quantity.Count(minor)} minor faults touched at most {Quantity.Megabytes((double)minor * Environment.SystemPageSize)} MB of pages for the first time"
            + (perCall is null ? "" : perCall.MinorFaultsPerCall == 0 ? ", none of them in a timed call" : $", {Quantity.Figures(perCall.MinorFaultsPerCall)} of them in a timed call of {perCall.Name}, the most of all cases")
            + (major == 0 ? "; no page had to be read from a device." : $"; {Quantity.Count(major)} pages were read from a device, which slows what waits for them.");
    }

    private static string? Switches(DiagnosticRun main)
    {
        if (main.Usage.InvoluntarySwitches is not { } involuntary || main.Usage.VoluntarySwitches is not { } voluntary
            || main.Usage.UserSeconds + main.Usage.SystemSeconds is not ({ } cpu and > 0))
        {
            return null;
        }

        var rate = involuntary / cpu;
        return $"{Quantity.Count(voluntary)} waits and {Quantity.Count(involuntary)} preemptions, {Quantity.Figures(rate)} preemptions a CPU second: "
            + (rate > ManyPreemptionsPerSecond ? $"more than {Quantity.Count(ManyPreemptionsPerSecond)}, so other work (or more threads than processors) took turns with it." : $"at most {Quantity.Count(ManyPreemptionsPerSecond)}, so the processors were its own.");
    }

    private static string? InputAndOutput(DiagnosticRun main) => main.FileSystemInputBytes is not { } input || main.FileSystemOutputBytes is not { } output ? null
        : input + output == 0 ? "The process did no file input or output that reached a device (0 blocks each)."
        : $"The process read {Quantity.Bytes(input)} and wrote {Quantity.Bytes(output)} through the file system.";

    private static string? Repeatability(DiagnosticReport report, DiagnosticRun main)
    {
        var widest = main.Cases.Where(c => c.Wall?.CoefficientOfVariation is not null).MaxBy(c => c.Wall!.CoefficientOfVariation);
        if (widest is null)
        {
            return null;
        }

        var within = widest.Wall!.CoefficientOfVariation;
        var over = report.Alone.Count < 2 ? null : SampleSpread.Of(report.Alone.Select(run => run.Case(widest.Name)?.Wall?.Median).OfType<double>());
        return $"Repeats differ most in {widest.Name}: CV {Quantity.Percent(within)} over {Quantity.Count(widest.WallSeconds.Count)} samples of one process"
            + (over is null ? "" : $", {Quantity.Percent(over.CoefficientOfVariation)} over the medians of {Quantity.Count(over.Count)} fresh processes")
            + (within > WideSpread ? $"; past {Quantity.Percent(WideSpread)}, so take more samples or quiet the machine before trusting a change of this size." : $"; within {Quantity.Percent(WideSpread)}.");
    }

    private static string? Machine(DiagnosticRun main)
    {
        var seen = main.Contention;
        var parts = new List<string>();
        if (seen.LoadBefore is { } before)
        {
            parts.Add($"load average {Quantity.Figures(before)} before and {Quantity.Figures(seen.LoadAfter)} after");
        }

        if (seen.CpuPressure is { } pressure)
        {
            parts.Add($"some task waited for a processor during {Quantity.Percent(pressure)} of the time");
        }

        if (seen.Steal is { } steal)
        {
            parts.Add($"the hypervisor took {Quantity.Percent(steal)} of the processor time");
        }

        if (seen.Throttled is > 0 and var throttled)
        {
            parts.Add($"a processor quota (a container's limit) stopped it {Quantity.Percent(throttled)} of the time");
        }

        return parts.Count == 0 ? null : "The machine during the process: " + string.Join(", ", parts) + ".";
    }
}
