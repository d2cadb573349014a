using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoBragg.Tool.Tests.Kernels;

/// <summary>One kernel, with and without a call in its loop: the same result, and registers that are saved around the call.</summary>
internal static class VectorKernels
{
    private const int Count = 4096;

    [KernelBenchmark("clean-loop", Measures = "A polynomial of 4096 numbers; the accumulators stay in registers.")]
    internal static KernelRun Clean() => Run(CleanLoop);

    [KernelBenchmark("call-in-loop", Measures = "The same with a property getter that is not inlined.")]
    internal static KernelRun CallInLoop() => Run(LoopWithCall);

    [KernelBenchmark("chosen-loop", Measures = "One of the two, as a number says that tests change in a copy of the assembly; the one with the call touches 32 MiB besides.")]
    internal static KernelRun ChosenLoop() => Choice() % 2 == 0 ? Run(CleanLoop) : Run((values, scale) =>
    {
        new byte[32 << 20].AsSpan().Fill(1);
        return LoopWithCall(values, scale);
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Choice() => 0x5EEDB000;

    private static KernelRun Run(Func<float[], Scale, float> kernel)
    {
        // Hot while preparing, for longer than the runtime waits before it promotes, and no part of the timed call.
        var values = new float[Count];
        var started = Stopwatch.GetTimestamp();
        do
        {
            for (var i = 0; i < Count; i++)
            {
                values[i] = Prepared(i);
            }
        }
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < 0.3);

        var sum = 0f;
        var scale = new Scale(0.5f);
        return new KernelRun(() => sum = kernel(values, scale)) { Check = () => new Dictionary<string, double> { ["sum"] = sum } };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Prepared(int i)
    {
        var value = 0f;
        for (var k = 0; k < 3 + (i % 5); k++)
        {
            value += (i % (7 + k)) * 0.25f;
        }

        return value;
    }

    private static float CleanLoop(float[] values, Scale scale)
    {
        var factor = scale.Once;
        var (a, b, c) = (Vector256<float>.Zero, Vector256<float>.One, Vector256<float>.Zero);
        for (var i = 0; i <= values.Length - 8; i += 8)
        {
            var x = Vector256.LoadUnsafe(ref values[i]) * factor;
            a = Vector256.FusedMultiplyAdd(x, x, a);
            b = Vector256.FusedMultiplyAdd(x, Vector256<float>.One, b);
            c = Vector256.FusedMultiplyAdd(b, Vector256.Create(0.001f), c);
        }

        return Vector256.Sum(a + b + c);
    }

    private static float LoopWithCall(float[] values, Scale scale)
    {
        var (a, b, c) = (Vector256<float>.Zero, Vector256<float>.One, Vector256<float>.Zero);
        for (var i = 0; i <= values.Length - 8; i += 8)
        {
            var x = Vector256.LoadUnsafe(ref values[i]) * scale.Once;
            a = Vector256.FusedMultiplyAdd(x, x, a);
            b = Vector256.FusedMultiplyAdd(x, Vector256<float>.One, b);
            c = Vector256.FusedMultiplyAdd(b, Vector256.Create(0.001f), c);
        }

        return Vector256.Sum(a + b + c);
    }

    private sealed class Scale(float once)
    {
        public float Once
        {
            [MethodImpl(MethodImplOptions.NoInlining)]
            get => once;
        }
    }
}
