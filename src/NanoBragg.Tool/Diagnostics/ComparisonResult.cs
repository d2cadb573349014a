using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>A figure that compares two cases, in every process, with the bounds that its benchmark sets.</summary>
internal sealed record ComparisonResult
{
    /// <summary>Gets the figure's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the case whose rate is divided.</summary>
    public required string Numerator { get; init; }

    /// <summary>Gets the case that it is divided by.</summary>
    public required string Denominator { get; init; }

    /// <summary>Gets which rate is compared: <c>steps</c>, <c>wall-steps</c>, <c>bytes</c> or <c>first-call</c>.</summary>
    public required string Rate { get; init; }

    /// <summary>Gets the floor, or null.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Gets the ceiling, or null.</summary>
    public double? AtMost { get; init; }

    /// <summary>Gets the value in each process that ran alone.</summary>
    public required IReadOnlyList<double> AlonePerProcess { get; init; }

    /// <summary>Gets the value in the process that ran under load, or null.</summary>
    public double? UnderLoad { get; init; }

    /// <summary>Gets the median over the processes that ran alone: the value that is judged.</summary>
    public double? Alone => SampleSpread.Of(AlonePerProcess)?.Median;

    /// <summary>Gets whether the value alone is within its bounds; null without a value.</summary>
    public bool? PassesAlone => Passes(Alone);

    /// <summary>Gets whether the value under load is within its bounds; null without a value.</summary>
    public bool? PassesUnderLoad => Passes(UnderLoad);

    /// <summary>Joins what the processes found of one comparison.</summary>
    /// <param name="alone">The reports of the processes that ran alone, of this comparison; at least one, or <paramref name="underLoad"/>.</param>
    /// <param name="underLoad">The report of the process that ran under load, or null.</param>
    public static ComparisonResult From(IReadOnlyList<ComparisonReport> alone, ComparisonReport? underLoad)
    {
        var any = alone.Count > 0 ? alone[0] : underLoad ?? throw new ArgumentException("No process reports the comparison.", nameof(alone));
        return new ComparisonResult
        {
            Name = any.Name,
            Numerator = any.Numerator,
            Denominator = any.Denominator,
            Rate = any.Rate,
            AtLeast = any.AtLeast,
            AtMost = any.AtMost,
            AlonePerProcess = [.. alone.Select(c => c.Value)],
            UnderLoad = underLoad?.Value,
        };
    }

    private bool? Passes(double? value) => value is { } v ? !(v < AtLeast) && !(v > AtMost) && !double.IsNaN(v) : null;
}
