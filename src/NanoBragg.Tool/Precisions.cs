using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Tool;

/// <summary>The arithmetics of the SIMD and the OpenCL back end, by name.</summary>
internal static class Precisions
{
    /// <summary>The arithmetic where none is named.</summary>
    public const string Usual = "double";

    /// <summary>Gets the arithmetics of the SIMD back end, the most accurate first.</summary>
    public static IReadOnlyList<SimdPrecision> All { get; } = [SimdPrecision.Double, SimdPrecision.DoubleFast, SimdPrecision.Float];

    /// <summary>Gets those of the OpenCL back end, the most accurate first.</summary>
    public static IReadOnlyList<OpenClPrecision> OfOpenCl { get; } = [OpenClPrecision.Double, OpenClPrecision.Float, OpenClPrecision.FloatFast];

    /// <summary>Gets the names of all.</summary>
    public static IReadOnlyList<string> Names => [.. All.Select(Name).Union(OfOpenCl.Select(Name))];

    /// <summary>Gets an arithmetic's name, as users type and read it.</summary>
    /// <param name="precision">The arithmetic.</param>
    public static string Name(SimdPrecision precision) => precision switch
    {
        SimdPrecision.Double => "double",
        SimdPrecision.DoubleFast => "double-fast",
        _ => "float",
    };

    /// <summary>Gets an arithmetic's name, as users type and read it.</summary>
    /// <param name="precision">The arithmetic.</param>
    public static string Name(OpenClPrecision precision) => precision switch
    {
        OpenClPrecision.Double => "double",
        OpenClPrecision.FloatFast => "float-fast",
        _ => "float",
    };

    /// <summary>Gets the SIMD back end's arithmetic of a name, or null where it has none.</summary>
    /// <param name="name">The name.</param>
    public static SimdPrecision? Simd(string name) => All.Where(known => Name(known) == name).Select(known => (SimdPrecision?)known).FirstOrDefault();

    /// <summary>Gets the OpenCL back end's arithmetic of a name, or null where it has none.</summary>
    /// <param name="name">The name.</param>
    public static OpenClPrecision? OpenCl(string name) => OfOpenCl.Where(known => Name(known) == name).Select(known => (OpenClPrecision?)known).FirstOrDefault();
}
