using MathNet.Numerics.Statistics;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>Pairs the metrics of one measured case with the lines of its entry, and judges each pair.</summary>
internal static class CaseJudgement
{
    /// <summary>Stands for all metrics of a case whose kernel or check threw.</summary>
    public const string FailedMetric = "result";

    /// <summary>Judges a case.</summary>
    /// <param name="measured">What was measured.</param>
    /// <param name="entry">The entry that applies, or null.</param>
    /// <param name="machine">The machine that measured.</param>
    /// <param name="policy">What is allowed.</param>
    /// <param name="timeConfidence">The confidence that a time takes to be called worse in this run, see <see cref="Holm"/>; null where it is the only one.</param>
    /// <returns>A comparison for each exact or machine-bound metric on either side.</returns>
    public static IEnumerable<Comparison> Judge(MeasuredCase measured, BaselineEntry? entry, MachineFingerprint machine, GatePolicy policy, double? timeConfidence = null)
    {
        if (measured.Failure is not null)
        {
            return [new() { Scenario = measured.Name, Metric = FailedMetric, Kind = MetricKind.Exact, Unit = "", Outcome = Outcome.Failed }];
        }

        var exact = entry is null ? AgainstBase(measured) : Exact(measured, entry);
        var ratios = Ratios(measured, entry, machine, policy, timeConfidence);
        var pins = PinJudgement.Judge(measured, entry, machine);
        var duet = measured.Metrics.FirstOrDefault(metric => metric.Kind == MetricKind.Duet);
        if (duet is null && !measured.SameCodeAsBase)
        {
            return exact.Concat(ratios).Concat(pins);
        }

        // The same code on another day, or on another machine, says less than the base in the same process: it informs.
        var known = ratios.Where(ratio => ratio is { Then: not null, Now: not null }).Select(ratio => ratio with { Outcome = Outcome.Information });
        return [.. exact, duet is null ? SameCode.AsBase(measured.Name) : Duet(duet), .. known, .. pins];

        Comparison Duet(MeasuredMetric metric) =>
            DuetJudgement.Judge(measured.Name, metric, entry?.Machines.GetValueOrDefault(machine.Id)?.GetValueOrDefault(metric.Name)?.Limit, policy.Duet, timeConfidence);
    }

    /// <summary>Gives the evidence that a case's time is worse, by whatever it is judged: the base, or the yardstick of its line.</summary>
    /// <param name="measured">What was measured.</param>
    /// <param name="entry">The entry that applies, or null.</param>
    /// <param name="machine">The machine that measured.</param>
    /// <param name="policy">What is allowed.</param>
    /// <returns>The evidence; null where no time is judged.</returns>
    public static double? TimeEvidence(MeasuredCase measured, BaselineEntry? entry, MachineFingerprint machine, GatePolicy policy) =>
        measured.SameCodeAsBase ? null
        : measured.Metrics.FirstOrDefault(metric => metric.Kind == MetricKind.Duet) is { } duet ? DuetJudgement.Evidence(duet, policy.Duet)
        : entry?.Machines.GetValueOrDefault(machine.Id)?.GetValueOrDefault("time") is { } line
            && Pick(measured.Metrics.Where(metric => metric is { Kind: MetricKind.Ratio, Name: "time" }), line) is { } now ? RatioJudgement.Evidence(line, now, policy)
        : null;

    /// <summary>Exact metrics of a case that no baseline knows: held against the base, as far as it has them.</summary>
    private static IEnumerable<Comparison> AgainstBase(MeasuredCase measured) => measured.Metrics.Where(metric => metric.Kind == MetricKind.Exact).Select(now =>
        now.Base is { } then
            ? ExactJudgement.Judge(measured.Name, new() { Value = then, Unit = now.Unit, Better = now.Better, AbsoluteTolerance = now.AbsoluteTolerance, RelativeTolerance = now.RelativeTolerance }, now)
            : OneSided(measured.Name, now, Outcome.New));

