namespace NanoBragg.Tool.Gate;

/// <summary>What the gate tolerates. The defaults are the product's; the command line changes <see cref="FailOn"/> and <see cref="Ratchet"/>, the baseline's lines the limits.</summary>
internal sealed record GatePolicy
{
    /// <summary>Gets which metrics may fail the gate.</summary>
    public FailOn FailOn { get; init; } = FailOn.All;

    /// <summary>Gets whether an improvement that the baseline does not hold yet fails the gate, so that it cannot be lost again.</summary>
    public bool Ratchet { get; init; }

    /// <summary>Gets the relative change of a ratio that is allowed, unless its line of the baseline names another.</summary>
    public double Limit { get; init; } = 0.10;

    /// <summary>Gets the relative change that must be certain, beside the estimate being past the limit, before a ratio counts as changed.</summary>
    public double CertainChange { get; init; } = 0.02;

    /// <summary>The one-sided confidence that calling anything worse takes.</summary>
    public const double UsualConfidence = 0.999;

    /// <summary>Gets the one-sided confidence of the bounds, and that no time of a run is called worse wrongly.</summary>
    public double Confidence { get; init; } = UsualConfidence;

    /// <summary>
    /// Gets the least spread that is believed. A handful of worker processes may agree by chance much better than the machine repeats itself.
    /// </summary>
    public double SpreadFloor { get; init; } = 0.01;

    /// <summary>Gets the fewest groups that a ratio is judged from.</summary>
    public int MinimumGroups { get; init; } = 3;

    /// <summary>Gets the largest share of a run's time that some task may wait for a processor, if its times are to become the reference.</summary>
    public double MostCpuPressure { get; init; } = 0.25;

    /// <summary>Gets the largest share of processor time that the host may take away, if times are to become the reference.</summary>
    public double MostSteal { get; init; } = 0.05;

    /// <summary>Gets the largest share of a run's time that a processor quota may stop it, if its times are to become the reference.</summary>
    public double MostThrottled { get; init; } = 0.05;

    /// <summary>Gets the involuntary switches per second of a worker above which they are told as evidence of other work.</summary>
    public double ManySwitchesPerSecond { get; init; } = 500;

    /// <summary>Gets how far a case's ratios to two yardsticks may move apart between processes before that is told as evidence of other work.</summary>
    public double MostYardstickDrift { get; init; } = 0.05;

    /// <summary>Gets the largest spread between worker processes of a figure that is to become the reference.</summary>
    public double MostSpread { get; init; } = 0.10;

    /// <summary>Gets where today's date is from, which ends waivers.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets what is allowed since the last release.</summary>
    public CreepPolicy Creep { get; init; } = new();

    /// <summary>Gets what is allowed against the base assembly.</summary>
    public DuetPolicy Duet { get; init; } = new();
}

/// <summary>Which metrics may fail the gate.</summary>
internal enum FailOn
{
    /// <summary>Exact metrics, pins and ratios.</summary>
    All,

    /// <summary>Exact metrics and pins only; ratios are reported. For machines that are too busy to time anything.</summary>
    Exact,
}
