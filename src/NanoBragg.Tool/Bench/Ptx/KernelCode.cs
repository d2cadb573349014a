using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Tool.Measurement.Devices;

namespace NanoBragg.Tool.Bench.Ptx;

/// <summary>The inner loop of a case in one arithmetic, as a GPU would have it; the whole kernel where a pixel has one step and there is no loop.</summary>
/// <param name="Case">The case's name.</param>
/// <param name="Precision">The arithmetic.</param>
/// <param name="Steps">Steps of one turn of the loop.</param>
/// <param name="Loop">The instructions of one turn.</param>
internal sealed record KernelCode(string Case, string Precision, int Steps, LoopCode Loop)
{
    /// <summary>Compiles a case and counts.</summary>
    /// <param name="name">The case's name.</param>
    /// <param name="plan">What it draws.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="lanes">Pixels that a work-item draws, or null for what suits a GPU.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UserError">The kernels do not compile.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static KernelCode Of(string name, SimulationPlan plan, OpenClPrecision precision, int? lanes, CancellationToken cancellation)
    {
        var source = OpenClSource.Of(plan, precision, OpenClDeviceKind.Gpu, lanes);
        var listing = PtxCompiler.Compile(new(source.Text, source.Options), cancellation);
        return new(name, Precisions.Name(precision), source.Lanes, LoopCode.Of(listing) ?? LoopCode.OfKernel(listing, "draw"));
    }
}

/// <summary>The code of a suite's cases.</summary>
/// <param name="Rows">A row for each case and arithmetic; empty where there is none.</param>
/// <param name="NotAvailable">Why there is none, one line; null where there is.</param>
internal sealed record SuiteCode(IReadOnlyList<KernelCode> Rows, string? NotAvailable);
