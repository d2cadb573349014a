using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Kernels.Benchmarks;

/// <summary>AT-PERF-004's parts of the hot path on their own: the lattice factor and the Miller index, on data that stays in the first two caches.</summary>
internal static class HotPathParts
{
    private const int Points = 12_288;

    /// <summary>sincg at points in [-10, 10], N = 5: the written threshold is 100 million a second.</summary>
    [KernelBenchmark("at-perf-004-sincg", Measures = "sin(5x)/sin(x) at 12,288 points in [-10, 10], double, one thread, as the SIMD back end forms it.")]
    public static unsafe KernelRun Sincg()
    {
        var random = new Random(4);
        var x = Enumerable.Range(0, Points).Select(_ => (20 * random.NextDouble()) - 10).ToArray();
        var y = new double[Points];
        return new KernelRun(Vector512.IsHardwareAccelerated ? () => Sincg<Lanes512<double>>(x, y) : () => Sincg<Lanes256<double>>(x, y))
        {
            Steps = Points,
            StepUnit = "evaluations",
            Check = () => Compare(y, i => FiveCells(Math.Cos(x[i]))),
        };
    }

    /// <summary>Dot products of 3-vectors: the written threshold is 500 million a second.</summary>
    [KernelBenchmark("at-perf-004-dot", Measures = "Dot products of 12,288 random 3-vectors with one other, double, one thread.")]
    public static unsafe KernelRun Dot()
    {
        var random = new Random(5);
        var vectors = Enumerable.Range(0, 3 * Points).Select(_ => random.NextDouble() - 0.5).ToArray();
        var y = new double[Points];
        return new KernelRun(Vector512.IsHardwareAccelerated ? () => Dot<Lanes512<double>>(vectors, y) : () => Dot<Lanes256<double>>(vectors, y))
        {
            Steps = Points,
            StepUnit = "products",
            Check = () => Compare(y, i => (0.3 * vectors[i]) + (0.5 * vectors[Points + i]) + (0.7 * vectors[(2 * Points) + i])),
        };
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Sincg<TLanes>(double[] points, double[] values)
        where TLanes : struct, ILanes<TLanes, double>
    {
        fixed (double* x = points, y = values)
        {
            var perTurn = TLanes.Broadcast(1 / Math.PI);
            double* source = x, target = y;
            while (source < x + Points)
            {
                TLanes a = Reduced<TLanes>(perTurn, source, 0), b = Reduced<TLanes>(perTurn, source, 1), c = Reduced<TLanes>(perTurn, source, 2);
                TLanes d = Reduced<TLanes>(perTurn, source, 3), e = Reduced<TLanes>(perTurn, source, 4), f = Reduced<TLanes>(perTurn, source, 5);
                LockStep<TLanes, double>.TwiceCosine(ref a, ref b, ref c, ref d, ref e, ref f);
                StoreAmplitude(a, target, 0);
                StoreAmplitude(b, target, 1);
                StoreAmplitude(c, target, 2);
                StoreAmplitude(d, target, 3);
                StoreAmplitude(e, target, 4);
                StoreAmplitude(f, target, 5);
                source += 6 * TLanes.Count;
                target += 6 * TLanes.Count;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe TLanes Reduced<TLanes>(TLanes perTurn, double* source, int register)
        where TLanes : struct, ILanes<TLanes, double> =>
        LockStep<TLanes, double>.ReducedProduct(perTurn, TLanes.LoadDoubles(source + (register * TLanes.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreAmplitude<TLanes>(TLanes twiceCosine, double* target, int register)
        where TLanes : struct, ILanes<TLanes, double> =>
        TLanes.Store(ICellCount.Amplitude<TLanes, Cells5>(twiceCosine), target + (register * TLanes.Count));

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Dot<TLanes>(double[] vectors, double[] products)
        where TLanes : struct, ILanes<TLanes, double>
    {
        fixed (double* x = vectors, y = products)
        {
            TLanes a = TLanes.Broadcast(0.3), b = TLanes.Broadcast(0.5), c = TLanes.Broadcast(0.7);
            for (var i = 0; i < Points; i += TLanes.Count)
            {
                var sum = a * TLanes.LoadDoubles(x + i);
                sum = TLanes.MultiplyAdd(b, TLanes.LoadDoubles(x + i + Points), sum);
                TLanes.Store(TLanes.MultiplyAdd(c, TLanes.LoadDoubles(x + i + (2 * Points)), sum), y + i);
            }
        }
    }

    /// <summary>sin(5x)/sin(x) as the Chebyshev polynomial U4 of cos x: the quotient itself loses ten digits where both sines vanish.</summary>
    private static double FiveCells(double cosine) => ((16 * cosine * cosine - 12) * cosine * cosine) + 1;

    private static Dictionary<string, double> Compare(double[] values, Func<int, double> expected)
    {
        var (sum, worst) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            sum += Math.Abs(values[i]);
            worst = Math.Max(worst, Math.Abs(values[i] - expected(i)));
        }

        return worst <= 1e-12
            ? new() { ["sumOfMagnitudes"] = sum }
            : throw new InvalidOperationException($"a value is wrong by {worst:g3}; at most 1e-12 is allowed");
    }
}
