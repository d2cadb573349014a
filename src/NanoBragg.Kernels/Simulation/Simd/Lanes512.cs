using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>A register of 512 bits.</summary>
/// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
/// <param name="value">The register.</param>
internal readonly unsafe struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T>
    where T : unmanaged
{
    private readonly Vector512<T> _value = value;

    public static int Count => Vector512<T>.Count;

    public static Lanes512<T> Ascending => new(Vector512<T>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> left, Lanes512<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> left, Lanes512<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> left, Lanes512<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> left, Lanes512<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Broadcast(double value) => typeof(T) == typeof(double)
        ? new(Vector512.Create(value).As<double, T>())
        : new(Vector512.Create((float)value).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Broadcast(T* source) => new(Vector512.Create(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T First(Lanes512<T> a) => a._value.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> BroadcastFirst(Lanes512<T> a) => new(Vector512.Create(a._value.ToScalar()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => typeof(T) == typeof(double)
        ? new(Vector512.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>())
        : new(Vector512.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplySubtract(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c)
    {
        // The compiler does not make one instruction of the negation and the rest.
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(double)
                ? new(Avx512F.FusedMultiplySubtract(a._value.AsDouble(), b._value.AsDouble(), c._value.AsDouble()).As<double, T>())
                : new(Avx512F.FusedMultiplySubtract(a._value.AsSingle(), b._value.AsSingle(), c._value.AsSingle()).As<float, T>());
        }

        return MultiplyAdd(a, b, new(-c._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> a) => new(Vector512.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Round(Lanes512<T> a) => typeof(T) == typeof(double)
        ? new(Vector512.Round(a._value.AsDouble()).As<double, T>())
        : new(Vector512.Round(a._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Floor(Lanes512<T> a) => typeof(T) == typeof(double)
        ? new(Vector512.Floor(a._value.AsDouble()).As<double, T>())
        : new(Vector512.Floor(a._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AtMost(Lanes512<T> a, Lanes512<T> top) => new(Vector512.MinNative(a._value, top._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Clamp(Lanes512<T> a, Lanes512<T> low, Lanes512<T> high) => new(Vector512.MinNative(Vector512.MaxNative(a._value, low._value), high._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SelectLess(Lanes512<T> a, Lanes512<T> b, Lanes512<T> yes, Lanes512<T> no) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(a._value, b._value), yes._value, no._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Lanes512<T> a, Lanes512<T> b) => Vector512.LessThanAny(a._value, b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Fraction(Lanes512<T> a) => !Avx512DQ.IsSupported ? a - Round(a)
        : typeof(T) == typeof(double) ? new(Avx512DQ.Reduce(a._value.AsDouble(), 0).As<double, T>()) : new(Avx512DQ.Reduce(a._value.AsSingle(), 0).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Scale(Lanes512<T> a, Lanes512<T> shifted) => typeof(T) == typeof(double)
        ? new((a._value.AsInt64() + Vector512.ShiftLeft(shifted._value.AsInt64(), 52)).As<long, T>())
        : new((a._value.AsInt32() + Vector512.ShiftLeft(shifted._value.AsInt32(), 23)).As<int, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MagnitudeAtLeast(Lanes512<T> a, Lanes512<T> floor) => new(Vector512.MaxNative(Vector512.Abs(a._value), floor._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(T* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AddBroadcast(Lanes512<T> a, T* b) => new(a._value + Vector512.Create(*b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyBroadcast(Lanes512<T> a, T* b) => new(a._value * Vector512.Create(*b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAddBroadcast(Lanes512<T> a, T* b, Lanes512<T> c) => typeof(T) == typeof(double)
        ? new(Vector512.FusedMultiplyAdd(a._value.AsDouble(), Vector512.Create(*(double*)b), c._value.AsDouble()).As<double, T>())
        : new(Vector512.FusedMultiplyAdd(a._value.AsSingle(), Vector512.Create(*(float*)b), c._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAddBroadcast(Lanes512<T> a, Lanes512<T> b, T* c) => typeof(T) == typeof(double)
        ? new(Vector512.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), Vector512.Create(*(double*)c)).As<double, T>())
        : new(Vector512.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), Vector512.Create(*(float*)c)).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AddLoaded(Lanes512<T> a, T* b) => new(a._value + Vector512.Load(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyLoaded(Lanes512<T> a, T* b) => new(a._value * Vector512.Load(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAddLoaded(Lanes512<T> a, T* b, Lanes512<T> c) => typeof(T) == typeof(double)
        ? new(Vector512.FusedMultiplyAdd(a._value.AsDouble(), Vector512.Load((double*)b), c._value.AsDouble()).As<double, T>())
        : new(Vector512.FusedMultiplyAdd(a._value.AsSingle(), Vector512.Load((float*)b), c._value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAddLoaded(Lanes512<T> a, Lanes512<T> b, T* c) => typeof(T) == typeof(double)
        ? new(Vector512.FusedMultiplyAdd(a._value.AsDouble(), b._value.AsDouble(), Vector512.Load((double*)c)).As<double, T>())
        : new(Vector512.FusedMultiplyAdd(a._value.AsSingle(), b._value.AsSingle(), Vector512.Load((float*)c)).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadDoubles(double* source) => typeof(T) == typeof(double)
        ? new(Vector512.Load(source).As<double, T>())
        : new(Vector512.Narrow(Vector512.Load(source), Vector512.Load(source + Vector512<double>.Count)).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Look(T* table, Lanes512<T> places)
    {
        if (Avx2.IsSupported && typeof(T) == typeof(double))
        {
            var bits = LaneBits.Of(places._value.AsDouble());
            return new(Vector512.Create(
                Avx2.GatherVector256((double*)table, bits.GetLower(), sizeof(double)), Avx2.GatherVector256((double*)table, bits.GetUpper(), sizeof(double))).As<double, T>());
        }

        if (Avx2.IsSupported)
        {
            var bits = LaneBits.Of(places._value.AsSingle());
            return new(Vector512.Create(
                Avx2.GatherVector256((float*)table, bits.GetLower(), sizeof(float)), Avx2.GatherVector256((float*)table, bits.GetUpper(), sizeof(float))).As<float, T>());
        }

        var found = stackalloc T[Count];
        places._value.Store(found);
        for (var lane = 0; lane < Count; lane++)
        {
            found[lane] = table[LaneBits.ToPlace(found[lane])];
        }

        return Load(found);
    }

    public static int Picked => Avx512F.IsSupported ? 2 * Count : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Pick(T* table, Lanes512<T> places)
    {
        if (!Avx512F.IsSupported)
        {
            return Look(table, places);
        }

        return typeof(T) == typeof(double)
            ? new(Avx512F.PermuteVar8x64x2(Vector512.Load((double*)table), LaneBits.Of(places._value.AsDouble()), Vector512.Load((double*)table + Count)).As<double, T>())
            : new(Avx512F.PermuteVar16x32x2(Vector512.Load((float*)table), LaneBits.Of(places._value.AsSingle()), Vector512.Load((float*)table + Count)).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> value, T* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePieces(Lanes512<T> value, T* target, nint stride)
    {
        Vector256<T> lower = value._value.GetLower(), upper = value._value.GetUpper();
        lower.GetLower().Store(target);
        lower.GetUpper().Store(target + stride);
        upper.GetLower().Store(target + (2 * stride));
        upper.GetUpper().Store(target + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBlocks(Lanes512<T> row0, Lanes512<T> row1, Lanes512<T> row2, Lanes512<T> row3, T* target, nint stride)
    {
        if (!Avx512F.IsSupported)
        {
            var piece = 16 / sizeof(T);
            StorePieces(row0, target, stride);
            StorePieces(row1, target + piece, stride);
            StorePieces(row2, target + (2 * piece), stride);
            StorePieces(row3, target + (3 * piece), stride);
            return;
        }

        // Halves of two rows each, and of these every second piece.
        Vector512<double> r0 = row0._value.As<T, double>(), r1 = row1._value.As<T, double>(), r2 = row2._value.As<T, double>(), r3 = row3._value.As<T, double>();
        Vector512<double> left = Avx512F.Shuffle4x128(r0, r1, 0x44), right = Avx512F.Shuffle4x128(r0, r1, 0xEE);
        Vector512<double> lowerLeft = Avx512F.Shuffle4x128(r2, r3, 0x44), lowerRight = Avx512F.Shuffle4x128(r2, r3, 0xEE);
        Avx512F.Shuffle4x128(left, lowerLeft, 0x88).Store((double*)target);
        Avx512F.Shuffle4x128(left, lowerLeft, 0xDD).Store((double*)(target + stride));
        Avx512F.Shuffle4x128(right, lowerRight, 0x88).Store((double*)(target + (2 * stride)));
        Avx512F.Shuffle4x128(right, lowerRight, 0xDD).Store((double*)(target + (3 * stride)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddToDoubles(Lanes512<T> value, double* sums)
    {
        if (typeof(T) == typeof(double))
        {
            (Vector512.Load(sums) + value._value.AsDouble()).Store(sums);
            return;
        }

        var (lower, upper) = Vector512.Widen(value._value.AsSingle());
        (Vector512.Load(sums) + lower).Store(sums);
        (Vector512.Load(sums + Vector512<double>.Count) + upper).Store(sums + Vector512<double>.Count);
    }
}
