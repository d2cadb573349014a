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
/// <param name="Steps">How it goes through a pixel's steps.</param>
/// <param name="Lanes">Pixels that a work-item draws side by side: chains of operations on a GPU, a register's elements on a CPU.</param>
internal readonly record struct ProgramVariant(bool IsDouble, CrystalShape Shape, (int A, int B, int C)? FewCells, bool HasGrid, bool HardwareCosine, StepForm Steps, int Lanes)
{
    /// <summary>Evaluations that a work-group holds at once.</summary>
    public const int Batch = 128;

    // A program for one number of cells costs the compiler up to a second, once, and makes a step up to twice as fast; PoCL compiles slowly.
    private const long StepsWorthItOnCpu = 100_000_000;
    private const long StepsWorthIt = 1_000_000;

    /// <summary>Gets the work-items of a group, which draw a tile.</summary>
    public int Items => Tile.Width * TileHeight / Lanes;

    /// <summary>Gets the pixels of a tile along the slow axis; along the fast axis it has <see cref="Tile.Width"/>.</summary>
    public int TileHeight => TileHeightOf(Steps);

    /// <summary>Gets the compiler's options.</summary>
    public string Options => string.Join(' ', All());

    /// <summary>Chooses what a plan's program is compiled for.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="kind">What the device is.</param>
    /// <param name="stepsWorthIt">Steps from which a block of few cells has a program of its own; null for the usual number.</param>
    /// <param name="lanes">Pixels that a work-item draws; null for what suits the device.</param>
    public static ProgramVariant For(SimulationPlan plan, OpenClPrecision precision, OpenClDeviceKind kind, long? stepsWorthIt = null, int? lanes = null)
    {
        var isDouble = precision == OpenClPrecision.Double;
        var hasGrid = plan.StructureFactors is not null;
        var steps = new RegionRows(plan.FastPixels, plan.SlowPixels, plan.Region).Pixels * plan.StepsPerPixel;
        var few = plan.Shape == CrystalShape.Block && ICellCount.AreFew(plan.Cells) && steps >= (stepsWorthIt ?? (kind == OpenClDeviceKind.Cpu ? StepsWorthItOnCpu : StepsWorthIt));
        var registers = isDouble ? 8 : 16;
        var chains = isDouble ? 2 : 4;
        var form = FormFor(plan, precision, lanes);
        return new(
            isDouble,
            plan.Shape,
            few ? plan.Cells : null,
            hasGrid,
            few && !hasGrid && precision == OpenClPrecision.FloatFast && FloatReach.Covers(plan, roundings: 4.0),
            form,
            lanes ?? (form == StepForm.SingleAlongColumns ? StepForms.ColumnPixels : kind == OpenClDeviceKind.Cpu ? registers : chains));
    }

    /// <summary>Gets the pixels of a tile along the slow axis, which is the same for all devices.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="lanes">Pixels that a work-item draws; null for what suits the device.</param>
    public static int TileHeightFor(SimulationPlan plan, OpenClPrecision precision, int? lanes) => TileHeightOf(FormFor(plan, precision, lanes));

    private static int TileHeightOf(StepForm form) => form == StepForm.SingleAlongColumns ? StepForms.ColumnPixels : Tile.Height;

    // A column has its own number of lanes.
    private static StepForm FormFor(SimulationPlan plan, OpenClPrecision precision, int? lanes) =>
        StepForms.For(plan, mayFollow: precision != OpenClPrecision.Double && lanes is null);

    private IEnumerable<string> All()
    {
        yield return "-cl-std=CL1.2";
        yield return Invariant($"-DLANES={Lanes} -DITEMS={Items} -DTILE_WIDTH={Tile.Width} -DTILE_HEIGHT={TileHeight} -DBATCH={Batch}");
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

        if (Steps != StepForm.Many)
        {
            yield return "-DSINGLE_STEP";
        }

        if (Steps == StepForm.SingleAlongColumns)
        {
            yield return "-DALONG_COLUMNS";
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
