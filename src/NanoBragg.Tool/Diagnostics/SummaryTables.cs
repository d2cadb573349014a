using System.Globalization;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>The tables of <c>summary.md</c>; each is empty text where there is nothing to show.</summary>
internal static class SummaryTables
{
    /// <summary>Time, rate and bandwidth of each case in the main process.</summary>
    public static string Cases(DiagnosticReport report)
    {
        if (report.Main is not { Cases.Count: > 0 } main)
        {
            return "";
        }

        var table = new MarkdownTable("case", "threads:", "samples:", "MB/call:", "first call, ms:", "min, ms:", "median, ms:", "max, ms:", "CV:", "CPU, ms:", "steps/s:", "GB/s:", "GiB/s:");
        foreach (var c in main.Cases)
        {
            if (c.Failure is not null || c.NotAvailable is not null)
            {
                table.Add(c.Name, Quantity.Count(c.Threads), c.Failure is null ? "not available here: " + c.NotAvailable : "failed: " + c.Failure);
                continue;
            }

            table.Add(
                c.Name, Quantity.Count(c.Threads), Quantity.Count(c.WallSeconds.Count), c.BytesPerCall > 0 ? Quantity.Megabytes(c.BytesPerCall) : "–",
                Quantity.Milliseconds(c.FirstCallSeconds), Quantity.Milliseconds(c.Wall?.Minimum), Quantity.Milliseconds(c.Wall?.Median), Quantity.Milliseconds(c.Wall?.Maximum),
                Quantity.Percent(c.Wall?.CoefficientOfVariation), Quantity.Milliseconds(c.Cpu?.Median), Quantity.Figures(c.StepsPerWallSecond),
                Quantity.Figures(c.GigabytesPerSecond), Quantity.Figures(c.GibibytesPerSecond));
        }

        return $"{table}\n"
            + $"All of {main.Name}. Times are wall times of one call but for *CPU*, which counts all threads; the first call stands apart and is in no other column. "
            + "CV is the sample standard deviation by the mean. Steps are "
            + string.Join(", ", main.Cases.Select(c => c.StepUnit).Distinct(StringComparer.Ordinal)) + ". "
            + "Bandwidth is the bytes that the benchmark counts a call to move, by the median wall time of a call: 1 GB = 10⁹ bytes, 1 GiB = 2³⁰ bytes, 1 MB = 10⁶ bytes.\n";
    }

    /// <summary>What the checks of each case found in its result.</summary>
    public static string ResultFigures(DiagnosticReport report)
    {
        var table = new MarkdownTable("case", "result", "figures");
        foreach (var c in report.Main?.Cases ?? [])
        {
            var figures = string.Join(", ", c.Figures.Select(f => $"{f.Key} = {f.Value.ToString("R", CultureInfo.InvariantCulture)}"));
            table.Add(c.Name, c.Failure is not null ? "wrong: " + c.Failure : c.NotAvailable is not null ? "not available here: " + c.NotAvailable : c.Figures.Count > 0 ? "right" : "ran; the benchmark has no check", figures);
        }

        return table.HasRows ? table.ToString() : "";
    }

    /// <summary>Comparisons of cases, alone and under load, with their bounds.</summary>
    public static string Comparisons(DiagnosticReport report)
    {
        if (report.Comparisons.Count == 0)
        {
            return "";
        }

        var table = new MarkdownTable("check", "is", "bound", "alone (median):", "each process:", "verdict alone", "under load:", "verdict under load");
        foreach (var c in report.Comparisons)
        {
            table.Add(
                c.Name, $"{c.Rate} of {c.Numerator} / {c.Denominator}", Bound(c), Quantity.Figures(c.Alone), string.Join(", ", c.AlonePerProcess.Select(v => Quantity.Figures(v))),
                Verdict(c, c.PassesAlone), Quantity.Figures(c.UnderLoad), Verdict(c, c.PassesUnderLoad));
        }

        return table.ToString();
    }

    /// <summary>What the kernel of the operating system counted for the main process.</summary>
    public static string Process(DiagnosticReport report)
    {
        if (report.Main is not { } main)
        {
            return "";
        }

        var usage = main.Usage;
        var table = new MarkdownTable("figure", "value");
        table.Add("Status", main.Status.ToText());
        table.Add("Exit code", Quantity.Count(main.ExitCode));
        table.Add("Call time (first and timed calls)", Quantity.Seconds(main.Cases.Count > 0 ? main.CallSeconds : null));
        table.Add("Session time (process start to report)", Quantity.Seconds(main.SessionSeconds));
        table.Add("Wall time (spawn to end)", Quantity.Seconds(usage.WallSeconds));
        table.Add("CPU", usage.CpuShare is { } share ? $"{Quantity.Percent(share)} of one processor" : "not told by this system");
        table.Add("User time", Quantity.Seconds(usage.UserSeconds));
        table.Add("System time", Quantity.Seconds(usage.SystemSeconds));
        table.Add("Maximum RSS", Quantity.Bytes(usage.MaxResidentBytes));
        table.Add("Minor page faults", Quantity.Count(usage.MinorFaults));
        table.Add("Major page faults", Quantity.Count(usage.MajorFaults));
        table.Add("Voluntary context switches", Quantity.Count(usage.VoluntarySwitches));
        table.Add("Involuntary context switches", Quantity.Count(usage.InvoluntarySwitches));
        table.Add("Context switches, total", Quantity.Count(usage.VoluntarySwitches + usage.InvoluntarySwitches));
        table.Add("File-system inputs", Quantity.Blocks(usage.InputBlocks));
        table.Add("File-system outputs", Quantity.Blocks(usage.OutputBlocks));
        table.Add("Swaps", Quantity.Count(usage.Swaps));
        table.Add("Garbage collections", Quantity.Count(main.GarbageCollections));
        table.Add("Methods compiled by the JIT", Quantity.Count(main.JitMethods));
        return $"{table}\nFigures of the worker process of {main.Name}, as the kernel counted them when it ended (wait4); maximum RSS is what the worker read of itself. "
            + "They are of the whole process, runtime start included; the next table tells the kernels apart. A block is 512 bytes, as getrusage counts them.\n";
    }

