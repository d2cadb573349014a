using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoBragg.Tool.Measurement.Yardsticks;

/// <summary><c>fma-1</c>: a polynomial of degree 7 in float over a buffer of 16 KiB, four vectors of eight at a time. A unit is 2400 passes.</summary>
internal sealed unsafe class FmaYardstick : IYardstick
{
    private const int Length = 4096;
    private const int PassesPerUnit = 2400;

    private float* _values = (float*)NativeMemory.AlignedAlloc(Length * sizeof(float), 4096);

    /// <summary>Fills the buffer with values between -1 and 1.</summary>
    public FmaYardstick()
    {
        for (var i = 0; i < Length; i++)
        {
            _values[i] = (i * 37 % 2001 * 0.001f) - 1;
        }
    }

    /// <inheritdoc/>
    public double Run(int units) => Sum(_values, units * PassesPerUnit);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_values);
        _values = null;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Sum(float* values, int passes)
    {
        var c1 = Vector256.Create(0.9999f);
        var c3 = Vector256.Create(-0.16666667f);
        var c5 = Vector256.Create(0.008333333f);
        var c7 = Vector256.Create(-0.0001984127f);
        var decay = Vector256.Create(0.999f);
        var sum0 = Vector256<float>.Zero;
        var sum1 = Vector256<float>.Zero;
        var sum2 = Vector256<float>.Zero;
        var sum3 = Vector256<float>.Zero;
        for (var pass = 0; pass < passes; pass++)
        {
            for (var i = 0; i < Length; i += 32)
            {
                var x0 = Vector256.Load(values + i);
                var x1 = Vector256.Load(values + i + 8);
                var x2 = Vector256.Load(values + i + 16);
                var x3 = Vector256.Load(values + i + 24);
                var y0 = x0 * x0;
                var y1 = x1 * x1;
                var y2 = x2 * x2;
                var y3 = x3 * x3;
                var p0 = Vector256.FusedMultiplyAdd(y0, c7, c5);
                var p1 = Vector256.FusedMultiplyAdd(y1, c7, c5);
                var p2 = Vector256.FusedMultiplyAdd(y2, c7, c5);
                var p3 = Vector256.FusedMultiplyAdd(y3, c7, c5);
                p0 = Vector256.FusedMultiplyAdd(y0, p0, c3);
                p1 = Vector256.FusedMultiplyAdd(y1, p1, c3);
                p2 = Vector256.FusedMultiplyAdd(y2, p2, c3);
                p3 = Vector256.FusedMultiplyAdd(y3, p3, c3);
                p0 = Vector256.FusedMultiplyAdd(y0, p0, c1);
                p1 = Vector256.FusedMultiplyAdd(y1, p1, c1);
                p2 = Vector256.FusedMultiplyAdd(y2, p2, c1);
                p3 = Vector256.FusedMultiplyAdd(y3, p3, c1);
                sum0 = Vector256.FusedMultiplyAdd(sum0, decay, x0 * p0);
                sum1 = Vector256.FusedMultiplyAdd(sum1, decay, x1 * p1);
                sum2 = Vector256.FusedMultiplyAdd(sum2, decay, x2 * p2);
                sum3 = Vector256.FusedMultiplyAdd(sum3, decay, x3 * p3);
            }
        }

        return Vector256.Sum(sum0 + sum1 + (sum2 + sum3));
    }
}
