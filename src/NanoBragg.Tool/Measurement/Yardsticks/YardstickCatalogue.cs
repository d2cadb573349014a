namespace NanoBragg.Tool.Measurement.Yardsticks;

/// <summary>All yardsticks, by name with version.</summary>
internal static class YardstickCatalogue
{
    /// <summary>A chain of dependent scalar operations: latency of scalar maths.</summary>
    public const string Scalar = "scalar-1";

    /// <summary>Vector multiply-adds over a small buffer: arithmetic throughput.</summary>
    public const string Fma = "fma-1";

    /// <summary>An update in place of a large buffer: memory throughput.</summary>
    public const string Stream = "stream-1";

    /// <summary>Values from pseudo-random places of a table: latency and parallelism of the larger caches.</summary>
    public const string Gather = "gather-1";

    /// <summary>Loads, stores, multiply-adds, square roots and divisions: the mix of a geometric kernel.</summary>
    public const string Mix = "mix-1";

    /// <summary>Gets the names of all yardsticks.</summary>
    public static IReadOnlyList<string> All => [Scalar, Fma, Mix, Gather, Stream];

    /// <summary>Makes a yardstick ready to run, its buffers touched.</summary>
    /// <exception cref="UserError">There is no yardstick of that name.</exception>
    public static IYardstick Create(string name) => name switch
    {
        Scalar => new ScalarYardstick(),
        Fma => new FmaYardstick(),
        Mix => new MixYardstick(),
        Gather => new GatherYardstick(),
        Stream => new StreamYardstick(),
        _ => throw new UserError($"there is no yardstick '{name}'; this tool has {string.Join(", ", All)}"),
    };
}
