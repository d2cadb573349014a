using System.Globalization;

namespace NanoBragg.Tool.Measurement.Resources;

/// <summary>What a process uses that prepares a case and calls it a fixed number of times, as far as it repeats itself.</summary>
internal sealed record MeasuredResources
{
    /// <summary>The pin that counts page faults of the whole process that need no device.</summary>
    public const string MinorFaults = "minorFaults";

    /// <summary>The pin that counts page faults of the whole process that read from a device.</summary>
    public const string MajorFaults = "majorFaults";

    /// <summary>The pin of the process's peak resident memory.</summary>
    public const string MaxResidentBytes = "maxResidentBytes";

    /// <summary>The pin that counts the instructions of a call. It goes into a baseline only where the user asks for it.</summary>
    public const string Instructions = "instructions";

    private const string OnlyLinux = "only Linux tells what a process used to the last page";

    private static readonly (string Name, string Unit, double Tolerance, Func<ProcessResources, double?> Of)[] Figures =
    [
        (Instructions, "instructions", 0.005, process => process.Instructions),
        (MajorFaults, "faults", 0, process => process.MajorFaults),
        (MaxResidentBytes, "B", 0.02, process => process.MaxResidentBytes),
        (MinorFaults, "faults", 0.01, process => process.MinorFaults),
    ];

    /// <summary>Gets the figures, sorted by name.</summary>
    public IReadOnlyList<MeasuredMetric> Pins { get; init; } = [];

    /// <summary>Gets why a figure is not there, by its name.</summary>
    public IReadOnlyDictionary<string, string> NotAvailable { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Tells whether a pin is of this sort.</summary>
    /// <param name="pin">Its name.</param>
    public static bool Has(string pin) => Figures.Any(figure => figure.Name == pin);

    /// <summary>Says that nothing could be counted.</summary>
    /// <param name="why">Why.</param>
    public static MeasuredResources None(string why) =>
        new() { NotAvailable = new SortedDictionary<string, string>(Figures.ToDictionary(figure => figure.Name, _ => why), StringComparer.Ordinal) };

    /// <summary>
    /// Sums up processes that did the same. The least counts: what disturbs a process only adds to it. Where the two least do not agree within the pin's
    /// tolerance, the case does not repeat itself, and there is no such pin.
    /// </summary>
    /// <param name="processes">The processes; two at least.</param>
    /// <param name="idle">What processes that ran no case used, summed up; null for these themselves.</param>
    public static MeasuredResources Of(IReadOnlyList<ProcessResources> processes, MeasuredResources? idle)
    {
        var pins = new List<MeasuredMetric>();
        var notAvailable = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, unit, tolerance, of) in Figures)
        {
            var values = processes.Select(of).OfType<double>().Order().ToList();
            var why = values.Count < processes.Count ? (name == Instructions ? processes.Select(process => process.InstructionsNotAvailable).FirstOrDefault(said => said is not null) : null) ?? OnlyLinux
                : name == MinorFaults && processes.Any(process => process.Threads > 1) ? "the pages that several threads touch depend on their timing"
                : !Agree(values, tolerance) ? string.Create(CultureInfo.InvariantCulture, $"{values.Count} processes that did the same do not agree within {100 * tolerance:0.#} %: {string.Join(", ", values)} {unit}")
                : IsMostlyIdle(name) && idle?.NotAvailable.GetValueOrDefault(name) is { } alsoIdle ? $"even without a case, {alsoIdle}"
                : null;
            if (why is null)
            {
                pins.Add(new() { Name = name, Kind = MetricKind.Pin, Unit = unit, Better = Better.Lower, Value = Math.Round(values[0]), Most = Math.Round(values[^1]), RelativeTolerance = tolerance, Idle = IsMostlyIdle(name) ? idle?.Pins.FirstOrDefault(pin => pin.Name == name)?.Value : null });
            }
            else
            {
                notAvailable.Add(name, why);
            }
        }

        return new() { Pins = pins, NotAvailable = notAvailable };
    }

    /// <summary>Gets the use of resources with the base's figures beside its own.</summary>
    /// <param name="old">The base's.</param>
    public MeasuredResources Beside(MeasuredResources old) => this with { Pins = [.. Pins.Select(pin => pin.Beside(old.Pins))] };

    /// <summary>Tells whether another process would say nothing new: of every figure the two least agree within half of its tolerance.</summary>
    /// <param name="processes">The processes so far.</param>
    public static bool IsSettled(IReadOnlyList<ProcessResources> processes) => processes.Count >= 2 && Figures.All(figure =>
        processes.Select(figure.Of).OfType<double>().Order().ToList() is var values && (values.Count < 2 || Agree(values, figure.Tolerance / 2)));

    /// <summary>Tells whether the tool and the runtime have a share in a figure, and mostly the larger one.</summary>
    private static bool IsMostlyIdle(string name) => name is MaxResidentBytes or MinorFaults;

    // Less than nothing cannot be: one process without a fault is proof enough.
    private static bool Agree(List<double> sorted, double tolerance) => sorted[0] == 0 || sorted[1] - sorted[0] <= tolerance * sorted[0];
}

/// <summary>What the system counted for one process; null where it does not tell.</summary>
internal sealed record ProcessResources
{
    /// <summary>Gets page faults served without input or output.</summary>
    public long? MinorFaults { get; init; }

    /// <summary>Gets page faults that read from a device.</summary>
    public long? MajorFaults { get; init; }

    /// <summary>Gets peak resident memory, bytes.</summary>
    public long? MaxResidentBytes { get; init; }

    /// <summary>Gets instructions of a call, in user space.</summary>
    public double? Instructions { get; init; }

    /// <summary>Gets why instructions were not counted, or null.</summary>
    public string? InstructionsNotAvailable { get; init; }

    /// <summary>Gets the threads that a call keeps busy.</summary>
    public int Threads { get; init; } = 1;
}
