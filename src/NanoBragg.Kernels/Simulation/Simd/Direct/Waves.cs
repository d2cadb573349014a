using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Direct;

/// <summary>Functions of one register that spots are made of.</summary>
/// <remarks>
/// Coefficients: sine and cosine as in <see cref="LockStep{TLanes, T}"/>; the others are Taylor's, as far as they count: ln 2 to the k over k! and
/// (-1)ᵏ 3 (2k + 2)/(2k + 3)!.
/// </remarks>
internal static class Waves<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private static bool IsDouble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double);
    }

    /// <summary>sin πr.</summary>
    /// <param name="r">-1/2 to 1/2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SineOfHalfTurns(TLanes r)
    {
        var u = r * r;
        TLanes p;
        if (IsDouble)
        {
            p = TLanes.MultiplyAdd(TLanes.Broadcast(-0.000021133627352052970404), u, TLanes.Broadcast(0.00046598701580433779334));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-0.0073703643265304156755));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(0.082145878816310426917));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-0.59926452882522400508));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(2.5501640398618676297));
        }
        else
        {
            p = TLanes.MultiplyAdd(TLanes.Broadcast(-0.0070283038552030959896), u, TLanes.Broadcast(0.082050350201472475149));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-0.59925218653158298044));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(2.5501633179384269082));
        }

        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-5.1677127800497858227));
        return r * TLanes.MultiplyAdd(p, u, TLanes.Broadcast(3.1415926535897928787));
    }

    /// <summary>cos πr.</summary>
    /// <param name="r">-1/2 to 1/2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes CosineOfHalfTurns(TLanes r)
    {
        var u = r * r;
        TLanes p;
        if (IsDouble)
        {
            p = TLanes.MultiplyAdd(TLanes.Broadcast(8.2991287078851710245e-6), u, TLanes.Broadcast(-0.00020913310677497476338));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(0.0038591125449634262965));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-0.05161377747400440654));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(0.47066126025906570782));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-2.6705255376868941867));
        }
        else
        {
            p = TLanes.MultiplyAdd(TLanes.Broadcast(-0.048791864195100888947), u, TLanes.Broadcast(0.46987413719017302004));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-2.6704238987811006769));
        }

        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(8.117424252832993999));
        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-9.8696044010893535345));
        return TLanes.Broadcast(0.5) * TLanes.MultiplyAdd(p, u, TLanes.Broadcast(2.0));
    }

    /// <summary>3 (sin x / x - cos x) / x² as a series in x².</summary>
    /// <param name="u">x², 0 to 2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SphereNearMiddle(TLanes u)
    {
        TLanes p;
        if (IsDouble)
        {
            p = TLanes.MultiplyAdd(TLanes.Broadcast(-1.0 / 851515702861824000.0), u, TLanes.Broadcast(1.0 / 2252687044608000.0));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-1.0 / 7410154752000.0));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(1.0 / 31135104000.0));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-1.0 / 172972800.0));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(1.0 / 1330560.0));
        }
        else
        {
            p = TLanes.MultiplyAdd(TLanes.Broadcast(-1.0 / 172972800.0), u, TLanes.Broadcast(1.0 / 1330560.0));
        }

        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-1.0 / 15120.0));
        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(1.0 / 280.0));
        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-0.1));
        return TLanes.MultiplyAdd(p, u, TLanes.Broadcast(1.0));
    }

    /// <summary>2 to a power.</summary>
    /// <param name="power">The power, at most 0; below the smallest ordinary number's it counts as that.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes PowerOfTwo(TLanes power)
    {
        var x = TLanes.Clamp(power, TLanes.Broadcast(IsDouble ? -1022.0 : -126.0), TLanes.Broadcast(0.0));
        var shifted = x + TLanes.Broadcast(LockStep<TLanes, T>.Shift);
        var f = x - (shifted - TLanes.Broadcast(LockStep<TLanes, T>.Shift));
        TLanes p;
        if (IsDouble)
        {
            p = TLanes.MultiplyAdd(TLanes.Broadcast(2.5678435993488205142e-11), f, TLanes.Broadcast(4.4455382718708114976e-10));
            p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(7.0549116208011233299e-9));
            p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1.0178086009239699728e-7));
            p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1.3215486790144309488e-6));
            p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1.525273380405984028e-5));
        }
        else
        {
            p = TLanes.Broadcast(1.525273380405984028e-5);
        }

        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1.5403530393381609954e-4));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1.3333558146428443423e-3));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(9.618129107628477162e-3));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(0.055504108664821579953));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(0.24022650695910071233));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(0.69314718055994530942));
        return TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1.0)) * TLanes.TwoTo(shifted);
    }
}
