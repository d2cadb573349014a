using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoBragg.Tool.Measurement.Yardsticks;

/// <summary>
/// <c>gather-1</c>: the sum of values at pseudo-random places of a table of 8 MiB of double, the table touched once, when the yardstick is made. A unit is 200 000
/// values. The places are those of x = 1664525 x + 1013904223 modulo 2³² (Knuth; Numerical Recipes), upper bits, and no one waits for another.
/// </summary>
internal sealed unsafe class GatherYardstick : IYardstick
{
    private const int LengthBits = 20;
    private const int ValuesPerUnit = 200_000;

    private double* _table = (double*)NativeMemory.AlignedAlloc((1 << LengthBits) * sizeof(double), 2 * 1024 * 1024);

    /// <summary>Fills the table.</summary>
    public GatherYardstick()
    {
        for (var i = 0; i < 1 << LengthBits; i++)
        {
            _table[i] = i & 1023;
        }
    }

    /// <inheritdoc/>
    public double Run(int units) => Sum(_table, units * ValuesPerUnit);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_table);
        _table = null;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Sum(double* table, int values)
    {
        var place = 1u;
        var (sum0, sum1) = (0.0, 0.0);
        for (var i = 0; i < values; i += 2)
        {
            place = (1664525 * place) + 1013904223;
            sum0 += table[place >> (32 - LengthBits)];
            place = (1664525 * place) + 1013904223;
            sum1 += table[place >> (32 - LengthBits)];
        }

        return sum0 + sum1;
    }
}
