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

    /// <summary>
    /// The lattice factor of one axis, <c>sin(N πh) / sin(πh)</c>, up to its sign and of an even number of cells without its factor 2 cos πh: a polynomial in x = 2 cos 2πh.
    /// </summary>
    /// <param name="x">2 cos 2πh, over what cosines are measured by; the polynomial comes out over that to the power of its degree.</param>
    /// <param name="u">1 over what cosines are measured by: a constant, so that what it makes of others are constants.</param>
    /// <remarks>The whole is the Chebyshev polynomial U(N-1) in cos πh: no quotient, nothing special where h is an integer. x is (2 cos πh)² - 2.</remarks>
    static abstract TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes>;
}

/// <summary>1 cell: 1.</summary>
internal readonly struct Cells1 : ICellCount
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes> =>
        TLanes.Broadcast(1.0);
}

/// <summary>2 cells: 1.</summary>
internal readonly struct Cells2 : ICellCount
{
    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes> =>
        TLanes.Broadcast(1.0);
}

/// <summary>3 cells: x + 1.</summary>
internal readonly struct Cells3 : ICellCount
{
    public static int Count => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes> =>
        x + TLanes.Broadcast(u);
}

/// <summary>4 cells: x.</summary>
internal readonly struct Cells4 : ICellCount
{
    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes> =>
        x;
}

/// <summary>5 cells: x² + x - 1.</summary>
internal readonly struct Cells5 : ICellCount
{
    public static int Count => 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes> =>
        TLanes.MultiplyAdd(x + TLanes.Broadcast(u), x, TLanes.Broadcast(-u * u));
}

/// <summary>6 cells: x² - 1.</summary>
internal readonly struct Cells6 : ICellCount
{
    public static int Count => 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes> =>
        TLanes.MultiplyAdd(x, x, TLanes.Broadcast(-u * u));
}

/// <summary>7 cells: x³ + x² - 2x - 1.</summary>
internal readonly struct Cells7 : ICellCount
{
    public static int Count => 7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes> =>
        TLanes.MultiplyAdd(TLanes.MultiplyAdd(x + TLanes.Broadcast(u), x, TLanes.Broadcast(-2.0 * u * u)), x, TLanes.Broadcast(-u * u * u));
}

/// <summary>8 cells: x³ - 2x.</summary>
internal readonly struct Cells8 : ICellCount
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes> =>
        x * TLanes.MultiplyAdd(x, x, TLanes.Broadcast(-2.0 * u * u));
}

/// <summary>9 cells: x⁴ + x³ - 3x² - 2x + 1.</summary>
internal readonly struct Cells9 : ICellCount
{
    public static int Count => 9;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes> =>
        TLanes.MultiplyAdd(TLanes.MultiplyAdd(TLanes.MultiplyAdd(x + TLanes.Broadcast(u), x, TLanes.Broadcast(-3.0 * u * u)), x, TLanes.Broadcast(-2.0 * u * u * u)), x, TLanes.Broadcast(u * u * u * u));
}

/// <summary>10 cells: x⁴ - 3x² + 1.</summary>
internal readonly struct Cells10 : ICellCount
{
    public static int Count => 10;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes>
    {
        var y = x * x;
        return TLanes.MultiplyAdd(y + TLanes.Broadcast(-3.0 * u * u), y, TLanes.Broadcast(u * u * u * u));
    }
}

/// <summary>11 cells: x⁵ + x⁴ - 4x³ - 3x² + 3x + 1.</summary>
internal readonly struct Cells11 : ICellCount
{
    public static int Count => 11;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes> =>
        TLanes.MultiplyAdd(TLanes.MultiplyAdd(TLanes.MultiplyAdd(TLanes.MultiplyAdd(x + TLanes.Broadcast(u), x, TLanes.Broadcast(-4.0 * u * u)), x, TLanes.Broadcast(-3.0 * u * u * u)), x, TLanes.Broadcast(3.0 * u * u * u * u)), x, TLanes.Broadcast(u * u * u * u * u));
}

/// <summary>12 cells: x⁵ - 4x³ + 3x.</summary>
internal readonly struct Cells12 : ICellCount
{
    public static int Count => 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Root<TLanes>(TLanes x, double u)
        where TLanes : struct, ILaneArithmetic<TLanes>
    {
        var y = x * x;
        return x * TLanes.MultiplyAdd(y + TLanes.Broadcast(-4.0 * u * u), y, TLanes.Broadcast(3.0 * u * u * u * u));
    }
}
