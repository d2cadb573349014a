using System.Globalization;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>How figures and their changes are said, the same in findings, tables and changes.</summary>
internal static class Words
{
    /// <summary>Says a figure with its unit, such as <c>3.214 × fma-1</c>.</summary>
    /// <param name="value">The figure.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="yardstick">A ratio's yardstick.</param>
    /// <returns>The words.</returns>
    public static string Figure(double value, string unit, string? yardstick = null)
    {
        var number = Math.Abs(value) < 1e15 && value == Math.Truncate(value)
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : value.ToString(yardstick is null ? "G10" : "G4", CultureInfo.InvariantCulture);
        return string.Join(" ", ((string?[])[number, unit, yardstick]).Where(word => !string.IsNullOrEmpty(word)));
    }

    /// <summary>Says a relative change, such as <c>+21.7 %</c>.</summary>
    /// <param name="change">The change, 0.1 for 10 %.</param>
    /// <param name="kind">The metric's kind.</param>
    /// <returns>The words; an exact metric's smallest changes are not rounded away, a ratio's are.</returns>
    public static string Percent(double change, MetricKind kind) => (100 * change).ToString(
        kind == MetricKind.Exact && Math.Abs(change) is > 0 and < 0.0005 ? "+0.0E+0;-0.0E+0" : "+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Says a factor, such as <c>1.25 times</c>.</summary>
    /// <param name="factor">The factor.</param>
    /// <returns>The words.</returns>
    public static string Factor(double factor) => string.Create(CultureInfo.InvariantCulture, $"{factor:0.####} times");

    /// <summary>Says when a waiver ends.</summary>
    /// <param name="waiver">The waiver.</param>
    /// <returns>The words, such as <c>until 2027-01-31</c>.</returns>
    public static string End(Waiver waiver)
    {
        var day = waiver.Expires is { } expires ? $"until {expires.ToString(Waiver.DateFormat, CultureInfo.InvariantCulture)}" : null;
        var versions = waiver.Until is { } range ? $"for kernel versions {range.OriginalString}" : null;
        return string.Join(" ", ((string?[])[day, versions]).Where(part => part is not null));
    }

    /// <summary>Says what a metric was, what it is, and what was allowed.</summary>
    /// <param name="c">The comparison, both sides of which exist.</param>
    /// <returns>The words, without a full stop.</returns>
    public static string ThenAndNow(Comparison c)
    {
        if (c.Kind == MetricKind.Duet)
        {
            return AgainstBase(c);
        }

        var now = c.Now is { } value ? Figure(value, c.Unit, c.Yardstick) : "not a number";
        var change = c.Change is { } relative ? $", {Percent(relative, c.Kind)}" : "";
        var bounds = c is { ChangeAtLeast: { } least, ChangeAtMost: { } most } ? $" (between {Percent(least, c.Kind)} and {Percent(most, c.Kind)})" : "";
        var allowed = c switch
        {
            { Kind: MetricKind.Ratio, Allowed: { } limit } => string.Create(CultureInfo.InvariantCulture, $", allowed {100 * limit:0.#} %"),
            { Kind: MetricKind.Pin, Then: > 0 and var then, Allowed: > 0 and var more } => string.Create(CultureInfo.InvariantCulture, $", allowed {100 * more / then:0.#} %"),
            { Allowed: > 0 and var tolerance } => $", allowed ±{Figure(Math.Round(tolerance, 12), c.Unit)}",
            _ => ", allowed no change",
        };
        var inBase = c.AgainstBase ? " in the base" : "";
        var where = c.Where is { } method ? $", most in {method}" : "";
        return $"{c.Scenario}: {c.Metric} is {now}, was {Figure(c.Then ?? double.NaN, c.ThenUnit ?? c.Unit, c.Yardstick)}{inBase}{change}{bounds}{allowed}{where}";
    }

    /// <summary>Says how sure the verdicts on times are together.</summary>
    /// <param name="report">The report.</param>
    /// <returns>A sentence without a full stop; null where no time was judged.</returns>
    public static string? Together(GateReport report) => report is { TimesJudged: > 0 and var times, Confidence: { } confidence }
        ? string.Create(CultureInfo.InvariantCulture, $"{(times == 1 ? "1 time was judged: it is" : $"{times} times were judged together: any of them is")} called worse wrongly in at most {100 * (1 - confidence):0.###} % of runs")
        : null;

    /// <summary>Says how a case's time stands to the base assembly's.</summary>
    /// <param name="c">A duet.</param>
    /// <returns>The words, without a full stop.</returns>
    public static string AgainstBase(Comparison c)
    {
        var change = c.Change is { } relative ? Percent(relative, c.Kind) : "not a number";
        return string.Create(CultureInfo.InvariantCulture, $"{c.Scenario}: {c.Metric} is {change} against the base{Bounds(c)}, allowed {100 * c.Allowed:0.#} %");
    }

    private static string Bounds(Comparison c) => string.Create(
        CultureInfo.InvariantCulture,
        $" ({(c is { ChangeAtLeast: { } least, ChangeAtMost: { } most } ? $"between {Percent(least, c.Kind)} and {Percent(most, c.Kind)}, " : "")}{c.Groups} processes)");
}
