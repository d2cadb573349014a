using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Code;
using NanoBragg.Tool.Measurement.Resources;

namespace NanoBragg.Tool.Gate;

/// <summary>
/// Says why a time is worse, as far as figures that no clock has to do with tell: a pure function of what else was found of the same case. The first that applies is
/// said, and what explains most comes first.
/// </summary>
internal static class Cause
{
    /// <summary>Adds the cause to each time of a case that is worse, and the evidence of a disturbance to each that cannot be told.</summary>
    /// <param name="judged">The verdicts on the case.</param>
    /// <param name="measured">What was measured of it.</param>
    /// <param name="contention">What disturbed the machine meanwhile.</param>
    /// <param name="policy">What is allowed.</param>
    /// <param name="sameCode">Whether the code is that of the other side, by its hash; null where that is not known.</param>
    /// <returns>The verdicts.</returns>
    public static IEnumerable<Comparison> Explain(IReadOnlyList<Comparison> judged, MeasuredCase measured, Contention contention, GatePolicy policy, bool? sameCode) => judged.Select(c => c switch
    {
        { Kind: not (MetricKind.Ratio or MetricKind.Duet) } => c,
        { Outcome: Outcome.Regressed or Outcome.Waived } => c with { Cause = Of(c.Kind == MetricKind.Duet ? AgainstBase(judged, measured) : judged, sameCode) },
        { Outcome: Outcome.Inconclusive } => c with { Cause = Interference.WhyInconclusive(contention, measured, GroupsOf(c, measured), c.Kind == MetricKind.Duet ? policy.Duet.MinimumGroups : policy.MinimumGroups, policy) },
        _ => c,
    });

    /// <summary>Says why a time is worse.</summary>
    /// <param name="others">What was judged of the same case: exact figures and pins count.</param>
    /// <param name="sameCode">Whether the code is that of the other side, by its hash; null where that is not known.</param>
    /// <returns>One clause; null where the evidence supports none.</returns>
    public static string? Of(IReadOnlyList<Comparison> others, bool? sameCode)
    {
        var worse = others.Where(c => c is { Kind: MetricKind.Exact or MetricKind.Pin, Outcome: Outcome.Regressed or Outcome.Waived, Then: not null, Now: not null, ThenUnit: null }).ToList();
        return More("allocatedBytes") is { } bytes ? $"it allocates more ({ThenNow(bytes)} a call)"
            : More(MeasuredCode.CallsInLoops) is { } calls ? $"its code has {Extra(calls)} more calls in loops{In(calls)}"
            : More(MeasuredCode.VectorStackMoves) is { } moves ? $"its code has {Extra(moves)} more vector moves to the stack in loops{In(moves)}"
            : More("steps") is { } steps ? $"it does more steps ({ThenNow(steps)} a call)"
            : More(MeasuredResources.Instructions) is { } instructions ? $"it executes more instructions ({ThenNow(instructions)} a call)"
            : (More(MeasuredResources.MinorFaults) ?? More(MeasuredResources.MaxResidentBytes)) is { } memory ? $"it touches more memory ({memory.Metric} {ThenNow(memory)})"
            : sameCode == true ? "the same code is slower: memory, frequency or placement"
            : sameCode == false ? "its code changed"
            : worse.Find(c => c.Kind == MetricKind.Pin) is { } pin ? $"its code changed ({pin.Metric} {ThenNow(pin)})"
            : null;

        Comparison? More(string metric) => worse.Find(c => c.Metric == metric && c.Now > c.Then);
    }

    /// <summary>
    /// Holds the exact figures against the base instead of the baseline, as far as it has them: a time against the base has its cause there. Pins are
    /// held against the base already where it was read beside; where not, the baseline's hold for the base that is its own revision.
    /// </summary>
    private static List<Comparison> AgainstBase(IReadOnlyList<Comparison> judged, MeasuredCase measured) =>
    [
        .. measured.Metrics.Where(metric => metric is { Kind: MetricKind.Exact, Base: not null }).Select(now => ExactJudgement.Judge(
            measured.Name,
            new() { Value = now.Base!.Value, Unit = now.Unit, Better = now.Better, AbsoluteTolerance = now.AbsoluteTolerance, RelativeTolerance = now.RelativeTolerance },
            now)),
        .. judged.Where(c => c.Kind == MetricKind.Pin),
    ];

    private static IReadOnlyList<double> GroupsOf(Comparison c, MeasuredCase measured) =>
        measured.Metrics.FirstOrDefault(metric => metric.Name == c.Metric && metric.Kind == c.Kind && metric.Yardstick == c.Yardstick)?.Groups ?? [];

    private static string ThenNow(Comparison c) => $"{Words.Figure(c.Then!.Value, c.Unit)} -> {Words.Figure(c.Now!.Value, c.Unit)}";

    private static string Extra(Comparison c) => Words.Figure(c.Now!.Value - c.Then!.Value, "");

    private static string In(Comparison c) => c.Where is { } method ? $" ({method})" : "";
}
