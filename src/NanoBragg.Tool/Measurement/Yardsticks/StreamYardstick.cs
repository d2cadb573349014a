using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoBragg.Tool.Measurement.Yardsticks;

/// <summary>
/// <c>stream-1</c>: x = x / 2 + 1 in place over a buffer of 16 MiB of double. A unit is one pass. The buffer is touched once, when the yardstick is made.
/// </summary>
internal sealed unsafe class StreamYardstick : IYardstick
{
    private const int Length = 2 * 1024 * 1024;

    private double* _values = (double*)NativeMemory.AlignedAlloc(Length * sizeof(double), 2 * 1024 * 1024);

    /// <summary>Touches the buffer.</summary>
    public StreamYardstick() => new Span<double>(_values, Length).Fill(1);

    /// <inheritdoc/>
    public double Run(int units)
    {
        var last = 0.0;
        for (var unit = 0; unit < units; unit++)
        {
            last = Update(_values);
        }

        return last;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_values);
        _values = null;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Update(double* values)
    {
        var half = Vector256.Create(0.5);
        var one = Vector256.Create(1.0);
        for (var i = 0; i < Length; i += 8)
        {
            var x0 = Vector256.Load(values + i);
            var x1 = Vector256.Load(values + i + 4);
            Vector256.Store((x0 * half) + one, values + i);
            Vector256.Store((x1 * half) + one, values + i + 4);
        }

        return values[Length - 1];
    }
}
