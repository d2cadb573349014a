using System.Reflection;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>
/// The work that a proof kernel does more than it should. Each build of an assembly has its own copy of this type, so that the candidate
/// can be made slower than the base although both run the same code.
/// </summary>
internal static class InjectedWork
{
    /// <summary>Gets or sets the share of the work that is done twice: 0.05 for 5 %.</summary>
    public static double Share { get; set; }

    /// <summary>Makes the proof kernels of an assembly slower; one that has none is left alone.</summary>
    /// <param name="assembly">The assembly under test.</param>
    /// <param name="share">The share of work.</param>
    public static void Into(BenchmarkAssembly assembly, double share)
    {
        foreach (var own in assembly.Benchmarks.Select(benchmark => benchmark.Prepare.DeclaringType!.Assembly).Distinct())
        {
            own.GetType(typeof(InjectedWork).FullName!)?.GetProperty(nameof(Share), BindingFlags.Static | BindingFlags.Public)?.SetValue(null, share);
        }
    }
}
