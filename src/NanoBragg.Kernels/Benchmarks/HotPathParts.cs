using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Physics;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Kernels.Simulation.Simd.HalfTurns;
using NanoBragg.Kernels.Simulation.Simd.Structure;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Benchmarks;

/// <summary>
/// AT-PERF-004's parts of the hot path on their own: the lattice factor, the Miller index, polarisation, and the structure factor between reflections, on data that stays in the
/// first two caches.
/// </summary>
internal static class HotPathParts
{
    private const int Points = 12_288;

    // Three numbers are read for each product, so that the second cache would be what is measured.
    private const int Vectors = 1_024;

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
            // The cosine's own error, times how steep five cells are in it.
            Check = () => Compare(y, i => FiveCells(Math.Cos(x[i])), most: 1e-10),
        };
    }

    /// <summary>Dot products of 3-vectors: the written threshold is 500 million a second.</summary>
    [KernelBenchmark("at-perf-004-dot", Measures = "Dot products of 1,024 random 3-vectors with one other, twelve times, double, one thread.")]
    public static unsafe KernelRun Dot()
    {
        var random = new Random(5);
        var vectors = Enumerable.Range(0, 3 * Vectors).Select(_ => random.NextDouble() - 0.5).ToArray();
        var y = new double[Vectors];
        return new KernelRun(Vector512.IsHardwareAccelerated ? () => Dot<Lanes512<double>>(vectors, y) : () => Dot<Lanes256<double>>(vectors, y))
        {
            Steps = Points,
            StepUnit = "products",
            Check = () => Compare(y, i => (0.3 * vectors[i]) + (0.5 * vectors[Vectors + i]) + (0.7 * vectors[(2 * Vectors) + i])),
        };
    }

    /// <summary>The polarisation factor of Kahn et al. (1982) with the solid angle, of pixels of the triclinic picture.</summary>
    [KernelBenchmark("at-perf-004-kahn", Measures = "Polarisation by Kahn's factor and solid angle of 12,288 pixels, double, one thread, as the SIMD back end forms them.")]
    public static unsafe KernelRun Kahn()
    {
        var set = AtPerfScenarios.Triclinic;
        var plan = SimulationPlan.Create(new(set.Crystal, set.Detector, set.Beam with { KahnFactor = 0.95 }, set.Sampling));
        var detector = new DetectorGeometry(plan);
        var places = Enumerable.Range(0, 2 * Points).Select(i => (double)(i < Points ? i % plan.FastPixels : 20 * ((i - Points) / plan.FastPixels))).ToArray();
        var y = new double[Points];
        return new KernelRun(Vector512.IsHardwareAccelerated ? () => Kahn<Lanes512<double>>(detector, places, y) : () => Kahn<Lanes256<double>>(detector, places, y))
        {
            Steps = Points,
            StepUnit = "pixels",
            Check = () => Compare(y, i => Expected(places[i], places[Points + i]), Expected(0, 0)),
        };

        double Expected(double fast, double slow)
        {
            // Taken at the first sub-pixel.
            double f = (plan.PixelSizeMetres * fast) + (plan.SubpixelSizeMetres / 2), s = (plan.PixelSizeMetres * slow) + (plan.SubpixelSizeMetres / 2);
            var pixel = new Vector3D(
                (f * plan.FastAxis.X) + (s * plan.SlowAxis.X) + plan.OriginMetres.X,
                (f * plan.FastAxis.Y) + (s * plan.SlowAxis.Y) + plan.OriginMetres.Y,
                (f * plan.FastAxis.Z) + (s * plan.SlowAxis.Z) + plan.OriginMetres.Z);
            return plan.ThomsonFluence * plan.DefaultStructureFactor * plan.DefaultStructureFactor / plan.StepsPerPixel
                * SolidAngle.OfPixel(plan.PixelSizeMetres, plan.CloseDistanceMetres, pixel.Length)
                * Polarisation.Factor(plan.KahnFactor, plan.Sources[0].IncidentDirection.Unitised(), pixel.Unitised(), plan.PolarisationAxis.Unitised());
        }
    }

    /// <summary>The squared structure factor between the reflections of a grid, from 64 of them, along a line through it.</summary>
    [KernelBenchmark("at-perf-004-tricubic", Measures = "Tricubic interpolation of structure factors at 12,288 places along a line, double, one thread, as the SIMD back end does it.")]
    public static unsafe KernelRun Tricubic()
    {
        const int Edge = 8;
        var range = new IndexRange(-Edge, Edge);
        var grid = new StructureFactorGrid(range, range, range, [.. Enumerable.Range(0, (int)(range.Count * range.Count * range.Count)).Select(i => 100 + (50 * Math.Sin(i)))]);
        var padded = PaddedGrid<double>.Of(grid, 0, squared: false)!;
        var places = Enumerable.Range(0, Points).Select(i => (Edge - 2) * ((2.0 * i / Points) - 1)).ToArray();
        var y = new double[Points];
        return new KernelRun(Vector512.IsHardwareAccelerated
            ? () => Tricubic(new InterpolatedStructure<Lanes512<double>, double>(padded), places, y)
            : () => Tricubic(new InterpolatedStructure<Lanes256<double>, double>(padded), places, y))
        {
            Steps = Points,
            StepUnit = "interpolations",
            Check = () => Compare(y, i => Math.Pow(CubicInterpolation.Of(grid, places[i], 0.5 * places[i], -0.25 * places[i]), 2), 100 * 100),
        };
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Kahn<TLanes>(in DetectorGeometry geometry, double[] places, double[] factors)
        where TLanes : struct, ILanes<TLanes, double>
    {
        var detector = geometry;
        fixed (double* x = places, y = factors)
        {
            for (var i = 0; i < Points; i += TLanes.Count)
            {
                TLanes.Store(detector.Factor(TLanes.LoadDoubles(x + i), TLanes.LoadDoubles(x + i + Points)), y + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Tricubic<TLanes>(in InterpolatedStructure<TLanes, double> structure, double[] places, double[] squares)
        where TLanes : struct, ILanes<TLanes, double>
    {
        var whole = stackalloc double[3];
        TLanes half = TLanes.Broadcast(0.5), quarter = TLanes.Broadcast(-0.25);
        fixed (double* x = places, y = squares)
        {
            for (var i = 0; i < Points; i += TLanes.Count)
            {
                var h = TLanes.LoadDoubles(x + i);
                TLanes.Store(structure.Squares(whole, h, half * h, quarter * h), y + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Sincg<TLanes>(double[] points, double[] values)
        where TLanes : struct, ILanes<TLanes, double>
    {
        fixed (double* x = points, y = values)
        {
            TLanes perTurn = TLanes.Broadcast(1 / Math.PI), unit = TLanes.Broadcast(Math.Pow(Stages<TLanes, double, TwiceCosine>.Unit, 4));
            double* source = x, target = y;
            while (source < x + Points)
            {
                TLanes a = Reduced<TLanes>(perTurn, source, 0), b = Reduced<TLanes>(perTurn, source, 1), c = Reduced<TLanes>(perTurn, source, 2);
                TLanes d = Reduced<TLanes>(perTurn, source, 3), e = Reduced<TLanes>(perTurn, source, 4), f = Reduced<TLanes>(perTurn, source, 5);
                (a, b, c, d, e, f) = (a * a, b * b, c * c, d * d, e * e, f * f);
                Stages<TLanes, double, TwiceCosine>.First(a, b, c, out var p, out var q, out var r);
                Stages<TLanes, double, TwiceCosine>.First(d, e, f, out var s, out var t, out var u);
                Stages<TLanes, double, TwiceCosine>.Second(ref a, ref b, ref c, ref p, ref q, ref r);
                Stages<TLanes, double, TwiceCosine>.Second(ref d, ref e, ref f, ref s, ref t, ref u);
                Stages<TLanes, double, TwiceCosine>.Third(ref a, ref b, ref c, p, q, r);
                Stages<TLanes, double, TwiceCosine>.Third(ref d, ref e, ref f, s, t, u);
                StoreAmplitude(a, unit, target, 0);
                StoreAmplitude(b, unit, target, 1);
                StoreAmplitude(c, unit, target, 2);
                StoreAmplitude(d, unit, target, 3);
                StoreAmplitude(e, unit, target, 4);
                StoreAmplitude(f, unit, target, 5);
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
    private static unsafe void StoreAmplitude<TLanes>(TLanes cosine, TLanes unit, double* target, int register)
        where TLanes : struct, ILanes<TLanes, double> =>
        TLanes.Store(unit * Cells5.Root(DoubledAngle<TLanes, double>.Of(cosine), DoubledAngle<TLanes, double>.PerUnit), target + (register * TLanes.Count));

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Dot<TLanes>(double[] vectors, double[] products)
        where TLanes : struct, ILanes<TLanes, double>
    {
        fixed (double* x = vectors, y = products)
        {
            TLanes a = TLanes.Broadcast(0.3), b = TLanes.Broadcast(0.5), c = TLanes.Broadcast(0.7);
            for (var done = 0; done < Points; done += Vectors)
            {
                for (var i = 0; i < Vectors; i += TLanes.Count)
                {
                    var sum = a * TLanes.LoadDoubles(x + i);
                    sum = TLanes.MultiplyAdd(b, TLanes.LoadDoubles(x + i + Vectors), sum);
                    TLanes.Store(TLanes.MultiplyAdd(c, TLanes.LoadDoubles(x + i + (2 * Vectors)), sum), y + i);
                }
            }
        }
    }

    /// <summary>sin(5x)/sin(x) as the Chebyshev polynomial U4 of cos x: the quotient itself loses ten digits where both sines vanish.</summary>
    private static double FiveCells(double cosine) => ((16 * cosine * cosine - 12) * cosine * cosine) + 1;

    private static Dictionary<string, double> Compare(double[] values, Func<int, double> expected, double scale = 1, double most = 1e-12)
    {
        var (sum, worst) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            sum += Math.Abs(values[i]);
            worst = Math.Max(worst, Math.Abs(values[i] - expected(i)) / scale);
        }

        return worst <= most
            ? new() { ["sumOfMagnitudes"] = sum }
            : throw new InvalidOperationException($"a value is wrong by {worst:g3}; at most {most:g3} is allowed");
    }
}
