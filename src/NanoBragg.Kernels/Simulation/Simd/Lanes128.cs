using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>A register of 128 bits.</summary>
/// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
/// <param name="value">The register.</param>
internal readonly unsafe struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T>
    where T : unmanaged
{
    private readonly Vector128<T> _value = value;

    public static int Count => Vector128<T>.Count;

    public static Lanes128<T> Ascending => new(Vector128<T>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> left, Lanes128<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> left, Lanes128<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> left, Lanes128<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> left, Lanes128<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Broadcast(double value) => typeof(T) == typeof(double)
        ? new(Vector128.Create(value).As<double, T>())
        : new(Vector128.Create((float)value).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Broadcast(T* source) => new(Vector128.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T First(Lanes128<T> a) => a._value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> BroadcastFirst(Lanes128<T> a) => new(Vector128.Create(a._value.ToScalar()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => typeof(T) == typeof(double)
        ? new(Vector128.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>())
        : new(Vector128.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplySubtract(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c)
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
    public static Lanes128<T> Sqrt(Lanes128<T> a) => new(Vector128.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Round(Lanes128<T> a) => typeof(T) == typeof(double)
        ? new(Vector128.Round(a._value.AsDouble()).As<double, T>())
        : new(Vector128.Round(a._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Floor(Lanes128<T> a) => typeof(T) == typeof(double)
        ? new(Vector128.Floor(a._value.AsDouble()).As<double, T>())
        : new(Vector128.Floor(a._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AtMost(Lanes128<T> a, Lanes128<T> top) => new(Vector128.MinNative(a._value, top._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Clamp(Lanes128<T> a, Lanes128<T> low, Lanes128<T> high) => new(Vector128.MinNative(Vector128.MaxNative(a._value, low._value), high._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SelectLess(Lanes128<T> a, Lanes128<T> b, Lanes128<T> yes, Lanes128<T> no) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(a._value, b._value), yes._value, no._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Lanes128<T> a, Lanes128<T> b) => Vector128.LessThanAny(a._value, b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Fraction(Lanes128<T> a) => a - Round(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Scale(Lanes128<T> a, Lanes128<T> shifted) => typeof(T) == typeof(double)
        ? new((a._value.AsInt64() + Vector128.ShiftLeft(shifted._value.AsInt64(), 52)).As<long, T>())
        : new((a._value.AsInt32() + Vector128.ShiftLeft(shifted._value.AsInt32(), 23)).As<int, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MagnitudeAtLeast(Lanes128<T> a, Lanes128<T> floor) => new(Vector128.MaxNative(Vector128.Abs(a._value), floor._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(T* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AddBroadcast(Lanes128<T> a, T* b) => new(a._value + Vector128.Create(*b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyBroadcast(Lanes128<T> a, T* b) => new(a._value * Vector128.Create(*b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAddBroadcast(Lanes128<T> a, T* b, Lanes128<T> c) => typeof(T) == typeof(double)
        ? new(Vector128.FusedMultiplyAdd(a._value.AsDouble(), Vector128.Create(*(double*)b), c._value.AsDouble()).As<double, T>())
        : new(Vector128.FusedMultiplyAdd(a._value.AsSingle(), Vector128.Create(*(float*)b), c._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAddBroadcast(Lanes128<T> a, Lanes128<T> b, T* c) => typeof(T) == typeof(double)
        ? new(Vector128.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), Vector128.Create(*(double*)c)).As<double, T>())
        : new(Vector128.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), Vector128.Create(*(float*)c)).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AddLoaded(Lanes128<T> a, T* b) => new(a._value + Vector128.Load(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyLoaded(Lanes128<T> a, T* b) => new(a._value * Vector128.Load(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAddLoaded(Lanes128<T> a, T* b, Lanes128<T> c) => typeof(T) == typeof(double)
        ? new(Vector128.FusedMultiplyAdd(a._value.AsDouble(), Vector128.Load((double*)b), c._value.AsDouble()).As<double, T>())
        : new(Vector128.FusedMultiplyAdd(a._value.AsSingle(), Vector128.Load((float*)b), c._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAddLoaded(Lanes128<T> a, Lanes128<T> b, T* c) => typeof(T) == typeof(double)
        ? new(Vector128.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), Vector128.Load((double*)c)).As<double, T>())
        : new(Vector128.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), Vector128.Load((float*)c)).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadDoubles(double* source) => typeof(T) == typeof(double)
        ? new(Vector128.Load(source).As<double, T>())
        : new(Vector128.Narrow(Vector128.Load(source), Vector128.Load(source + Vector128<double>.Count)).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Look(T* table, Lanes128<T> places)
    {
        if (Avx2.IsSupported && typeof(T) == typeof(double))
        {
            return new(Avx2.GatherVector128((double*)table, LaneBits.Of(places._value.AsDouble()), sizeof(double)).As<double, T>());
        }

        if (Avx2.IsSupported)
        {
            return new(Avx2.GatherVector128((float*)table, LaneBits.Of(places._value.AsSingle()), sizeof(float)).As<float, T>());
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
    public static Lanes128<T> Pick(T* table, Lanes128<T> places) => Look(table, places);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128<T> value, T* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePieces(Lanes128<T> value, T* target, nint stride) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBlocks(Lanes128<T> row0, Lanes128<T> row1, Lanes128<T> row2, Lanes128<T> row3, T* target, nint stride)
    {
        Store(row0, target);
        Store(row1, target + stride);
        Store(row2, target + (2 * stride));
        Store(row3, target + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddToDoubles(Lanes128<T> value, double* sums)
    {
        if (typeof(T) == typeof(double))
        {
            (Vector128.Load(sums) + value._value.AsDouble()).Store(sums);
            return;
        }

        var (lower, upper) = Vector128.Widen(value._value.AsSingle());
        (Vector128.Load(sums) + lower).Store(sums);
        (Vector128.Load(sums + Vector128<double>.Count) + upper).Store(sums + Vector128<double>.Count);
    }
}
