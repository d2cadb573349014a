using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Flags;

/// <summary>All that a command line of the reference program asks for.</summary>
/// <param name="Experiment">What to simulate.</param>
/// <param name="Images">What to write.</param>
/// <param name="DumpFile">Where the structure factors of a reflection list are to be left for the next run, or null where there is no list.</param>
public sealed record CommandLineRun(Experiment Experiment, RequestedImages Images, string? DumpFile)
{
    /// <summary>Gets which pixels are printed while they are drawn, or null for none.</summary>
    public PrintedPixels? Printed { get; init; }

    /// <summary>Leaves the structure factors for the next run, as a whole or not at all. As in the reference program, a run goes on without.</summary>
    public void LeaveDump()
    {
        if (DumpFile is not null && Experiment.Crystal.StructureFactors is { } grid)
        {
            StructureFactorFiles.Leave(DumpFile, grid);
        }
    }
}
