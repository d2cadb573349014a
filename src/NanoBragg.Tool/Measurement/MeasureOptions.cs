namespace NanoBragg.Tool.Measurement;

/// <summary>What <c>measure</c> and <c>gate</c> measure, and how.</summary>
internal sealed record MeasureOptions
{
    /// <summary>Gets the full path of the assembly under test.</summary>
    public required string AssemblyPath { get; init; }

    /// <summary>Gets the full path of the base build that is timed beside it, or null for none.</summary>
    public string? BaseAssemblyPath { get; init; }

    /// <summary>Gets the scenarios to run, by name; empty for all that the assembly declares.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Gets the fresh worker processes to run, one at a time; each gives one independent value of every ratio.</summary>
    public int Workers { get; init; } = 5;

    /// <summary>Gets whether the identity of the code is left out of account: everything is measured, also what is the same code as before.</summary>
    public bool IgnoreIdentity { get; init; }

    /// <summary>Gets how long the whole measurement may take before its worker is killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(900);
}
