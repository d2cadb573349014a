namespace NanoBragg.Tool.Gate;

/// <summary>When a duet with the base assembly counts as changed, and how long it is played.</summary>
internal sealed record DuetPolicy
{
    /// <summary>Gets the relative change that is allowed, unless the baseline's line of the metric names another.</summary>
    public double Limit { get; init; } = 0.02;

    /// <summary>Gets the smallest relative change that matters: a regression must be certain to be larger.</summary>
    public double SmallestEffect { get; init; } = 0.01;

    /// <summary>Gets the confidence that a case is not called a regression wrongly where it is the only one; a run shares out <see cref="GatePolicy.Confidence"/>.</summary>
    public double RegressionConfidence { get; init; } = GatePolicy.UsualConfidence;

    /// <summary>Gets the one-sided confidence that the change is within its limit that a pass takes.</summary>
    public double PassConfidence { get; init; } = 0.975;

    /// <summary>Gets the fewest worker processes that anything is decided from.</summary>
    public int MinimumGroups { get; init; } = 6;

    /// <summary>Gets the worker processes after which the gate stops, certain or not.</summary>
    public int MaximumGroups { get; init; } = 20;
}
