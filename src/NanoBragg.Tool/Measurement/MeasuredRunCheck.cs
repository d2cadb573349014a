using System.Globalization;

namespace NanoBragg.Tool.Measurement;

/// <summary>Looks through a run that was read from a file, which anybody may have written: what cannot have been measured is refused, not judged.</summary>
internal static class MeasuredRunCheck
{
    /// <summary>Finds what is wrong.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The first problem, in a few words without a full stop; null where there is none.</returns>
    public static string? Problem(MeasuredRun run)
    {
        // Text that says null where something must be is read all the same.
        if (run is not { Assembly: not null, KernelVersion: not null, Scenarios: not null, Machine.Id: not null, Contention: not null, Cases: not null, Comparisons: not null } || run.Cases.Any(measured => measured is not { Name: not null, Metrics: not null }))
        {
            return "a member that every measurement has is null";
        }

        return run.Workers < 1 ? string.Create(CultureInfo.InvariantCulture, $"it was measured by {run.Workers} worker processes")
            : Twice(run.Cases.Select(measured => measured.Name)) is { } twice ? $"it has the case '{twice}' twice"
            : run.Scenarios.FirstOrDefault(asked => !run.Cases.Any(measured => measured.Name == asked || measured.Name.StartsWith(asked + "/", StringComparison.Ordinal))) is { } lost ? $"'{lost}' was asked for, but no case of it is there"
            : run.Cases.Select(measured => OfCase(measured, run.Workers)).FirstOrDefault(problem => problem is not null);
    }

    private static string? OfCase(MeasuredCase measured, int workers)
    {
        if (measured.Failure is not null)
        {
            return null;
        }

        var figures = measured.Metrics.Concat(measured.Code?.Pins ?? []).Concat(measured.Resources?.Pins ?? []).Concat(measured.DevicePins ?? []).ToList();
        if (figures.Exists(metric => metric is not { Name: not null, Unit: not null }))
        {
            return $"a figure of '{measured.Name}' has no name or unit";
        }

        return Twice(figures.Select(metric => $"{metric.Name} {metric.Yardstick}".TrimEnd())) is { } twice ? $"'{measured.Name}' has the figure {twice} twice"
            : figures.Select(metric => OfMetric(metric, workers)).FirstOrDefault(found => found is not null) is { } problem ? $"{problem} of '{measured.Name}'"
            : null;
    }

    private static string? OfMetric(MeasuredMetric metric, int workers)
    {
        var name = $"{metric.Name} {metric.Yardstick}".TrimEnd();
        if (!double.IsFinite(metric.Value) || !double.IsFinite(metric.RelativeTolerance) || !double.IsFinite(metric.AbsoluteTolerance) || metric is { RelativeTolerance: < 0 } or { AbsoluteTolerance: < 0 })
        {
            return $"no number to judge by is {name}";
        }

        if (metric.Kind is not (MetricKind.Ratio or MetricKind.Duet))
        {
            return null;
        }

        return metric.Yardstick is null ? $"no yardstick is named for {name}"
            : metric.Groups is not { Count: > 0 } groups ? $"no worker process has {name}"
            : groups.Count > workers ? $"more worker processes than measured have {name}"
            : groups.Any(value => !(double.IsFinite(value) && value > 0)) || !(metric.Value > 0) ? $"not every worker process has a {name} above zero"
            : null;
    }

    private static string? Twice(IEnumerable<string> names) => names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
}
