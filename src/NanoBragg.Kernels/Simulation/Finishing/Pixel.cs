using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Finishing;

/// <summary>Pixels as doubles, whatever a picture's kind of number.</summary>
internal static class Pixel
{
    /// <summary>Reads a pixel.</summary>
    /// <typeparam name="TPixel"><see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="pixel">The pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Read<TPixel>(TPixel pixel)
        where TPixel : unmanaged => typeof(TPixel) == typeof(float) ? Unsafe.BitCast<TPixel, float>(pixel) : Unsafe.BitCast<TPixel, double>(pixel);

    /// <summary>Rounds to a pixel.</summary>
    /// <typeparam name="TPixel"><see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPixel Of<TPixel>(double value)
        where TPixel : unmanaged => typeof(TPixel) == typeof(float) ? Unsafe.BitCast<float, TPixel>((float)value) : Unsafe.BitCast<double, TPixel>(value);
}
