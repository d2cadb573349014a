using System.Globalization;

namespace NanoBragg.Tool.Measurement;

/// <summary>The runtime settings that workers run under, so that the code measured is the code that a long-running program ends up with.</summary>
internal static class WorkerEnvironment
{
    // By which the runtime prolongs the delay on a machine of one processor: by ten, which is longer than a warm-up waits.
    private const string SingleProcessorFactor = "DOTNET_TC_DelaySingleProcMultiplier";

    /// <summary>
    /// Gets the variables set for every worker. Tiered compilation stays on: a method's final code is then compiled after its class is initialised, as
    /// in a long-running program (compiled before, it keeps initialisation checks in its loops and can be several times slower). Profile-guided
    /// optimisation is off, because its outcome differs from run to run.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Default { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_TieredCompilation"] = "1",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
    };

    /// <summary>
    /// Gets the variables set besides where every kernel must be measured in its final code, at the cost of compiling several hundred methods more:
    /// methods are promoted after two calls instead of 30, once 5 ms instead of 100 ms have passed without new ones. <see cref="Workers.WarmUp"/>
    /// waits longer than that.
    /// </summary>
    public static IReadOnlyDictionary<string, string> EarlyPromotion { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_TC_CallCountThreshold"] = "2",
        ["DOTNET_TC_CallCountingDelayMs"] = "5",
        [SingleProcessorFactor] = "1",
    };

    /// <summary>
    /// Gets the variables set for a process whose use of resources is pinned. Without tiers nothing is compiled later, on a thread of its own, than when it
    /// is first called: when the runtime promotes a method depends on time, and what the compiler touches then would be counted.
    /// </summary>
    public static IReadOnlyDictionary<string, string> FixedCalls { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_TieredCompilation"] = "0",
    };

    /// <summary>Gets the shortest delay of <see cref="ListedCode"/> that works on a machine that is not busy.</summary>
    public static TimeSpan ListedCodeDelay { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Gets the variables set for a process whose final code is listed. The delay is long enough for <see cref="Workers.TieringHold"/> to prolong it.
    /// </summary>
    /// <param name="listing">The file that the runtime writes the listing to.</param>
    /// <param name="methods">Which methods, as <c>DOTNET_JitDisasm</c> takes them.</param>
    /// <param name="delay">The time without new methods after which the runtime begins to count calls.</param>
    public static IReadOnlyDictionary<string, string> ListedCode(string listing, string methods, TimeSpan delay) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_TC_CallCountThreshold"] = "2",
        ["DOTNET_TC_CallCountingDelayMs"] = delay.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
        [SingleProcessorFactor] = "1",
        ["DOTNET_JitStdOutFile"] = listing,
        ["DOTNET_JitDisasm"] = methods,

        // Only final code is read; what two threads compile first, and might write at once, is not listed.
        ["DOTNET_JitDisasmOnlyOptimized"] = "1",

        // Without addresses, so that two listings of the same code are the same.
        ["DOTNET_JitDisasmDiffable"] = "1",
    };
}