    /// <summary>Where the main process's time went.</summary>
    public static string Stages(DiagnosticReport report)
    {
        if (report.Main is not { Stages.Count: > 0 } main)
        {
            return "";
        }

        var cpuTotal = main.Usage.UserSeconds + main.Usage.SystemSeconds;
        var table = new MarkdownTable("stage", "wall, ms:", "share of wall:", "CPU, ms:", "share of CPU:", "of which JIT, ms:");
        foreach (var stage in main.Stages)
        {
            table.Add(
                stage.Stage, Quantity.Milliseconds(stage.WallSeconds), Quantity.Percent(stage.WallSeconds / main.Usage.WallSeconds),
                Quantity.Milliseconds(stage.CpuSeconds), Quantity.Percent(stage.CpuSeconds / cpuTotal), Quantity.Milliseconds(stage.JitSeconds));
        }

        table.Add("whole process", Quantity.Milliseconds(main.Usage.WallSeconds), "100 %", Quantity.Milliseconds(cpuTotal), cpuTotal is null ? "–" : "100 %", Quantity.Milliseconds(main.JitSeconds));
        return $"{table}\nThe kernels' own cost is the stage *{StageTimes.TimedCalls}*; all else is the cost of having a process. The JIT compiled {Quantity.Count(main.JitMethods)} methods. "
            + "CPU time counts all threads, so that it may be more than wall time.\n";
    }

    /// <summary>How the figures lie over fresh processes.</summary>
    public static string Repeats(DiagnosticReport report)
    {
        if (report.Alone.Count < 2)
        {
            return "";
        }

        var table = new MarkdownTable([
            "figure", .. report.Alone.Select(run => run.Name + ":"), "min:", "median:", "max:", "CV:"]);
        foreach (var repeated in RepeatedFigures.Of(report.Alone))
        {
            var spread = SampleSpread.Of(repeated.Values.OfType<double>());
            table.Add([
                repeated.Figure, .. repeated.Values.Select(repeated.Show), repeated.Show(spread?.Minimum), repeated.Show(spread?.Median),
                repeated.Show(spread?.Maximum), Quantity.Percent(spread?.CoefficientOfVariation)]);
        }

        return table.ToString();
    }

    /// <summary>The same scenario alone and with every processor busy.</summary>
    public static string Load(DiagnosticReport report)
    {
        if (report.UnderLoad is not { } loaded)
        {
            return $"Not tested: {(report.Guards.LoadThreads == 0 ? "`--no-load` was given" : "no process alone ended by itself, or the diagnostic was cancelled")}.\n";
        }

        var table = new MarkdownTable("figure", "alone (median):", "under load:", "ratio:");
        table.Add("status", report.Main?.Status.ToText() ?? "–", loaded.Status.ToText());
        var loadedFigures = RepeatedFigures.Of([loaded]).ToDictionary(f => f.Figure, f => f.Values[0], StringComparer.Ordinal);
        foreach (var repeated in RepeatedFigures.Of(report.Alone))
        {
            var alone = SampleSpread.Of(repeated.Values.OfType<double>())?.Median;
            var underLoad = loadedFigures.GetValueOrDefault(repeated.Figure);
            table.Add(repeated.Figure, repeated.Show(alone), repeated.Show(underLoad), alone is > 0 ? Quantity.Figures(underLoad / alone) : "–");
        }

        return $"{table}\n**{LoadConclusion.Of(report)}**\n";
    }

    /// <summary>Figures then and now.</summary>
    public static string Changes(ChangeTable changes)
    {
        if (changes.Rows.Count == 0)
        {
            return changes.With + "\n";
        }

        var table = new MarkdownTable("figure", "unit", "before:", "now:", "change:", "verdict");
        foreach (var row in changes.Rows)
        {
            table.Add(row.Figure, row.Unit, Quantity.Figures(row.Before), Quantity.Figures(row.Now), Quantity.SignedPercent(row.RelativeChange), row.Verdict);
        }

        return $"{changes.With}\n\n{table}";
    }

    private static string Bound(ComparisonResult c) => (c.AtLeast, c.AtMost) switch
    {
        ({ } floor, { } ceiling) => $"{Quantity.Figures(floor)} to {Quantity.Figures(ceiling)}",
        ({ } floor, null) => $"at least {Quantity.Figures(floor)}",
        (null, { } ceiling) => $"at most {Quantity.Figures(ceiling)}",
        _ => "none",
    };

    private static string Verdict(ComparisonResult c, bool? passes) => passes switch
    {
        null => "not measured",
        _ when c.AtLeast is null && c.AtMost is null => "reported",
        true => "pass",
        false => "FAIL",
    };
}
