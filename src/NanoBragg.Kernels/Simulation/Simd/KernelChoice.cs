using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation.Simd.Direct;
using NanoBragg.Kernels.Simulation.Simd.Separable;
using NanoBragg.Kernels.Simulation.Simd.Spots;
using NanoBragg.Kernels.Simulation.Simd.Structure;

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

        var interpolates = Interpolates(plan);
        return grid.Padded<T>(plan.DefaultStructureFactor, squared: !interpolates) is not { } padded ? null
            : interpolates ? OfLattice<InterpolatedStructure<TLanes, T>>(plan, new(padded)) : OfLattice<GridStructure<TLanes, T>>(plan, new(padded));
    }

    /// <summary>Chooses a kernel of the separable form.</summary>
    /// <typeparam name="TDoubles">A register of doubles, for what decides about accuracy.</typeparam>
    /// <param name="plan">What is drawn.</param>
    /// <returns>The kernel; null in float where that would not do, or where the reflections are too many to be told by the bits of a number of this kind.</returns>
    public static SeparableKernel<T>? Separable<TDoubles>(SimulationPlan plan)
        where TDoubles : struct, ILanes<TDoubles, double>
    {
        if (plan.StructureFactors is not { } grid)
        {
            return SeparableOf<TDoubles, UniformStructure<TLanes, T>>(plan, default);
        }

        var interpolates = Interpolates(plan);
        return grid.Padded<T>(plan.DefaultStructureFactor, squared: !interpolates) is not { } padded ? null
            : interpolates ? SeparableOf<TDoubles, InterpolatedStructure<TLanes, T>>(plan, new(padded))
            : SeparableOf<TDoubles, GridStructure<TLanes, T>>(plan, new(padded));
    }

    // What stops partway is drawn by Reference.
    private static bool Interpolates(SimulationPlan plan) => plan.InterpolatesStructureFactors && Interpolation.CourseOf(plan) == InterpolationCourse.Throughout;

    private static SeparableKernel<T>? SeparableOf<TDoubles, TStructure>(SimulationPlan plan, TStructure structure)
        where TDoubles : struct, ILanes<TDoubles, double>
        where TStructure : struct, IStructure<TLanes, T> => plan switch
        {
            { Shape: CrystalShape.Block } when !ICellCount.AreFew(plan.Cells) => new ManyCellsKernel<TDoubles, TLanes, T, TStructure>(plan.Cells, structure),
            _ when typeof(T) == typeof(float) && !FloatReach.Covers(plan) => null,
            { Shape: CrystalShape.Ellipsoid } =>
                new SpotKernel<TDoubles, TLanes, T, Ellipsoid<TLanes, T>, TStructure>(new(plan.Cells, plan.ShapeFudge), structure),
            { Shape: CrystalShape.Gaussian } =>
                new SpotKernel<TDoubles, TLanes, T, Gaussian<TLanes, T>, TStructure>(new(plan.Cells, GaussianExponent.Of(plan.Cells, plan.ShapeFudge, plan.ReciprocalLattice)), structure),
            _ => Make<Func<TStructure, SeparableKernel<T>>, FewCellsByTiles<TDoubles, TStructure>>(plan.Cells)(structure),
        };

    private static LatticeKernel OfLattice<TStructure>(SimulationPlan plan, TStructure structure)
        where TStructure : struct, IStructure<TLanes, T> => plan switch
        {
            { Shape: CrystalShape.Ellipsoid } => new SpotDirectKernel<TLanes, T, Ellipsoid<TLanes, T>, TStructure>(new(plan.Cells, plan.ShapeFudge), structure),
            { Shape: CrystalShape.Gaussian } =>
                new SpotDirectKernel<TLanes, T, Gaussian<TLanes, T>, TStructure>(new(plan.Cells, GaussianExponent.Of(plan.Cells, plan.ShapeFudge, plan.ReciprocalLattice)), structure),
            _ when ICellCount.AreFew(plan.Cells) => Make<Func<TStructure, LatticeKernel>, FewCellsDirectly<TStructure>>(plan.Cells)(structure),
            _ => new ManyCellsDirectKernel<TLanes, T, TStructure>(plan.Cells, structure),
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

    private sealed class FewCellsDirectly<TStructure> : IMaker<Func<TStructure, LatticeKernel>>
        where TStructure : struct, IStructure<TLanes, T>
    {
        public static Func<TStructure, LatticeKernel> Make<TA, TB, TC>()
            where TA : struct, ICellCount
            where TB : struct, ICellCount
            where TC : struct, ICellCount =>
            static structure => new FewCellsDirectKernel<TLanes, T, TA, TB, TC, TStructure>(structure);
    }

    private sealed class FewCellsByTiles<TDoubles, TStructure> : IMaker<Func<TStructure, SeparableKernel<T>>>
        where TDoubles : struct, ILanes<TDoubles, double>
        where TStructure : struct, IStructure<TLanes, T>
    {
        public static Func<TStructure, SeparableKernel<T>> Make<TA, TB, TC>()
            where TA : struct, ICellCount
            where TB : struct, ICellCount
            where TC : struct, ICellCount => static structure => new FewCellsKernel<TDoubles, TLanes, T, TA, TB, TC, TStructure>(structure);
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
