using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Kernels.Simulation.Finishing;

/// <summary>Water around the crystal (<c>-water</c>): what the sum of every pixel starts with (physics.md section 16), and so an even background but for solid angle and polarisation.</summary>
internal static class Water
{
    /// <summary>Adds the background.</summary>
    /// <typeparam name="TPixel">Kind of number.</typeparam>
    /// <param name="plan">A plan with water.</param>
    /// <param name="image">The crystal's picture.</param>
    /// <param name="threads">Threads that may work.</param>
    public static void Add<TPixel>(SimulationPlan plan, TPixel[] image, int threads)
        where TPixel : unmanaged
    {
        // A pixel's factor with a structure factor of 1.
        var detector = new DetectorGeometry(plan with { StructureFactors = null, DefaultStructureFactor = 1.0 });
        var (width, intensity) = (plan.FastPixels, plan.WaterIntensity);
        Parallel.For(0, plan.SlowPixels, new() { MaxDegreeOfParallelism = threads }, slow => AddRow(in detector, intensity, slow, image.AsSpan(slow * width, width)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddRow<TPixel>(in DetectorGeometry detector, double intensity, int slow, Span<TPixel> row)
        where TPixel : unmanaged
    {
        var factors = stackalloc double[Lanes256<double>.Count];
        for (var fast = 0; fast < row.Length; fast += Lanes256<double>.Count)
        {
            var place = Lanes256<double>.Ascending + Lanes256<double>.Broadcast(fast);
            Lanes256<double>.Store(detector.Factor(place, Lanes256<double>.Broadcast(slow)), factors);
            for (var i = 0; i < Math.Min(Lanes256<double>.Count, row.Length - fast); i++)
            {
                row[fast + i] = Orientations<TPixel>.Rounded(LaneBits.ToDouble(row[fast + i]) + (intensity * factors[i] * detector.Captured(fast + i, slow)));
            }
        }
    }
}
