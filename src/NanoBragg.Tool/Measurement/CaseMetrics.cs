namespace NanoBragg.Tool.Measurement;

/// <summary>Turns what one worker found of a case into metrics.</summary>
internal static class CaseMetrics
{
    /// <summary>The metric of the first call against the base's first call.</summary>
    public const string FirstCall = "firstCall";

    private const double AllocationTolerance = 256;

    // What the thread pool allocates for a parallel loop depends on timing.
    private const double AllocationTolerancePerThread = 1024;

    /// <summary>Gets the name that the baseline uses.</summary>
    public static string NameOf(string scenario, string caseName) => caseName.Length == 0 ? scenario : $"{scenario}/{caseName}";

    /// <summary>Gives a case whose code is the same in the base the base's exact figures: they are its own.</summary>
    /// <param name="measured">The case.</param>
    public static MeasuredCase SameInBase(MeasuredCase measured) => measured with
    {
        SameCodeAsBase = true,
        Metrics = [.. measured.Metrics.Select(metric => metric.Kind == MetricKind.Exact ? metric with { Base = metric.Value } : metric)],
    };

    /// <summary>Gets a case with the metrics of one worker.</summary>
    public static MeasuredCase Of(CaseReport report)
    {
        var name = NameOf(report.Scenario, report.Case);
        if (report.Failure is not null)
        {
            return new MeasuredCase { Name = name, Failure = report.Failure, Metrics = [] };
        }

        if (report.NotAvailable is { } why)
        {
            return new MeasuredCase { Name = name, NotAvailable = why, Metrics = [Exact("steps", report.StepUnit, Better.Lower, report.Steps)] };
        }

        var metrics = Own(report).ToList();
        var clash = report.Figures.Keys.FirstOrDefault(figure => metrics.Any(metric => metric.Name == figure));
        if (clash is not null)
        {
            return new MeasuredCase { Name = name, Failure = $"its figure '{clash}' has the name of a metric that the tool measures; rename the figure", Metrics = [] };
        }

        metrics.AddRange(report.Figures.Select(figure => Exact(figure.Key, "", Better.Equal, figure.Value) with
        {
            RelativeTolerance = 1e-6,
            Base = Base(report) is { } old && old.Figures.TryGetValue(figure.Key, out var value) ? value : null,
        }));
        return new MeasuredCase
        {
            Name = name,
            BaseAbsence = report.Base?.Absence,
            Metrics = [.. metrics.OrderBy(metric => metric.Name, StringComparer.Ordinal).ThenBy(metric => metric.Yardstick, StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<MeasuredMetric> Own(CaseReport report)
    {
        var wall = Statistics.Median(report.WallSeconds);
        yield return Exact("steps", report.StepUnit, Better.Lower, report.Steps) with { Base = Base(report)?.Steps };
        yield return Exact("allocatedBytes", "B", Better.Lower, report.AllocatedBytes) with
        {
            Base = Base(report)?.AllocatedBytes,
            AbsoluteTolerance = AllocationTolerance + (report.Threads > 1 ? AllocationTolerancePerThread * report.Threads : 0),
        };
        foreach (var (yardstick, samples) in report.Ratios)
        {
            var ratio = Statistics.LogMedian(samples);
            yield return new MeasuredMetric
            {
                Name = "time",
                Yardstick = yardstick,
                Kind = yardstick == BaseReport.Yardstick ? MetricKind.Duet : MetricKind.Ratio,
                Unit = "×",
                Better = Better.Lower,
                Value = ratio,
                Groups = [ratio],
            };
        }

        yield return Info(report.OnDevice ? "deviceSeconds" : "cpuSeconds", "s", Better.Lower, Statistics.Median(report.CpuSeconds));
        yield return Info("wallSeconds", "s", Better.Lower, wall) with { Groups = [wall] };
        var mean = report.WallSeconds.DefaultIfEmpty(double.NaN).Average();
        yield return Info("wallMeanSeconds", "s", Better.Lower, mean) with { Groups = [mean] };
        yield return Info("firstCallSeconds", "s", Better.Lower, report.FirstCallSeconds);
        if (report.FirstCallRatio is { } cold)
        {
            yield return Info(FirstCall, "×", Better.Lower, cold) with { Groups = [cold] };
        }

        yield return Info("prepareSeconds", "s", Better.Lower, report.PrepareSeconds);
        yield return Info("spread", "", Better.Lower, Statistics.CoefficientOfVariation(report.CpuSeconds));
        yield return Info("stepsPerSecond", $"{report.StepUnit}/s", Better.Higher, report.Steps / wall);
        if (report.Bytes > 0)
        {
            yield return Info("bytesPerSecond", "B/s", Better.Higher, report.Bytes / (report.OnDevice ? Statistics.Median(report.CpuSeconds) : wall));
        }

        if (report.MinorFaultsPerCall is { } faults)
        {
            yield return Info("minorFaultsPerCall", "faults", Better.Lower, faults);
        }

        if (report.ResidentGrowthBytes is { } growth)
        {
            yield return Info("residentGrowth", "B", Better.Lower, growth);
        }
    }

    private static BaseReport? Base(CaseReport report) => report.Base is { Absence: null } found ? found : null;

    private static MeasuredMetric Exact(string name, string unit, Better better, double value) =>
        new() { Name = name, Kind = MetricKind.Exact, Unit = unit, Better = better, Value = value };

    private static MeasuredMetric Info(string name, string unit, Better better, double value) =>
        new() { Name = name, Kind = MetricKind.Info, Unit = unit, Better = better, Value = value };
}
