using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation.Simd.Direct;
using NanoBragg.Kernels.Simulation.Simd.Separable;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>The one place that decides which inner loop draws a plan.</summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal static class KernelChoice<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>What is made for three numbers of cells, once they are types.</summary>
    private interface IMaker<TKernel>
    {
        static abstract TKernel Make<TA, TB, TC>()
            where TA : struct, ICellCount
            where TB : struct, ICellCount
            where TC : struct, ICellCount;
    }

    private interface IAxis<TKernel>
    {
        TKernel Known<TCells>()
            where TCells : struct, ICellCount;
    }

    /// <summary>Chooses a kernel that takes each phase by itself.</summary>
    /// <param name="plan">What is drawn.</param>
    /// <returns>The kernel; null where the reflections are too many to be told by the bits of a number of this kind.</returns>
    public static LatticeKernel? For(SimulationPlan plan)
    {
        if (plan.StructureFactors is not { } grid)
        {
            return OfLattice<UniformStructure<TLanes, T>>(plan, default);
        }

        return grid.Squares<T>(plan.DefaultStructureFactor) is { } squares ? OfLattice<GridStructure<TLanes, T>>(plan, new(squares)) : null;
    }

    /// <summary>Chooses a kernel of the separable form.</summary>
    /// <param name="plan">What is drawn.</param>
    /// <returns>The kernel; null in float where there are too many cells for a polynomial, and for other crystals than blocks, and where reflections differ.</returns>
    public static SeparableKernel<T>? Separable(SimulationPlan plan) =>
        plan is not { Shape: CrystalShape.Block, StructureFactors: null } ? null
        : ICellCount.AreFew(plan.Cells) ? Make<SeparableKernel<T>, Apart>(plan.Cells)
        : typeof(T) == typeof(double) ? new ManyCellsKernel<TLanes, T>(plan.Cells) : null;

    private static LatticeKernel OfLattice<TStructure>(SimulationPlan plan, TStructure structure)
        where TStructure : struct, IStructure<TLanes, T> => plan switch
        {
            { Shape: CrystalShape.Ellipsoid } => new DirectKernel<TLanes, T, EllipsoidLattice<TLanes, T>, TStructure>(new(plan.Cells, plan.ShapeFudge), structure),
            { Shape: CrystalShape.Gaussian } =>
                new DirectKernel<TLanes, T, GaussianLattice<TLanes, T>, TStructure>(new(plan.Cells, plan.ShapeFudge, plan.ReciprocalLattice), structure),
            _ when ICellCount.AreFew(plan.Cells) => Make<Func<TStructure, LatticeKernel>, FewCells<TStructure>>(plan.Cells)(structure),
            _ => new DirectKernel<TLanes, T, ManyCellsLattice<TLanes, T>, TStructure>(new(plan.Cells), structure),
        };

    private static TKernel Make<TKernel, TMaker>((int A, int B, int C) cells)
        where TMaker : IMaker<TKernel> => Resolve<TKernel, AxisA<TKernel, TMaker>>(cells.A, new(cells.B, cells.C));

    /// <summary>Turns a number of cells into its type.</summary>
    private static TKernel Resolve<TKernel, TAxis>(int cells, TAxis axis)
        where TAxis : struct, IAxis<TKernel> => cells switch
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

    private sealed class FewCells<TStructure> : IMaker<Func<TStructure, LatticeKernel>>
        where TStructure : struct, IStructure<TLanes, T>
    {
        public static Func<TStructure, LatticeKernel> Make<TA, TB, TC>()
            where TA : struct, ICellCount
            where TB : struct, ICellCount
            where TC : struct, ICellCount =>
            static structure => new DirectKernel<TLanes, T, FewCellsLattice<TLanes, T, TA, TB, TC>, TStructure>(default, structure);
    }

    private sealed class Apart : IMaker<SeparableKernel<T>>
    {
        public static SeparableKernel<T> Make<TA, TB, TC>()
            where TA : struct, ICellCount
            where TB : struct, ICellCount
            where TC : struct, ICellCount => new SeparableKernel<TLanes, T, TA, TB, TC>();
    }

    private readonly struct AxisA<TKernel, TMaker>(int cellsB, int cellsC) : IAxis<TKernel>
        where TMaker : IMaker<TKernel>
    {
        public TKernel Known<TA>()
            where TA : struct, ICellCount => Resolve<TKernel, AxisB<TKernel, TMaker, TA>>(cellsB, new(cellsC));
    }

    private readonly struct AxisB<TKernel, TMaker, TA>(int cellsC) : IAxis<TKernel>
        where TMaker : IMaker<TKernel>
        where TA : struct, ICellCount
    {
        public TKernel Known<TB>()
            where TB : struct, ICellCount => Resolve<TKernel, AxisC<TKernel, TMaker, TA, TB>>(cellsC, default);
    }

    private readonly struct AxisC<TKernel, TMaker, TA, TB> : IAxis<TKernel>
        where TMaker : IMaker<TKernel>
        where TA : struct, ICellCount
        where TB : struct, ICellCount
    {
        public TKernel Known<TC>()
            where TC : struct, ICellCount => TMaker.Make<TA, TB, TC>();
    }
}
