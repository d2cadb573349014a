using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>
/// Turns whole numbers in registers into integers: with the power of two added from which on a number has no fraction, they are its low bits. Any width has
/// the instructions for that, which the conversion of a double is not.
/// </summary>
internal static class LaneBits
{
    private const double WholeDouble = 1L << 52;
    private const float WholeSingle = 1 << 23;

    /// <summary>Whole numbers as integers.</summary>
    /// <param name="values">Whole numbers from 0, below 2 to the number of mantissa bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> Of(Vector128<double> values) => (values + Vector128.Create(WholeDouble)).AsInt64() & Vector128.Create((1L << 52) - 1);

    /// <inheritdoc cref="Of(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Of(Vector128<float> values) => (values + Vector128.Create(WholeSingle)).AsInt32() & Vector128.Create((1 << 23) - 1);

    /// <inheritdoc cref="Of(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Of(Vector256<double> values) => (values + Vector256.Create(WholeDouble)).AsInt64() & Vector256.Create((1L << 52) - 1);

    /// <inheritdoc cref="Of(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Of(Vector256<float> values) => (values + Vector256.Create(WholeSingle)).AsInt32() & Vector256.Create((1 << 23) - 1);

    /// <inheritdoc cref="Of(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> Of(Vector512<double> values) => (values + Vector512.Create(WholeDouble)).AsInt64() & Vector512.Create((1L << 52) - 1);

    /// <inheritdoc cref="Of(Vector128{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Of(Vector512<float> values) => (values + Vector512.Create(WholeSingle)).AsInt32() & Vector512.Create((1 << 23) - 1);

    /// <summary>Whether two numbers are the same.</summary>
    /// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Same<T>(T a, T b)
        where T : unmanaged => typeof(T) == typeof(double)
            ? Unsafe.BitCast<T, double>(a) == Unsafe.BitCast<T, double>(b) : Unsafe.BitCast<T, float>(a) == Unsafe.BitCast<T, float>(b);

    /// <summary>A number as double.</summary>
    /// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="value">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble<T>(T value)
        where T : unmanaged => typeof(T) == typeof(double) ? Unsafe.BitCast<T, double>(value) : Unsafe.BitCast<T, float>(value);

    /// <summary>A whole number as an integer.</summary>
    /// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="value">A whole number from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToPlace<T>(T value)
        where T : unmanaged => typeof(T) == typeof(double) ? (long)Unsafe.BitCast<T, double>(value) : (long)Unsafe.BitCast<T, float>(value);

    /// <summary>What is added to whole numbers for <see cref="Place{T}"/>.</summary>
    /// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Whole<T>()
        where T : unmanaged => typeof(T) == typeof(double) ? WholeDouble : WholeSingle;

    /// <summary>The whole number from 0 that <see cref="Whole{T}"/> was added to, without a conversion, which checks its range.</summary>
    /// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
    /// <param name="sum">The sum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Place<T>(T sum)
        where T : unmanaged => typeof(T) == typeof(double)
            ? (nint)(Unsafe.BitCast<T, long>(sum) & ((1L << 52) - 1)) : Unsafe.BitCast<T, int>(sum) & ((1 << 23) - 1);
}
