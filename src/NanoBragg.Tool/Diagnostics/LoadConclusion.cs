namespace NanoBragg.Tool.Diagnostics;

/// <summary>Says in one sentence what running under load showed: whether a failure elsewhere can be put down to the machine's other work.</summary>
internal static class LoadConclusion
{
    /// <summary>Past this share of the time in which some task waited for a processor, a process that ran alone was not alone.</summary>
    private const double QuietPressure = 0.2;

    /// <summary>Concludes; call only where a process ran under load.</summary>
    public static string Of(DiagnosticReport report)
    {
        var loaded = report.UnderLoad ?? throw new ArgumentException("No process ran under load.", nameof(report));
        var failures = report.Comparisons.Where(c => c.PassesUnderLoad == false).Select(c => $"{c.Name} is {Quantity.Figures(c.UnderLoad)} against {Quantity.Figures(c.Alone)} alone").ToList();
        var reason = loaded.Status != DiagnosticStatus.Passed ? loaded.Status.ToText() + FirstFailure(loaded) : string.Join("; ", failures);
        var passesLoaded = loaded.Status == DiagnosticStatus.Passed && failures.Count == 0;
        var passesAlone = report.Alone.All(run => run.Status == DiagnosticStatus.Passed) && report.Comparisons.All(c => c.PassesAlone != false);
        var pressure = SampleSpread.Of(report.Alone.Select(run => run.Contention.CpuPressure).OfType<double>())?.Median;
        var conclusion = (passesAlone, passesLoaded) switch
        {
            (true, true) => $"Passes alone and under load ({SlowDown(report, loaded)}): other work on the machine does not make it fail.",
            (true, false) => $"Passes alone, fails under load ({reason}): a failure beside other work is explained by that work, not by a change of the kernel.",
            (false, true) => "Fails alone, passes under load: the failure is not explained by load; look at the spread over processes.",
            _ => $"Fails alone and under load ({reason}): the failure is the kernel's, not the machine's.",
        };
        return pressure > QuietPressure
            ? $"{conclusion} But what is called alone was not quite: some task waited for a processor during {Quantity.Percent(pressure)} of the time, so repeat on a quiet machine."
            : conclusion;
    }

    private static string SlowDown(DiagnosticReport report, DiagnosticRun loaded)
    {
        var alone = SampleSpread.Of(report.Alone.Select(run => run.CallSeconds))?.Median;
        return alone is > 0 ? $"{Quantity.Figures(loaded.CallSeconds / alone)} times the call time" : "same work";
    }

    private static string FirstFailure(DiagnosticRun run) =>
        run.Cases.FirstOrDefault(c => c.Failure is not null) is { } failed ? $": {failed.Name}: {failed.Failure}"
        : run.Failure is not null ? ": " + run.Failure
        : "";
}
