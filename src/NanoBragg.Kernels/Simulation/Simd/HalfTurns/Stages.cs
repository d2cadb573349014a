using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.HalfTurns;

/// <summary>A function of three registers in three stages, between which a loop has room for the next numbers' arithmetic.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element, which decides the polynomial.</typeparam>
/// <typeparam name="TFunction">The function.</typeparam>
internal static class Stages<TLanes, T, TFunction>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TFunction : struct, IEvenFunction
{
    /// <summary>Gets what the function is measured by.</summary>
    public static double Unit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsDouble ? TFunction.Leading : 1.0;
    }

    private static bool IsDouble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double);
    }

    /// <summary>The first stage.</summary>
    /// <param name="u">r² of the first register.</param>
    /// <param name="v">Of the second.</param>
    /// <param name="w">Of the third.</param>
    /// <param name="p">What the next stage needs of the first.</param>
    /// <param name="q">Of the second.</param>
    /// <param name="s">Of the third.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void First(TLanes u, TLanes v, TLanes w, out TLanes p, out TLanes q, out TLanes s)
    {
        if (IsDouble)
        {
            var k = TLanes.Broadcast(TFunction.A0);
            (p, q, s) = (u + k, v + k, w + k);
            Step(TFunction.A1, ref p, ref q, ref s, u, v, w);
        }
        else
        {
            p = q = s = TLanes.Broadcast(TFunction.C5);
            Step(TFunction.C4, ref p, ref q, ref s, u, v, w);
        }
    }

    /// <summary>The second stage.</summary>
    /// <param name="u">r² of the first register; what the third stage needs of it.</param>
    /// <param name="v">Of the second.</param>
    /// <param name="w">Of the third.</param>
    /// <param name="p">What the first stage left of the first; what the third needs.</param>
    /// <param name="q">Of the second.</param>
    /// <param name="s">Of the third.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Second(ref TLanes u, ref TLanes v, ref TLanes w, ref TLanes p, ref TLanes q, ref TLanes s)
    {
        if (IsDouble)
        {
            var k = TLanes.Broadcast(TFunction.A2);
            u += k;
            v += k;
            w += k;
            Step(TFunction.A3, ref u, ref v, ref w, p, q, s);
            k = TLanes.Broadcast(TFunction.A4);
            p += k;
            q += k;
            s += k;
        }
        else
        {
            Step(TFunction.C3, ref p, ref q, ref s, u, v, w);
            Step(TFunction.C2, ref p, ref q, ref s, u, v, w);
        }
    }

    /// <summary>The third stage.</summary>
    /// <param name="u">What the second stage left of the first register's square; the function over <see cref="Unit"/>.</param>
    /// <param name="v">Of the second.</param>
    /// <param name="w">Of the third.</param>
    /// <param name="p">What the second stage left of the first besides.</param>
    /// <param name="q">Of the second.</param>
    /// <param name="s">Of the third.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Third(ref TLanes u, ref TLanes v, ref TLanes w, TLanes p, TLanes q, TLanes s)
    {
        if (IsDouble)
        {
            var k = TLanes.Broadcast(TFunction.A5);
            u = TLanes.MultiplyAdd(p + u, u, k);
            v = TLanes.MultiplyAdd(q + v, v, k);
            w = TLanes.MultiplyAdd(s + w, w, k);
        }
        else
        {
            Step(TFunction.C1, ref p, ref q, ref s, u, v, w);
            Step(TFunction.C0, ref p, ref q, ref s, u, v, w);
            (u, v, w) = (p, q, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(double coefficient, ref TLanes p, ref TLanes q, ref TLanes s, TLanes u, TLanes v, TLanes w)
    {
        var k = TLanes.Broadcast(coefficient);
        p = TLanes.MultiplyAdd(p, u, k);
        q = TLanes.MultiplyAdd(q, v, k);
        s = TLanes.MultiplyAdd(s, w, k);
    }
}
