using System.Runtime.CompilerServices;

namespace NanoBragg.Tool.Measurement.Yardsticks;

/// <summary><c>scalar-1</c>: x = 0.9 sin x + (i mod 64) / 8, each step waiting for the one before. A unit is 50 000 steps.</summary>
internal sealed class ScalarYardstick : IYardstick
{
    private const int StepsPerUnit = 50_000;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public double Run(int units)
    {
        // The factor 0.9 makes the chain forget rounding differences between mathematical libraries.
        var x = 0.5;
        var sum = 0.0;
        for (var unit = 0; unit < units; unit++)
        {
            for (var step = 0; step < StepsPerUnit; step++)
            {
                x = (0.9 * Math.Sin(x)) + ((step & 63) * 0.125);
                sum += x;
            }
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
