using System.Text.Json.Serialization;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Gate;

/// <summary>One metric, then and now.</summary>
internal sealed record Comparison
{
    /// <summary>Gets the case's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Gets how it is judged.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>Gets the unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Gets the yardstick that a ratio counts in.</summary>
    public string? Yardstick { get; init; }

    /// <summary>Gets the machine whose figure a ratio or pin is compared with.</summary>
    public string? Machine { get; init; }

    /// <summary>Gets whether a pin's <see cref="Then"/> is what the base has in the same run, which holds on every machine, instead of the baseline's value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AgainstBase { get; init; }

    /// <summary>Gets the unit of <see cref="Then"/> where it is not <see cref="Unit"/>.</summary>
    public string? ThenUnit { get; init; }

    /// <summary>Gets the baseline's value.</summary>
    public double? Then { get; init; }

    /// <summary>Gets the measured value.</summary>
    public double? Now { get; init; }

    /// <summary>Gets the relative change, 0.1 for 10 % more; null where the baseline's value is 0.</summary>
    public double? Change { get; init; }

    /// <summary>Gets the lower bound of a ratio's relative change.</summary>
    public double? ChangeAtLeast { get; init; }

    /// <summary>Gets the upper bound of a ratio's relative change.</summary>
    public double? ChangeAtMost { get; init; }

    /// <summary>Gets the one-sided confidence of each of the two bounds of a duet.</summary>
    public double? Confidence { get; init; }

    /// <summary>Gets the independent worker processes that a duet is judged from.</summary>
    public int? Groups { get; init; }

    /// <summary>Gets the smallest relative slowdown that the duet would find in 99 of 100 runs that scatter as this one.</summary>
    public double? DetectableChange { get; init; }

    /// <summary>Gets what is allowed: a ratio's relative change, or an exact metric's change in <see cref="Unit"/>.</summary>
    public double? Allowed { get; init; }

    /// <summary>Gets why a waiver of the baseline does not cover this regression; null where there is none, or it does.</summary>
    public string? WaiverEnded { get; init; }

    /// <summary>Gets the method that most of a pin is in, or why the code could not be read; null where there is nothing to say.</summary>
    public string? Where { get; init; }

    /// <summary>Gets whether the code is the same as that which it is compared with, so that there was nothing to measure, or what was measured says nothing of the code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SameCode { get; init; }

    /// <summary>Gets which kind of cause the evidence supports, of a time that is worse; what speaks for a disturbance, of one that cannot be told; null where there is nothing to say.</summary>
    public string? Cause { get; init; }

    /// <summary>Gets the verdict.</summary>
    public required Outcome Outcome { get; init; }
}

/// <summary>The verdict on one metric.</summary>
internal enum Outcome
{
    /// <summary>Unchanged, as far as the policy cares.</summary>
    Pass,

    /// <summary>Worse, or a result that is not what it was.</summary>
    Regressed,

    /// <summary>Better by more than the policy's limit.</summary>
    Improved,

    /// <summary>Looks worse, but the measurements do not agree well enough to say so.</summary>
    Inconclusive,

    /// <summary>Measured, but not in the baseline.</summary>
    New,

    /// <summary>In the baseline, but not measured.</summary>
    Missing,

    /// <summary>In the baseline, but nothing that this machine can tell: it lacks the device or the program for it. Neither passes nor fails.</summary>
    NotAvailable,

    /// <summary>Not judged, because the baseline has no figure of this machine.</summary>
    OtherMachine,

    /// <summary>Worse, and tolerated for a while by a waiver of the baseline.</summary>
    Waived,

    /// <summary>The kernel threw, or its own check refused the result.</summary>
    Failed,

    /// <summary>Told, not judged, because time is judged against the base assembly.</summary>
    Information,

    /// <summary>Differs from the baseline although the code is the same: the environment moved, not the kernel.</summary>
    Moved,
}
