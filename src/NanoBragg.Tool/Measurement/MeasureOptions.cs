namespace NanoBragg.Tool.Measurement;

/// <summary>What <c>measure</c> and <c>gate</c> measure, and how.</summary>
internal sealed record MeasureOptions
{
    /// <summary>Gets the full path of the assembly under test.</summary>
    public required string AssemblyPath { get; init; }

    /// <summary>Gets the full path of the base build that is timed beside it, or null for none.</summary>
    public string? BaseAssemblyPath { get; init; }

    /// <summary>Gets the hash of the base that the baseline pins, or null where the base is another one, or none.</summary>
    public string? BasePin { get; init; }

    /// <summary>Gets why the base that the baseline pins is not timed beside it; null where it is, or where nobody asked for it.</summary>
    public string? BaseAbsence { get; init; }

    /// <summary>
    /// Gets whether yardsticks are timed where the base is, too: for a baseline to be updated from the figures, or to be judged by them when it pins another base.
    /// </summary>
    public bool YardsticksBesideBase { get; init; }

    /// <summary>Gets the scenarios to run, by name; empty for all that the assembly declares.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Gets the fresh worker processes to run, one at a time; each gives one independent value of every ratio.</summary>
    public int Workers { get; init; } = 5;

    /// <summary>Gets whether the identity of the code is left out of account: everything is measured, also what is the same code as before.</summary>
    public bool IgnoreIdentity { get; init; }

    /// <summary>Gets how long the whole measurement may take before its worker is killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(900);

    /// <summary>Gets whether the code that the JIT made is read, too.</summary>
    public bool ReadsCode { get; init; } = true;

    /// <summary>Gets the share of work that the candidate's proof kernels do more than the base's; see <see cref="Workers.InjectedWork"/>.</summary>
    public double InjectedWork { get; init; }
}
