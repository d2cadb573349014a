using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Tool.Bench;

/// <summary>
/// The triad of STREAM (McCalpin): a = b + s·c over three arrays of 64 MiB of double, which no cache of a processor's own holds, with usual stores. By STREAM's
/// counting: 24 bytes an element, although a usual store reads its line first.
/// </summary>
internal static unsafe class TriadPeak
{
    private const int Length = 8 * 1024 * 1024;
    private const int BytesPerElement = 3 * sizeof(double);
    private const int Rounds = 10;

    // A share of the arrays that each thread has is a whole number of these, of pages.
    private const int Block = 512;

    /// <summary>Measures the peak.</summary>
    /// <param name="threads">Threads at once; each has its own part of the arrays, touched first by itself.</param>
    /// <returns>10⁹ bytes a second.</returns>
    public static double Measure(int threads)
    {
        var memory = (double*)NativeMemory.AlignedAlloc(3 * (nuint)Length * sizeof(double), 4096);
        try
        {
            Together.BestSeconds(threads, 1, thread => Part(memory, thread, threads, Fill));
            var seconds = Together.BestSeconds(threads, Rounds, thread => Part(memory, thread, threads, Add));
            return 1e-9 * BytesPerElement * Length / seconds;
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    private delegate void Update(double* sum, double* term, double* factor, int count);

    private static void Part(double* memory, int thread, int threads, Update work)
    {
        const long Blocks = Length / Block;
        var (first, end) = ((int)(Blocks * thread / threads) * Block, (int)(Blocks * (thread + 1) / threads) * Block);
        work(memory + first, memory + Length + first, memory + (2 * Length) + first, end - first);
    }

    private static void Fill(double* sum, double* term, double* factor, int count)
    {
        new Span<double>(sum, count).Clear();
        new Span<double>(term, count).Fill(1);
        new Span<double>(factor, count).Fill(2);
    }

    private static void Add(double* sum, double* term, double* factor, int count)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Add<Lanes512<double>>(sum, term, factor, count);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Add<Lanes256<double>>(sum, term, factor, count);
        }
        else
        {
            Add<Lanes128<double>>(sum, term, factor, count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Add<TLanes>(double* sum, double* term, double* factor, int count)
        where TLanes : struct, ILanes<TLanes, double>
    {
        var scalar = TLanes.Broadcast(3);
        for (var i = 0; i < count; i += 2 * TLanes.Count)
        {
            TLanes.Store(TLanes.MultiplyAdd(scalar, TLanes.Load(factor + i), TLanes.Load(term + i)), sum + i);
            TLanes.Store(
                TLanes.MultiplyAdd(scalar, TLanes.Load(factor + i + TLanes.Count), TLanes.Load(term + i + TLanes.Count)), sum + i + TLanes.Count);
        }
    }
}
