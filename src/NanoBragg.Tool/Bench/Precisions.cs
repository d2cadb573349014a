using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Tool.Bench;

/// <summary>The arithmetics that are measured.</summary>
internal static class Precisions
{
    /// <summary>Gets the arithmetics, in the order in which they are measured.</summary>
    public static IReadOnlyList<SimdPrecision> All { get; } = [SimdPrecision.Double, SimdPrecision.DoubleFast, SimdPrecision.Float];

    /// <summary>Gets an arithmetic's name, as <c>simulate --precision</c> has it.</summary>
    /// <param name="precision">The arithmetic.</param>
    public static string Name(SimdPrecision precision) => precision switch
    {
        SimdPrecision.Double => "double",
        SimdPrecision.DoubleFast => "double-fast",
        _ => "float",
    };
}
