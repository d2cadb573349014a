using System.Numerics;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Tool.Measurement.Workers;

namespace NanoBragg.Tool.Proof;

/// <summary>
/// The kernels on which the gate proves itself: <see cref="InjectedWork.Share"/> makes the candidate's do more work than the base's, as
/// iterations of a loop of the same code.
/// </summary>
internal static class ProofKernels
{
    /// <summary>The scenario bound by arithmetic.</summary>
    public const string Compute = "proof-compute";

    /// <summary>The scenario bound by memory.</summary>
    public const string Memory = "proof-memory";

    /// <summary>The scenario on two threads.</summary>
    public const string Threads = "proof-threads";

    private const int Orientations = 100;
    private const int Blocks = 1000;

    // Three arrays of 16 MiB: more than any level of cache that one core has for itself.
    private const int BlockLength = 4096;

    /// <summary>A triclinic crystal at 100 phi steps, double, one thread; injected work is phi steps.</summary>
    [KernelBenchmark(Compute, Measures = "Arithmetic: triclinic crystal, 128 × 64 pixels, 100 phi steps, double, one thread.")]
    public static KernelRun ComputeBound() => Picture(1);

    /// <summary>The same on two threads.</summary>
    [KernelBenchmark(Threads, Measures = "The same on two threads.")]
    public static KernelRun TwoThreads() => Picture(2);

    /// <summary>a = b + s·c over arrays that no cache holds; injected work is blocks that are done again.</summary>
    [KernelBenchmark(Memory, Measures = "Memory: a = b + s·c over three arrays of 16 MiB, float, one thread.")]
    public static KernelRun MemoryBound()
    {
        const int Length = Blocks * BlockLength;
        var sum = KernelBuffers.Shared<float>("sum", Length);
        var first = KernelBuffers.Shared<float>("first", Length);
        var second = KernelBuffers.Shared<float>("second", Length);
        Array.Clear(sum);
        Array.Fill(first, 1);
        Array.Fill(second, 2);
        var blocks = More(Blocks);
        return new KernelRun(() => Triad(sum, first, second, blocks))
        {
            Steps = Length,
            StepUnit = "elements",
            Bytes = 3.0 * sizeof(float) * Length,
            Check = () => sum.AsSpan().ContainsAnyExcept(7f) ? throw new InvalidOperationException("the sum is wrong") : new Dictionary<string, double>(),
        };
    }

    private static KernelRun Picture(int threads)
    {
        var plan = SimulationPlan.Create(new(
            new()
            {
                Cell = new(70, 80, 90, Units.Degrees(85), Units.Degrees(95), Units.Degrees(105)),
                Cells = (8, 8, 8),
                DefaultStructureFactor = 100,
                OscillationRadians = Units.Degrees(1),
            },
            Detector.OfPixels(128, 64),
            new() { WavelengthMetres = Units.Angstroms(1.5) },
            new() { Oversample = 1, PhiSteps = More(Orientations) }));
        var pixels = new float[plan.FastPixels * plan.SlowPixels];
        var backEnd = new SimdBackEnd(SimdPrecision.Double, threads);
        return new KernelRun(() => backEnd.Render(plan, pixels))
        {
            Steps = Orientations * pixels.Length,
            StepUnit = "steps",
            Threads = threads,
            Check = () => Array.TrueForAll(pixels, pixel => pixel >= 0) && pixels.Max() > 0
                ? new Dictionary<string, double>()
                : throw new InvalidOperationException("the picture is wrong"),
        };
    }

    private static int More(int iterations) => (int)Math.Round(iterations * (1 + InjectedWork.Share));

    private static void Triad(float[] sum, float[] first, float[] second, int blocks)
    {
        var three = new Vector<float>(3);
        for (var block = 0; block < blocks; block++)
        {
            var at = block % Blocks * BlockLength;
            for (var i = at; i < at + BlockLength; i += Vector<float>.Count)
            {
                (new Vector<float>(first, i) + (three * new Vector<float>(second, i))).CopyTo(sum, i);
            }
        }
    }
}
