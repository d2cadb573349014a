namespace NanoBragg.Tool.Diagnostics;

/// <summary>A figure that every process has, process by process; null where a process does not have it. Its label ends in its unit.</summary>
internal sealed record RepeatedFigure(string Figure, string Unit, IReadOnlyList<double?> Values)
{
    /// <summary>The unit of a count, which stands in no label.</summary>
    public const string Counted = "";

    /// <summary>Writes a value of this figure.</summary>
    public string Show(double? value) => Unit.Length == 0 && value is not null ? Quantity.Count(value) : Quantity.Figures(value);
}

/// <summary>The figures in which processes are compared: with each other, with one under load, with those of an earlier bundle.</summary>
internal static class RepeatedFigures
{
    /// <summary>Gets the figures of processes, in the order in which tables show them.</summary>
    public static IReadOnlyList<RepeatedFigure> Of(IReadOnlyList<DiagnosticRun> runs)
    {
        var figures = new List<RepeatedFigure>();
        void Add(string name, string unit, Func<DiagnosticRun, double?> value)
        {
            var values = runs.Select(value).ToArray();
            if (Array.Exists(values, v => v is not null))
            {
                figures.Add(new RepeatedFigure(unit.Length == 0 ? name : $"{name}, {unit}", unit, values));
            }
        }

        foreach (var name in runs.SelectMany(run => run.Cases).Select(c => c.Name).Distinct(StringComparer.Ordinal))
        {
            Add($"{name}: wall time of a call", "ms", run => run.Case(name)?.Wall?.Median * 1e3);
            Add($"{name}: CV of the samples", "%", run => run.Case(name)?.Wall?.CoefficientOfVariation * 100);
            Add($"{name}: bandwidth", "GB/s", run => run.Case(name)?.GigabytesPerSecond);
        }

        Add("call time", "s", run => run.Cases.Count > 0 ? run.CallSeconds : null);
        Add("session time", "s", run => run.SessionSeconds);
        Add("wall time", "s", run => run.Usage.WallSeconds);
        Add("user time", "s", run => run.Usage.UserSeconds);
        Add("system time", "s", run => run.Usage.SystemSeconds);
        Add("CPU", "% of one processor", run => run.Usage.CpuShare * 100);
        Add("maximum RSS", "MB", run => run.Usage.MaxResidentBytes / 1e6);
        Add("minor faults", RepeatedFigure.Counted, run => run.Usage.MinorFaults);
        Add("major faults", RepeatedFigure.Counted, run => run.Usage.MajorFaults);
        Add("voluntary switches", RepeatedFigure.Counted, run => run.Usage.VoluntarySwitches);
        Add("involuntary switches", RepeatedFigure.Counted, run => run.Usage.InvoluntarySwitches);
        Add("file-system input blocks", RepeatedFigure.Counted, run => run.Usage.InputBlocks);
        Add("file-system output blocks", RepeatedFigure.Counted, run => run.Usage.OutputBlocks);
        Add("JIT", "ms", run => run.JitSeconds * 1e3);
        Add("load average before", "tasks", run => run.Contention.LoadBefore);
        Add("load average after", "tasks", run => run.Contention.LoadAfter);
        Add("processor pressure", "% of the time", run => run.Contention.CpuPressure * 100);
        Add("steal", "% of processor time", run => run.Contention.Steal * 100);
        return figures;
    }
}
