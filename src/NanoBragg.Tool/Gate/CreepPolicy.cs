namespace NanoBragg.Tool.Gate;

/// <summary>How much slower a kernel may have become since the last release, in steps each of which passed.</summary>
internal sealed record CreepPolicy
{
    /// <summary>Gets the relative change that is told, once it is certain that there is more.</summary>
    public double Warning { get; init; } = 0.03;

    /// <summary>Gets the relative change that fails, once it is certain that there is more.</summary>
    public double Error { get; init; } = 0.05;
}
