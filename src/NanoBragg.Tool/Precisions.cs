using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Tool;

/// <summary>The arithmetics of the SIMD back end, by name.</summary>
internal static class Precisions
{
    /// <summary>Gets the arithmetics, the most accurate first.</summary>
    public static IReadOnlyList<SimdPrecision> All { get; } = [SimdPrecision.Double, SimdPrecision.DoubleFast, SimdPrecision.Float];

    /// <summary>Gets an arithmetic's name, as users type and read it.</summary>
    /// <param name="precision">The arithmetic.</param>
    public static string Name(SimdPrecision precision) => precision switch
    {
        SimdPrecision.Double => "double",
        SimdPrecision.DoubleFast => "double-fast",
        _ => "float",
    };
}