    /// <summary>Picks the measurement of a ratio that the baseline keeps: its yardstick's, or the steadiest where it has none yet.</summary>
    /// <param name="yardsticks">The same metric against each yardstick.</param>
    /// <param name="line">The baseline's line, or null.</param>
    /// <returns>The measurement, or null where the baseline's yardstick was not measured.</returns>
    public static MeasuredMetric? Pick(IEnumerable<MeasuredMetric> yardsticks, RatioFigure? line) => line is null
        ? Steadiest(yardsticks)
        : yardsticks.FirstOrDefault(metric => metric.Yardstick == line.Yardstick);

    /// <summary>
    /// Picks the measurement that repeats best: the smallest interquartile range of the logarithms. The standard deviation would let one
    /// disturbed process choose.
    /// </summary>
    /// <param name="yardsticks">The same metric against each yardstick; at least one.</param>
    /// <returns>The measurement.</returns>
    public static MeasuredMetric Steadiest(IEnumerable<MeasuredMetric> yardsticks) =>
        yardsticks.MinBy(metric => (metric.Groups ?? []).Select(value => Math.Log(value)).InterquartileRange())!;

    private static IEnumerable<Comparison> Exact(MeasuredCase measured, BaselineEntry? entry)
    {
        var metrics = measured.Metrics.Where(metric => metric.Kind == MetricKind.Exact).ToList();
        foreach (var now in metrics)
        {
            yield return entry?.Exact.GetValueOrDefault(now.Name) is { } then
                ? ExactJudgement.Judge(measured.Name, then, now)
                : OneSided(measured.Name, now, Outcome.New);
        }

        foreach (var (name, then) in entry?.Exact ?? Baseline.Ordinal<ExactFigure>())
        {
            if (!metrics.Exists(metric => metric.Name == name))
            {
                yield return WithWhy(measured, new() { Scenario = measured.Name, Metric = name, Kind = MetricKind.Exact, Unit = then.Unit, Then = then.Value, Outcome = Outcome.Missing });
            }
        }
    }

    private static IEnumerable<Comparison> Ratios(MeasuredCase measured, BaselineEntry? entry, MachineFingerprint machine, GatePolicy policy, double? confidence)
    {
        var lines = entry?.Machines.GetValueOrDefault(machine.Id);
        var metrics = measured.Metrics.Where(metric => metric.Kind == MetricKind.Ratio).GroupBy(metric => metric.Name).ToList();
        foreach (var yardsticks in metrics)
        {
            var then = lines?.GetValueOrDefault(yardsticks.Key);
            yield return Pick(yardsticks, then) is not { } now ? Missing(measured.Name, yardsticks.Key, then!, machine)
                : then is not null ? SameCode.Excuse(RatioJudgement.Judge(measured.Name, then, now, policy, confidence), then, measured) with { Machine = machine.Id }
                : OneSided(measured.Name, now, entry is null || lines is not null ? Outcome.New : Outcome.OtherMachine);
        }

        foreach (var (name, then) in lines ?? Baseline.Ordinal<RatioFigure>())
        {
            if (!metrics.Exists(metric => metric.Key == name))
            {
                yield return WithWhy(measured, Missing(measured.Name, name, then, machine));
            }
        }
    }

    /// <summary>What this machine cannot tell is not missing.</summary>
    private static Comparison WithWhy(MeasuredCase measured, Comparison missing) =>
        measured.WhyWithout(missing.Metric) is { } why ? missing with { Outcome = Outcome.NotAvailable, Where = why } : missing;

    private static Comparison OneSided(string scenario, MeasuredMetric now, Outcome outcome) => new()
    {
        Scenario = scenario,
        Metric = now.Name,
        Kind = now.Kind,
        Unit = now.Unit,
        Yardstick = now.Yardstick,
        Now = now.Value,
        Outcome = outcome,
    };

    private static Comparison Missing(string scenario, string name, RatioFigure then, MachineFingerprint machine) => new()
    {
        Scenario = scenario,
        Metric = name,
        Kind = MetricKind.Ratio,
        Unit = then.Unit,
        Yardstick = then.Yardstick,
        Machine = machine.Id,
        Then = then.Value,
        Outcome = Outcome.Missing,
    };
}
