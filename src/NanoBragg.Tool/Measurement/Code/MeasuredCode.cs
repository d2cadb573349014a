namespace NanoBragg.Tool.Measurement.Code;

/// <summary>What the JIT made of a case: the same in every run on machines of one fingerprint, and read without any clock.</summary>
internal sealed record MeasuredCode
{
    /// <summary>The pin that counts vector registers moved to and from the stack in loops.</summary>
    public const string VectorStackMoves = "vectorStackMoves";

    /// <summary>The pin that counts calls in loops.</summary>
    public const string CallsInLoops = "callsInLoops";

    /// <summary>Gets why nothing could be read, or null. There are no pins then, rather than pins of 0.</summary>
    public string? NotAvailable { get; init; }

    /// <summary>Gets a hash of the code of all methods with loops that have a size, 16 hexadecimal digits; null where there are none.</summary>
    public string? Hash { get; init; }

    /// <summary>Gets the figures, sorted by name.</summary>
    public IReadOnlyList<MeasuredMetric> Pins { get; init; } = [];

    /// <summary>Gets the methods with loops, sorted by name.</summary>
    public IReadOnlyList<MethodCode> Methods { get; init; } = [];

    /// <summary>Sums up methods.</summary>
    /// <param name="methods">The methods with loops, sorted by name.</param>
    /// <param name="hash">The hash of their code; null where there are none.</param>
    public static MeasuredCode Of(IReadOnlyList<MethodCode> methods, string? hash) => new()
    {
        Hash = hash,
        Methods = methods,
        Pins =
        [
            Pin(CallsInLoops, "calls", Better.Lower, methods.Sum(method => method.CallsInLoops)),
            Pin("codeBytes", "B", Better.Equal, methods.Sum(method => method.Bytes ?? 0)),
            Pin("fmaCount", "instructions", Better.Equal, methods.Sum(method => method.FmaCount)),
            Pin(VectorStackMoves, "moves", Better.Lower, methods.Sum(method => method.VectorStackMoves)),
        ],
    };

    /// <summary>Gets the code with the base's figures beside its own.</summary>
    /// <param name="old">The base's code; nothing is known of it where it could not be read.</param>
    public MeasuredCode Beside(MeasuredCode old) => this with { Pins = [.. Pins.Select(pin => pin.Beside(old.Pins))] };

    /// <summary>Names the method that contributes most to a pin, or null where none does.</summary>
    /// <param name="pin">The pin.</param>
    public string? Culprit(string pin)
    {
        Func<MethodCode, int> part = pin switch
        {
            VectorStackMoves => method => method.VectorStackMoves,
            CallsInLoops => method => method.CallsInLoops,
            _ => _ => 0,
        };
        return Methods.MaxBy(part) is { } most && part(most) > 0 ? most.Name : null;
    }

    private static MeasuredMetric Pin(string name, string unit, Better better, double value) =>
        new() { Name = name, Kind = MetricKind.Pin, Unit = unit, Better = better, Value = value };
}
