using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Tool.Bench;

/// <summary>The most multiply-adds that the processors do in vector registers: twelve chains, none waiting for another, in registers only.</summary>
internal static unsafe class FmaPeak
{
    // As many as two units of latency four or five keep busy, and as few as sixteen registers hold beside factor and term.
    private const int Chains = 12;

    // About two milliseconds each: on a busy machine some of many short rounds are left alone.
    private const int Iterations = 600_000;
    private const int Rounds = 100;

    /// <summary>Measures the peak of float.</summary>
    /// <param name="threads">Threads at once.</param>
    /// <returns>10⁹ floating-point operations a second; a multiply-add is two.</returns>
    public static double Float(int threads) => Vector512.IsHardwareAccelerated ? Measure<Lanes512<float>, float>(threads)
        : Vector256.IsHardwareAccelerated ? Measure<Lanes256<float>, float>(threads)
        : Measure<Lanes128<float>, float>(threads);

    /// <summary>Measures the peak of double.</summary>
    /// <inheritdoc cref="Float"/>
    public static double Double(int threads) => Vector512.IsHardwareAccelerated ? Measure<Lanes512<double>, double>(threads)
        : Vector256.IsHardwareAccelerated ? Measure<Lanes256<double>, double>(threads)
        : Measure<Lanes128<double>, double>(threads);

    private static double Measure<TLanes, T>(int threads)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        var results = new double[threads];
        var seconds = Together.BestSeconds(threads, Rounds, thread => results[thread] = Chain<TLanes, T>(Iterations));
        return results.All(double.IsFinite)
            ? 1e-9 * 2 * Chains * TLanes.Count * (double)Iterations * threads / seconds
            : throw new InvalidOperationException("the chains of multiply-adds left the range of numbers");
    }

    /// <summary>Each chain is x = 0.5 x + 1, which stays between 1 and 2: neither infinite nor too small for full speed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Chain<TLanes, T>(int iterations)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        TLanes half = TLanes.Broadcast(0.5), one = TLanes.Broadcast(1);
        TLanes x0 = one, x1 = one, x2 = one, x3 = one, x4 = one, x5 = one, x6 = one, x7 = one, x8 = one, x9 = one, x10 = one, x11 = one;
        for (var i = 0; i < iterations; i++)
        {
            x0 = TLanes.MultiplyAdd(x0, half, one);
            x1 = TLanes.MultiplyAdd(x1, half, one);
            x2 = TLanes.MultiplyAdd(x2, half, one);
            x3 = TLanes.MultiplyAdd(x3, half, one);
            x4 = TLanes.MultiplyAdd(x4, half, one);
            x5 = TLanes.MultiplyAdd(x5, half, one);
            x6 = TLanes.MultiplyAdd(x6, half, one);
            x7 = TLanes.MultiplyAdd(x7, half, one);
            x8 = TLanes.MultiplyAdd(x8, half, one);
            x9 = TLanes.MultiplyAdd(x9, half, one);
            x10 = TLanes.MultiplyAdd(x10, half, one);
            x11 = TLanes.MultiplyAdd(x11, half, one);
        }

        var sums = stackalloc double[TLanes.Count];
        new Span<double>(sums, TLanes.Count).Clear();
        TLanes.AddToDoubles(x0 + x1 + x2 + x3 + x4 + x5 + (x6 + x7 + x8 + x9 + x10 + x11), sums);
        return sums[0];
    }
}
