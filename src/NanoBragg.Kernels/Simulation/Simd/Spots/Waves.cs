using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Spots;

/// <summary>Functions of one register that spots are made of.</summary>
/// <remarks>
/// Coefficients in double: sine and cosine as in <see cref="LockStep{TLanes, T}"/>; the others are Taylor's, as far as they count: ln 2 to the k over k! and
/// (-1)ᵏ (2k + 2)/(2k + 3)!. In float all are Chebyshev fits (mpmath.chebyfit), with absolute errors of 1.4e-8 (sine), 4.7e-8 (cosine), 9e-8 (sphere, power).
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
            p = TLanes.MultiplyAdd(TLanes.Broadcast(0.077655912276013869413), u, TLanes.Broadcast(-0.5982904112834275349));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(2.5500773865289118653));
        }

        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(IsDouble ? -5.1677127800497858227 : -5.1677100766683144093));
        return r * TLanes.MultiplyAdd(p, u, TLanes.Broadcast(IsDouble ? 3.1415926535897928787 : 3.1415926400772032517));
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
            p = TLanes.MultiplyAdd(TLanes.Broadcast(4.14956435394258551e-6), u, TLanes.Broadcast(-0.00010456655338748738169));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(0.00192955627248171314825));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-0.02580688873700220327));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(0.23533063012953285391));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-1.33526276884344709335));
        }
        else
        {
            p = TLanes.MultiplyAdd(TLanes.Broadcast(0.21968242357537814861), u, TLanes.Broadcast(-1.3318729727874850509));
        }

        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(IsDouble ? 4.0587121264164969995 : 4.0584107907625976165));
        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(IsDouble ? -4.93480220054467676725 : -4.934792802489458993));
        return TLanes.MultiplyAdd(p, u, TLanes.Broadcast(IsDouble ? 1.0 : 0.99999995302751236872));
    }

    /// <summary>(sin x / x - cos x) / x² as a series in x².</summary>
    /// <param name="u">x², 0 to 1/2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SphereNearMiddle(TLanes u)
    {
        TLanes p;
        if (IsDouble)
        {
            p = TLanes.MultiplyAdd(TLanes.Broadcast(-1.0 / 22230464256000.0), u, TLanes.Broadcast(1.0 / 93405312000.0));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-1.0 / 518918400.0));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(1.0 / 3991680.0));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(-1.0 / 45360.0));
            p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(1.0 / 840.0));
        }
        else
        {
            p = TLanes.Broadcast(0.0011740470746208911671);
        }

        p = TLanes.MultiplyAdd(p, u, TLanes.Broadcast(IsDouble ? -1.0 / 30.0 : -0.033330258470092568167));
        return TLanes.MultiplyAdd(p, u, TLanes.Broadcast(IsDouble ? 1.0 / 3.0 : 0.33333324794749247407));
    }

    /// <summary>Gets the leading coefficient of <see cref="PowerOfTwo"/>.</summary>
    public static double PowerLeading => IsDouble ? 2.5678435993488205142e-11 : 0.0013390863364671234381;

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
            p = TLanes.MultiplyAdd(leading, f, TLanes.Broadcast(4.4455382718708114976e-10));
            p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(7.0549116208011233299e-9));
            p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1.0178086009239699728e-7));
            p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1.3215486790144309488e-6));
            p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1.525273380405984028e-5));
            p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1.5403530393381609954e-4));
            p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(1.3333558146428443423e-3));
        }
        else
        {
            p = leading;
        }

        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(IsDouble ? 9.618129107628477162e-3 : 0.0096760319183220540794));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(IsDouble ? 0.055504108664821579953 : 0.055503571142190778186));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(IsDouble ? 0.24022650695910071233 : 0.24022107485308337545));
        p = TLanes.MultiplyAdd(p, f, TLanes.Broadcast(IsDouble ? 0.69314718055994530942 : 0.69314718802622878106));
        return TLanes.Scale(TLanes.MultiplyAdd(p, f, TLanes.Broadcast(IsDouble ? 1.0 : 1.000000075454897193)), z);
    }
}
