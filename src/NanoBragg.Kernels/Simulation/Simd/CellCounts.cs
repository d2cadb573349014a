using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>A number of cells along one axis, 1 to 12, as a type, so that the kernel is compiled for it with no branch left.</summary>
internal interface ICellCount
{
    private const int Most = 12;

    /// <summary>Gets the number of cells.</summary>
    static abstract int Count { get; }

    /// <summary>Whether all three axes have few enough cells.</summary>
    /// <param name="cells">Cells along a, b and c.</param>
    static bool AreFew((int A, int B, int C) cells) => cells.A <= Most && cells.B <= Most && cells.C <= Most;

    /// <summary>The lattice factor of one axis, <c>sin(N πh) / sin(πh)</c>, up to its sign.</summary>
    /// <param name="c">2 cos πr, where r = h - round(h).</param>
    /// <remarks>
    /// It is the Chebyshev polynomial U(N-1) in cos πh: no quotient, nothing special where h is an integer.
    /// With x = c² - 2 = 2 cos 2πr it splits by parity, and both halves obey F(k+1) = x F(k) - F(k-1), one fused multiply-add an order, stable:
    /// odd N starts from F(0) = 1, F(1) = x + 1 and ends at F((N-1)/2); even N starts from F(0) = 1, F(1) = x and ends at c F(N/2-1).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TLanes Amplitude<TLanes, TCells>(TLanes c)
        where TLanes : struct, ILaneArithmetic<TLanes>
        where TCells : struct, ICellCount
    {
        var odd = TCells.Count % 2 == 1;
        if (TCells.Count <= 2)
        {
            return odd ? TLanes.Broadcast(1.0) : c;
        }

        var f = Root<TLanes, TCells>(TLanes.MultiplySubtract(c, c, TLanes.Broadcast(2.0)));
        return odd ? f : c * f;
    }

    /// <summary>The lattice factor of one axis; of an even number of cells, without its factor 2 cos πr.</summary>
    /// <param name="x">2 cos 2πr.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TLanes Root<TLanes, TCells>(TLanes x)
        where TLanes : struct, ILaneArithmetic<TLanes>
        where TCells : struct, ICellCount
    {
        var one = TLanes.Broadcast(1.0);
        if (TCells.Count <= 2)
        {
            return one;
        }

        var f = TCells.Count % 2 == 1 ? x + one : x;
        var previous = one;

        // Written out: the compiler removes what a given count does not need, which it would not do for a loop.
        if (TCells.Count >= 5)
        {
            (f, previous) = (TLanes.MultiplySubtract(x, f, previous), f);
        }

        if (TCells.Count >= 7)
        {
            (f, previous) = (TLanes.MultiplySubtract(x, f, previous), f);
        }

        if (TCells.Count >= 9)
        {
            (f, previous) = (TLanes.MultiplySubtract(x, f, previous), f);
        }

        if (TCells.Count >= 11)
        {
            f = TLanes.MultiplySubtract(x, f, previous);
        }

        return f;
    }
}

/// <summary>1 cell.</summary>
internal readonly struct Cells1 : ICellCount
{
    public static int Count => 1;
}

/// <summary>2 cells.</summary>
internal readonly struct Cells2 : ICellCount
{
    public static int Count => 2;
}

/// <summary>3 cells.</summary>
internal readonly struct Cells3 : ICellCount
{
    public static int Count => 3;
}

/// <summary>4 cells.</summary>
internal readonly struct Cells4 : ICellCount
{
    public static int Count => 4;
}

/// <summary>5 cells.</summary>
internal readonly struct Cells5 : ICellCount
{
    public static int Count => 5;
}

/// <summary>6 cells.</summary>
internal readonly struct Cells6 : ICellCount
{
    public static int Count => 6;
}

/// <summary>7 cells.</summary>
internal readonly struct Cells7 : ICellCount
{
    public static int Count => 7;
}

/// <summary>8 cells.</summary>
internal readonly struct Cells8 : ICellCount
{
    public static int Count => 8;
}

/// <summary>9 cells.</summary>
internal readonly struct Cells9 : ICellCount
{
    public static int Count => 9;
}

/// <summary>10 cells.</summary>
internal readonly struct Cells10 : ICellCount
{
    public static int Count => 10;
}

/// <summary>11 cells.</summary>
internal readonly struct Cells11 : ICellCount
{
    public static int Count => 11;
}

/// <summary>12 cells.</summary>
internal readonly struct Cells12 : ICellCount
{
    public static int Count => 12;
}
