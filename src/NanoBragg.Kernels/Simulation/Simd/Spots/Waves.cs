using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Simulation.Simd.HalfTurns;

namespace NanoBragg.Kernels.Simulation.Simd.Spots;

/// <summary>Functions of one register that spots are made of.</summary>
/// <remarks>
/// All are Chebyshev fits (mpmath.chebyfit). Sine and cosine of double are those of <see cref="IEvenFunction"/>; errors of the others: in double 1e-13 (sphere) and 4e-11 (power, relative), in float
/// 1.4e-8 (sine), 4.7e-8 (cosine), 9e-8 (sphere, power).
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
        if (IsDouble)
        {
            return r * Even<SineOverTurns>(u, SineOverTurns.Leading);
        }

        var p = TLanes.MultiplyAdd(TLanes.Broadcast(0.077655912276013869413), u, TLanes.Broadcast(-0.5982904112834275349));
        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(2.5500773865289118653));
        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-5.1677100766683144093));
        return r * TLanes.MultiplyAdd(p, u, TLanes.Broadcast(3.1415926400772032517));
    }

    /// <summary>cos πr.</summary>
    /// <param name="r">-1/2 to 1/2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes CosineOfHalfTurns(TLanes r)
    {
        var u = r * r;
        if (IsDouble)
        {
            return Even<TwiceCosine>(u, 0.5 * TwiceCosine.Leading);
        }

        var p = TLanes.MultiplyAdd(TLanes.Broadcast(0.21968242357537814861), u, TLanes.Broadcast(-1.3318729727874850509));
        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(4.0584107907625976165));
        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-4.934792802489458993));
        return TLanes.MultiplyAdd(p, u, TLanes.Broadcast(0.99999995302751236872));
    }

    /// <summary>(sin x / x - cos x) / x² as a series in x².</summary>
    /// <param name="u">x², 0 to 1/2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SphereNearMiddle(TLanes u)
    {
        TLanes p;
        if (IsDouble)
        {
            p = TLanes.MultiplyAdd(TLanes.Broadcast(2.4812306990083283458e-7), u, TLanes.Broadcast(-0.000022044807757774557476));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(0.0011904760035217022967));
        }
        else
        {
            p = TLanes.Broadcast(0.0011740470746208911671);
        }

        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(IsDouble ? -0.033333333321652090605 : -0.033330258470092568167));
        return TLanes.MultiplyAdd(p, u, TLanes.Broadcast(IsDouble ? 0.33333333333321652741 : 0.33333324794749247407));
    }

    /// <summary>Gets the leading coefficient of <see cref="PowerOfTwo"/>.</summary>
    public static double PowerLeading => IsDouble ? 0.000015303700711365693939 : 0.0013390863364671234381;

    /// <summary>2 to a power.</summary>
    /// <param name="power">The power's first factor.</param>
    /// <param name="times">Its second.</param>
    /// <param name="most">The largest first factor that counts: beyond it the result would be no ordinary number.</param>
    /// <param name="leading"><see cref="PowerLeading"/> in a register: where a loop keeps it, it need not be read for each power.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes PowerOfTwo(TLanes power, TLanes times, TLanes most, TLanes leading)
    {
        var x = TLanes.AtMost(power, most);
        var shift = TLanes.Broadcast(LockStep<TLanes, T>.Shift);
        var z = TLanes.MultiplyAdd(x, times, shift);
        var f = TLanes.MultiplySubtract(x, times, z - shift);
        TLanes p;
        if (IsDouble)
        {
            p = TLanes.MultiplyAdd(leading, f, TLanes.Broadcast(0.00015469729214118297093));
            p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(0.0013333478473685415281));
        }
        else
        {
            p = leading;
        }

        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(IsDouble ? 0.0096180256133180342494 : 0.0096760319183220540794));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(IsDouble ? 0.055504109063258666119 : 0.055503571142190778186));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(IsDouble ? 0.24022651213498092661 : 0.24022107485308337545));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(IsDouble ? 0.69314718055683241353 : 0.69314718802622878106));
        return TLanes.Scale(TLanes.MultiplyAdd(p, f, TLanes.Broadcast(IsDouble ? 0.99999999995956175074 : 1.000000075454897193)), z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Even<TFunction>(TLanes u, double leading)
        where TFunction : struct, IEvenFunction
    {
        var z = TLanes.MultiplyAdd(u + TLanes.Broadcast(TFunction.A0), u, TLanes.Broadcast(TFunction.A1));
        var w = TLanes.MultiplyAdd(u + TLanes.Broadcast(TFunction.A2), z, TLanes.Broadcast(TFunction.A3));
        return TLanes.Broadcast(leading) * TLanes.MultiplyAdd(w + (z + TLanes.Broadcast(TFunction.A4)), w, TLanes.Broadcast(TFunction.A5));
    }
}
