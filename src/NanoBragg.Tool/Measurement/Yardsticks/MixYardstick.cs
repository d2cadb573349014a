using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoBragg.Tool.Measurement.Yardsticks;

/// <summary>
/// <c>mix-1</c>: c = a / √(a² + b² + 1) in double over three buffers of 16 KiB: loads, stores, multiply-adds, square roots and divisions, as a geometric kernel mixes
/// them. Where a neighbour on the host takes a share of these units, pure multiply-adds do not feel it, and this does. A unit is 400 passes.
/// </summary>
internal sealed unsafe class MixYardstick : IYardstick
{
    private const int Length = 2048;
    private const int PassesPerUnit = 400;

    private double* _values = (double*)NativeMemory.AlignedAlloc(3 * Length * sizeof(double), 4096);

    /// <summary>Fills the buffers.</summary>
    public MixYardstick()
    {
        for (var i = 0; i < Length; i++)
        {
            _values[i] = (i * 37 % 2001 * 0.001) - 1;
            _values[Length + i] = (i * 53 % 1999 * 0.001) - 1;
            _values[(2 * Length) + i] = 0;
        }
    }

    /// <inheritdoc/>
    public double Run(int units) => Normalise(_values, _values + Length, _values + (2 * Length), units * PassesPerUnit);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_values);
        _values = null;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Normalise(double* a, double* b, double* c, int passes)
    {
        var one = Vector256.Create(1.0);
        for (var pass = 0; pass < passes; pass++)
        {
            for (var i = 0; i < Length; i += 8)
            {
                var x0 = Vector256.Load(a + i);
                var x1 = Vector256.Load(a + i + 4);
                var y0 = Vector256.Load(b + i);
                var y1 = Vector256.Load(b + i + 4);
                var r0 = Vector256.Sqrt(Vector256.FusedMultiplyAdd(x0, x0, Vector256.FusedMultiplyAdd(y0, y0, one)));
                var r1 = Vector256.Sqrt(Vector256.FusedMultiplyAdd(x1, x1, Vector256.FusedMultiplyAdd(y1, y1, one)));
                Vector256.Store(x0 / r0, c + i);
                Vector256.Store(x1 / r1, c + i + 4);
            }
        }

        var sum = 0.0;
        for (var i = 0; i < Length; i++)
        {
            sum += c[i];
        }

        return sum;
    }
}
