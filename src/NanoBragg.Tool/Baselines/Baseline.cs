using System.Collections.Immutable;
using System.Text.Json;
using NanoBragg.Tool.Measurement;
using NuGet.Versioning;

namespace NanoBragg.Tool.Baselines;

/// <summary>
/// The committed reference figures (<c>nanobragg.baseline.json</c>). Immutable; every level keeps the members that this version of the
/// tool does not know in <c>Unknown</c>, so that an older tool does not drop what a newer one wrote.
/// </summary>
internal sealed record Baseline
{
    /// <summary>The value of <c>$schema</c>: a name, not an address, because the schema is printed by the tool itself.</summary>
    public const string SchemaName = "urn:nanobragg:baseline:1";

    /// <summary>The layout that this tool reads and writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The name of the file where nobody names another.</summary>
    public const string DefaultFileName = "nanobragg.baseline.json";

    /// <summary>Gets a baseline without figures.</summary>
    public static Baseline Empty { get; } = new();

    /// <summary>Gets the machines that machine-bound figures were taken on, by identifier.</summary>
    public ImmutableSortedDictionary<string, BaselineMachine> Machines { get; init; } = Ordinal<BaselineMachine>();

    /// <summary>Gets the entries in the order of the file; writing sorts them.</summary>
    public ImmutableList<BaselineEntry> Entries { get; init; } = [];

    /// <summary>Gets the regressions that are tolerated for a while, in the order of the file; writing sorts them.</summary>
    public ImmutableList<Waiver> Waivers { get; init; } = [];

    /// <summary>Gets the code that time is judged against, or null where none was kept.</summary>
    public PinnedBase? Base { get; init; }

    /// <summary>Gets members unknown to this version.</summary>
    public IReadOnlyList<JsonProperty> Unknown { get; init; } = [];

    /// <summary>Gets an empty dictionary whose order does not depend on the culture.</summary>
    /// <typeparam name="T">The values.</typeparam>
    /// <returns>The dictionary.</returns>
    public static ImmutableSortedDictionary<string, T> Ordinal<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    /// <summary>Finds the entry of a case for a version of the kernels; reading has made sure that there is at most one.</summary>
    /// <param name="scenario">The case's name.</param>
    /// <param name="kernel">The version of the assembly under test.</param>
    /// <returns>The index in <see cref="Entries"/>, or -1.</returns>
    public int IndexOf(string scenario, NuGetVersion kernel) =>
        Entries.FindIndex(entry => entry.Scenario == scenario && entry.Kernel.Satisfies(kernel));
}

/// <summary>What a machine identifier stands for, for people to read; comparing uses the identifier only.</summary>
internal sealed record BaselineMachine
{
    /// <inheritdoc cref="MachineFingerprint.Processor"/>
    public required string Processor { get; init; }

    /// <inheritdoc cref="MachineFingerprint.InstructionSets"/>
    public required string InstructionSets { get; init; }

    /// <inheritdoc cref="MachineFingerprint.Processors"/>
    public required int Processors { get; init; }

    /// <inheritdoc cref="MachineFingerprint.Platform"/>
    public required string Platform { get; init; }

    /// <inheritdoc cref="MachineFingerprint.Runtime"/>
    public required string Runtime { get; init; }

    /// <inheritdoc cref="MachineFingerprint.Graphics"/>
    public string? Graphics { get; init; }

    /// <summary>Gets members unknown to this version.</summary>
    public IReadOnlyList<JsonProperty> Unknown { get; init; } = [];

    /// <summary>Describes a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <returns>The description.</returns>
    public static BaselineMachine Of(MachineFingerprint machine) => new()
    {
        Processor = machine.Processor,
        InstructionSets = machine.InstructionSets,
        Processors = machine.Processors,
        Platform = machine.Platform,
        Runtime = machine.Runtime,
        Graphics = machine.Graphics,
    };
}

