using System.Globalization;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;
using NuGet.Versioning;

namespace NanoBragg.Tool.Gate;

/// <summary>Holds the regressions of a run against the waivers of the baseline.</summary>
/// <param name="baseline">The baseline.</param>
/// <param name="version">The version of the kernels.</param>
/// <param name="today">Today's date in UTC.</param>
internal sealed class WaiverJudgement(Baseline baseline, NuGetVersion version, DateOnly today)
{
    /// <summary>Finds the waiver of a metric; reading has made sure that there is at most one.</summary>
    /// <param name="c">The comparison.</param>
    /// <returns>Its index in <see cref="Baseline.Waivers"/>, or -1.</returns>
    public int IndexOf(Comparison c) => baseline.Waivers.FindIndex(waiver => waiver.Scenario == c.Scenario && waiver.Metric == c.Metric);

    /// <summary>Turns each regression that a waiver covers into <see cref="Outcome.Waived"/>.</summary>
    /// <param name="judged">The verdicts on a case.</param>
    /// <param name="entry">The entry of the case.</param>
    /// <returns>The verdicts.</returns>
    public IEnumerable<Comparison> Apply(IEnumerable<Comparison> judged, BaselineEntry? entry) => judged.Select(c =>
        c.Outcome == Outcome.Regressed && entry is not null && IndexOf(c) is var index and >= 0
        ? WhyNot(baseline.Waivers[index], c, DirectionOf(c, entry)) is { } why ? c with { WaiverEnded = why } : c with { Outcome = Outcome.Waived }
        : c);

    /// <summary>Finds the waivers that nothing in a run needs. What was not measured, not judged or not clear may still need its waiver.</summary>
    /// <param name="run">What was measured.</param>
    /// <param name="all">All comparisons of the run.</param>
    /// <returns>The indices of the waivers.</returns>
    public IEnumerable<int> Unused(MeasuredRun run, IReadOnlyList<Comparison> all) => Enumerable.Range(0, baseline.Waivers.Count).Where(index =>
    {
        var waiver = baseline.Waivers[index];
        var ofCase = all.Where(c => c.Scenario == waiver.Scenario).ToList();
        return RunJudgement.IsAskedFor(run, waiver.Scenario)
            && ofCase.TrueForAll(c => c.Outcome != Outcome.Failed && (c.Metric != waiver.Metric || c.Outcome is Outcome.Pass or Outcome.Improved));
    });

    private string? WhyNot(Waiver waiver, Comparison c, Better better) => (waiver, better) switch
    {
        (_, Better.Equal) => "a result that must stay equal cannot be waived",
        ({ Expires: { } day }, _) when day < today => $"it expired on {Date(day)}",
        ({ Expires: { } day }, _) when day > today.AddDays(Waiver.MostDays) => $"it expires on {Date(day)}, more than {Waiver.MostDays} days ahead",
        ({ Until: { } range }, _) when !range.Satisfies(version) => $"it holds for kernel versions {range.OriginalString}, and this is {version}",
        _ when FactorOf(c, better) is var factor && !(factor <= waiver.Ceiling) => double.IsFinite(factor)
            ? $"its ceiling is {Words.Factor(waiver.Ceiling)}, and this is {Words.Factor(factor)}"
            : $"its ceiling is {Words.Factor(waiver.Ceiling)}, and no factor leads from what was to what is",
        _ => null,
    };

    private static Better DirectionOf(Comparison c, BaselineEntry entry) => c.Kind switch
    {
        MetricKind.Exact => entry.Exact[c.Metric].Better,

        // Against the base, a pin needs no line; what is kept by itself is better lower.
        MetricKind.Pin => entry.Pins.GetValueOrDefault(c.Machine!)?.GetValueOrDefault(c.Metric)?.Better ?? Better.Lower,
        MetricKind.Ratio => entry.Machines[c.Machine!][c.Metric].Better,

        // Against the base: always time.
        _ => Better.Lower,
    };

    /// <summary>How many times worse; not a finite number where then, or now, is nothing to divide by.</summary>
    private static double FactorOf(Comparison c, Better better) => c is { Then: { } then, Now: { } now, ThenUnit: null }
        ? better == Better.Higher ? then / now : now / then
        : double.NaN;

    private static string Date(DateOnly day) => day.ToString(Waiver.DateFormat, CultureInfo.InvariantCulture);
}
