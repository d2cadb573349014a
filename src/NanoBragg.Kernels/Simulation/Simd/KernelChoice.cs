namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>The one place that decides which inner loop draws a plan.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal static class KernelChoice<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    private const int FewCells = 12;

    private interface IAxis
    {
        LatticeKernel Known<TCells>()
            where TCells : struct, ICellCount;
    }

    /// <summary>Chooses a kernel.</summary>
    /// <param name="cells">Cells along a, b and c.</param>
    /// <returns>The kernel compiled for these numbers of cells, or the one for any.</returns>
    public static LatticeKernel For((int A, int B, int C) cells) =>
        cells.A <= FewCells && cells.B <= FewCells && cells.C <= FewCells
            ? Resolve(cells.A, new AxisA(cells.B, cells.C))
            : new ManyCellsKernel<TLanes, T>(cells);

    /// <summary>Turns a number of cells into its type.</summary>
    private static LatticeKernel Resolve<TAxis>(int cells, TAxis axis)
        where TAxis : struct, IAxis => cells switch
        {
            1 => axis.Known<Cells1>(),
            2 => axis.Known<Cells2>(),
            3 => axis.Known<Cells3>(),
            4 => axis.Known<Cells4>(),
            5 => axis.Known<Cells5>(),
            6 => axis.Known<Cells6>(),
            7 => axis.Known<Cells7>(),
            8 => axis.Known<Cells8>(),
            9 => axis.Known<Cells9>(),
            10 => axis.Known<Cells10>(),
            11 => axis.Known<Cells11>(),
            12 => axis.Known<Cells12>(),
            _ => throw new ArgumentOutOfRangeException(nameof(cells), cells, "The number of cells along an axis is at least 1."),
        };

    private readonly struct AxisA(int cellsB, int cellsC) : IAxis
    {
        public LatticeKernel Known<TA>()
            where TA : struct, ICellCount => Resolve(cellsB, new AxisB<TA>(cellsC));
    }

    private readonly struct AxisB<TA>(int cellsC) : IAxis
        where TA : struct, ICellCount
    {
        public LatticeKernel Known<TB>()
            where TB : struct, ICellCount => Resolve(cellsC, default(AxisC<TA, TB>));
    }

    private readonly struct AxisC<TA, TB> : IAxis
        where TA : struct, ICellCount
        where TB : struct, ICellCount
    {
        public LatticeKernel Known<TC>()
            where TC : struct, ICellCount => new FewCellsKernel<TLanes, T, TA, TB, TC>();
    }
}
