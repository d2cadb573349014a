using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>A register of 256 bits.</summary>
/// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
/// <param name="value">The register.</param>
internal readonly unsafe struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : unmanaged
{
    private readonly Vector256<T> _value = value;

    public static int Count => Vector256<T>.Count;

    public static Lanes256<T> Ascending => new(Vector256<T>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> left, Lanes256<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> left, Lanes256<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> left, Lanes256<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> left, Lanes256<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(double value) => typeof(T) == typeof(double)
        ? new(Vector256.Create(value).As<double, T>())
        : new(Vector256.Create((float)value).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(T* source) => new(Vector256.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T First(Lanes256<T> a) => a._value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> BroadcastFirst(Lanes256<T> a) => new(Vector256.Create(a._value.ToScalar()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => typeof(T) == typeof(double)
        ? new(Vector256.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>())
        : new(Vector256.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplySubtract(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c)
    {
        // The compiler does not make one instruction of the negation and the rest.
        if (Fma.IsSupported)
        {
            return typeof(T) == typeof(double)
                ? new(Fma.MultiplySubtract(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>())
                : new(Fma.MultiplySubtract(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>());
        }

        return MultiplyAdd(a, b, new(-c._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> a) => new(Vector256.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Round(Lanes256<T> a) => typeof(T) == typeof(double)
        ? new(Vector256.Round(a._value.AsDouble()).As<double, T>())
        : new(Vector256.Round(a._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Floor(Lanes256<T> a) => typeof(T) == typeof(double)
        ? new(Vector256.Floor(a._value.AsDouble()).As<double, T>())
        : new(Vector256.Floor(a._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AtMost(Lanes256<T> a, Lanes256<T> top) => new(Vector256.MinNative(a._value, top._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Clamp(Lanes256<T> a, Lanes256<T> low, Lanes256<T> high) => new(Vector256.MinNative(Vector256.MaxNative(a._value, low._value), high._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SelectLess(Lanes256<T> a, Lanes256<T> b, Lanes256<T> yes, Lanes256<T> no) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(a._value, b._value), yes._value, no._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Lanes256<T> a, Lanes256<T> b) => Vector256.LessThanAny(a._value, b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Fraction(Lanes256<T> a) => a - Round(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Scale(Lanes256<T> a, Lanes256<T> shifted) => typeof(T) == typeof(double)
        ? new((a._value.AsInt64() + Vector256.ShiftLeft(shifted._value.AsInt64(), 52)).As<long, T>())
        : new((a._value.AsInt32() + Vector256.ShiftLeft(shifted._value.AsInt32(), 23)).As<int, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MagnitudeAtLeast(Lanes256<T> a, Lanes256<T> floor) => new(Vector256.MaxNative(Vector256.Abs(a._value), floor._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(T* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AddBroadcast(Lanes256<T> a, T* b) => new(a._value + Vector256.Create(*b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyBroadcast(Lanes256<T> a, T* b) => new(a._value * Vector256.Create(*b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAddBroadcast(Lanes256<T> a, T* b, Lanes256<T> c) => typeof(T) == typeof(double)
        ? new(Vector256.FusedMultiplyAdd(a._value.AsDouble(), Vector256.Create(*(double*)b), c._value.AsDouble()).As<double, T>())
        : new(Vector256.FusedMultiplyAdd(a._value.AsSingle(), Vector256.Create(*(float*)b), c._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAddBroadcast(Lanes256<T> a, Lanes256<T> b, T* c) => typeof(T) == typeof(double)
        ? new(Vector256.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), Vector256.Create(*(double*)c)).As<double, T>())
        : new(Vector256.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), Vector256.Create(*(float*)c)).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AddLoaded(Lanes256<T> a, T* b) => new(a._value + Vector256.Load(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyLoaded(Lanes256<T> a, T* b) => new(a._value * Vector256.Load(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAddLoaded(Lanes256<T> a, T* b, Lanes256<T> c) => typeof(T) == typeof(double)
        ? new(Vector256.FusedMultiplyAdd(a._value.AsDouble(), Vector256.Load((double*)b), c._value.AsDouble()).As<double, T>())
        : new(Vector256.FusedMultiplyAdd(a._value.AsSingle(), Vector256.Load((float*)b), c._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAddLoaded(Lanes256<T> a, Lanes256<T> b, T* c) => typeof(T) == typeof(double)
        ? new(Vector256.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), Vector256.Load((double*)c)).As<double, T>())
        : new(Vector256.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), Vector256.Load((float*)c)).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadDoubles(double* source) => typeof(T) == typeof(double)
        ? new(Vector256.Load(source).As<double, T>())
        : new(Vector256.Narrow(Vector256.Load(source), Vector256.Load(source + Vector256<double>.Count)).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Look(T* table, Lanes256<T> places)
    {
        if (Avx2.IsSupported && typeof(T) == typeof(double))
        {
            return new(Avx2.GatherVector256((double*)table, LaneBits.Of(places._value.AsDouble()), sizeof(double)).As<double, T>());
        }

        if (Avx2.IsSupported)
        {
            return new(Avx2.GatherVector256((float*)table, LaneBits.Of(places._value.AsSingle()), sizeof(float)).As<float, T>());
        }

        var found = stackalloc T[Count];
        places._value.Store(found);
        for (var lane = 0; lane < Count; lane++)
        {
            found[lane] = table[LaneBits.ToPlace(found[lane])];
        }

        return Load(found);
    }

    public static int Picked => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Pick(T* table, Lanes256<T> places) => Look(table, places);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> value, T* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePieces(Lanes256<T> value, T* target, nint stride)
    {
        value._value.GetLower().Store(target);
        value._value.GetUpper().Store(target + stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBlocks(Lanes256<T> row0, Lanes256<T> row1, Lanes256<T> row2, Lanes256<T> row3, T* target, nint stride)
    {
        var piece = 16 / sizeof(T);
        StorePieces(row0, target, stride);
        StorePieces(row1, target + piece, stride);
        StorePieces(row2, target + (2 * stride), stride);
        StorePieces(row3, target + (2 * stride) + piece, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddToDoubles(Lanes256<T> value, double* sums)
    {
        if (typeof(T) == typeof(double))
        {
            (Vector256.Load(sums) + value._value.AsDouble()).Store(sums);
            return;
        }

        var (lower, upper) = Vector256.Widen(value._value.AsSingle());
        (Vector256.Load(sums) + lower).Store(sums);
        (Vector256.Load(sums + Vector256<double>.Count) + upper).Store(sums + Vector256<double>.Count);
    }
}
