using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation.Simd;
using static System.FormattableString;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>What the one kernel source is compiled for.</summary>
/// <param name="IsDouble">Whether the element is double.</param>
/// <param name="Shape">The lattice factor.</param>
/// <param name="FewCells">Cells along a, b and c of a block, where the program is for these alone; null where it is for any.</param>
/// <param name="HasGrid">Whether reflections differ.</param>
/// <param name="HardwareCosine">Whether the device's own cosine is taken.</param>
/// <param name="IsSingleStep">Whether a pixel has one step in all, which needs neither loops nor sums.</param>
/// <param name="Lanes">Pixels that a work-item draws side by side: chains of operations on a GPU, a register's elements on a CPU.</param>
internal readonly record struct ProgramVariant(bool IsDouble, CrystalShape Shape, (int A, int B, int C)? FewCells, bool HasGrid, bool HardwareCosine, bool IsSingleStep, int Lanes)
{
    /// <summary>Evaluations that a work-group holds at once.</summary>
    public const int Batch = 128;

    // A program for one number of cells costs the compiler up to a second, once, and makes a step up to twice as fast; PoCL compiles slowly.
    private const long StepsWorthItOnCpu = 100_000_000;
    private const long StepsWorthIt = 1_000_000;

    /// <summary>Gets the work-items of a group, which draw a tile.</summary>
    public int Items => Tile.Size / Lanes;

    /// <summary>Gets the compiler's options.</summary>
    public string Options => string.Join(' ', All());

    /// <summary>Chooses what a plan's program is compiled for.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="kind">What the device is.</param>
    /// <param name="stepsWorthIt">Steps from which a block of few cells has a program of its own; null for the usual number.</param>
    public static ProgramVariant For(SimulationPlan plan, OpenClPrecision precision, OpenClDeviceKind kind, long? stepsWorthIt = null)
    {
        var isDouble = precision == OpenClPrecision.Double;
        var hasGrid = plan.StructureFactors is not null;
        var steps = new RegionRows(plan.FastPixels, plan.SlowPixels, plan.Region).Pixels * plan.StepsPerPixel;
        var few = plan.Shape == CrystalShape.Block && ICellCount.AreFew(plan.Cells) && steps >= (stepsWorthIt ?? (kind == OpenClDeviceKind.Cpu ? StepsWorthItOnCpu : StepsWorthIt));
        var registers = isDouble ? 8 : 16;
        var chains = isDouble ? 2 : 4;
        return new(
            isDouble,
            plan.Shape,
            few ? plan.Cells : null,
            hasGrid,
            few && !hasGrid && precision == OpenClPrecision.FloatFast && FloatReach.Covers(plan, roundings: 4.0),
            plan.StepsPerPixel == 1 && plan.Sensor.Count == 1,
            kind == OpenClDeviceKind.Cpu ? registers : chains);
    }

    private IEnumerable<string> All()
    {
        yield return "-cl-std=CL1.2";
        yield return Invariant($"-DLANES={Lanes} -DITEMS={Items} -DTILE_WIDTH={Tile.Width} -DTILE_HEIGHT={Tile.Height} -DBATCH={Batch}");
        if (IsDouble)
        {
            yield return "-DIN_DOUBLE";
        }
        else
        {
            yield return "-cl-denorms-are-zero";
        }

        if (HasGrid)
        {
            yield return "-DHAS_GRID";
        }

        if (HardwareCosine)
        {
            yield return "-DHARDWARE_COSINE";
        }

        if (IsSingleStep)
        {
            yield return "-DSINGLE_STEP";
        }

        switch (Shape)
        {
            case CrystalShape.Ellipsoid:
                yield return "-DELLIPSOID";
                break;
            case CrystalShape.Gaussian:
                yield return "-DGAUSSIAN";
                break;
            default:
                if (FewCells is var (a, b, c))
                {
                    yield return Invariant($"-DCELLS_A={a} -DCELLS_B={b} -DCELLS_C={c}");
                }

                break;
        }
    }
}