/// <summary>The figures of one case for a range of kernel versions.</summary>
internal sealed record BaselineEntry
{
    /// <summary>Gets the name: <c>scenario</c>, or <c>scenario/case</c>.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the kernel versions that the figures are for. Written as it was read.</summary>
    public required VersionRange Kernel { get; init; }

    /// <summary>Gets a remark of the user's; JSON comments do not survive an update, this does.</summary>
    public string? Note { get; init; }

    /// <summary>Gets the figures that are the same on every machine, by metric.</summary>
    public ImmutableSortedDictionary<string, ExactFigure> Exact { get; init; } = Baseline.Ordinal<ExactFigure>();

    /// <summary>Gets the machine-bound figures, by machine identifier, then metric.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, RatioFigure>> Machines { get; init; } =
        Baseline.Ordinal<ImmutableSortedDictionary<string, RatioFigure>>();

    /// <summary>Gets what is pinned of the code that the JIT makes and of what a process uses, by machine identifier, then metric. In the file they stand beside the machine-bound figures.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, ExactFigure>> Pins { get; init; } =
        Baseline.Ordinal<ImmutableSortedDictionary<string, ExactFigure>>();

    /// <summary>Gets members unknown to this version.</summary>
    public IReadOnlyList<JsonProperty> Unknown { get; init; } = [];
}

/// <summary>A figure that is the same in every run: on every machine, or, of the code that the JIT makes and of what a process uses, on machines of one fingerprint.</summary>
internal sealed record ExactFigure
{
    /// <summary>Gets the value, at most <see cref="SignificantDigits.Exact"/> digits.</summary>
    public required double Value { get; init; }

    /// <summary>Gets the unit; empty where the figure has none.</summary>
    public required string Unit { get; init; }

    /// <summary>Gets which direction is an improvement.</summary>
    public required Better Better { get; init; }

    /// <summary>Gets the change that is still the same value, in <see cref="Unit"/>.</summary>
    public double? AbsoluteTolerance { get; init; }

    /// <summary>Gets the change that is still the same value, relative to <see cref="Value"/>.</summary>
    public double? RelativeTolerance { get; init; }

    /// <summary>Gets what a process that runs no case used in the same run, of a pin that counts a whole process; null for other figures.</summary>
    public double? Idle { get; init; }

    /// <summary>Gets the identity of the code that the value was counted with, of what a process uses; null for other figures, and where it was not known.</summary>
    public string? Identity { get; init; }

    /// <summary>Gets why the value was last changed.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets a remark of the user's.</summary>
    public string? Note { get; init; }

    /// <summary>Gets members unknown to this version.</summary>
    public IReadOnlyList<JsonProperty> Unknown { get; init; } = [];
}

/// <summary>A machine-bound figure: CPU time as a multiple of a yardstick that was measured in the same run.</summary>
internal sealed record RatioFigure
{
    /// <summary>Gets the median over <see cref="Groups"/>, at most <see cref="SignificantDigits.Ratio"/> digits.</summary>
    public required double Value { get; init; }

    /// <summary>Gets the unit, <c>×</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Gets the yardstick that the value counts in, name with version.</summary>
    public required string Yardstick { get; init; }

    /// <summary>Gets the standard deviation of the logarithms of the groups' values: 0.01 is about 1 %.</summary>
    public required double Spread { get; init; }

    /// <summary>Gets how many independent values (fresh worker processes) the figure is taken from.</summary>
    public required int Groups { get; init; }

    /// <summary>Gets which direction is an improvement; never <see cref="Better.Equal"/>.</summary>
    public required Better Better { get; init; }

    /// <summary>Gets the identity of the code that the value was measured with; null where it was not known.</summary>
    public string? Identity { get; init; }

    /// <summary>Gets the relative change that is allowed, where it is not the gate's usual one.</summary>
    public double? Limit { get; init; }

    /// <summary>Gets why the value was last changed.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets a remark of the user's.</summary>
    public string? Note { get; init; }

    /// <summary>Gets members unknown to this version.</summary>
    public IReadOnlyList<JsonProperty> Unknown { get; init; } = [];
}
