using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;

namespace NanoBragg.Tool.Bench;

/// <summary>A case ready to be drawn.</summary>
/// <param name="Case">The case.</param>
/// <param name="Plan">What is drawn: the whole picture or its middle, with pixels of the same size.</param>
/// <param name="WholeEdge">Edge of the whole picture, pixels.</param>
internal sealed record PreparedCase(BenchCase Case, SimulationPlan Plan, int WholeEdge)
{
    private const string ListName = "reflections.hkl";

    /// <summary>Gets the pixels drawn.</summary>
    public long Pixels => Plan.RenderedPixels;

    /// <summary>Gets the evaluations of a pixel; unlike <see cref="SimulationPlan.StepsPerPixel"/> those of a thick sensor's further layers count.</summary>
    public long StepsPerPixel => (long)Plan.StepsPerPixel * Plan.Sensor.Count;

    /// <summary>Gets the evaluations of a picture.</summary>
    public long Steps => Pixels * StepsPerPixel;

    /// <summary>Prepares a case. Files are made in a temporary folder that is gone afterwards, and none is read elsewhere.</summary>
    /// <param name="chosen">The case.</param>
    /// <param name="budget">How many steps it may have.</param>
    /// <returns>The case, made smaller where it has more.</returns>
    public static PreparedCase Of(BenchCase chosen, StepBudget budget)
    {
        var folder = Directory.CreateTempSubdirectory("nanobragg-bench-");
        try
        {
            var flags = chosen.Flags.Split(' ');
            if (chosen.HasReflections)
            {
                ReflectionList.Write(Path.Combine(folder.FullName, ListName));
                flags = [.. flags, "-hkl", ListName];
            }

            var whole = Flattened(flags, folder);
            var prepared = new PreparedCase(chosen, whole, whole.FastPixels);
            var steps = (whole.ReferenceOnly is null ? budget.Simd : budget.Reference) / chosen.StepWeight;
            var edge = StepBudget.Edge(steps, prepared.StepsPerPixel, whole.FastPixels);

            // A smaller detector, because the SIMD back end draws a region by drawing everything. Its beam is in the middle, too.
            return edge == whole.FastPixels
                ? prepared
                : prepared with { Plan = Flattened([.. flags, "-detpixels", edge.ToString(System.Globalization.CultureInfo.InvariantCulture)], folder) };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Gets the plan of the middle of what is drawn, small enough for Reference.</summary>
    public SimulationPlan Middle()
    {
        var edge = StepBudget.Edge(StepBudget.Comparison, StepsPerPixel, Plan.FastPixels);
        var first = (Plan.FastPixels - edge) / 2;
        return Plan with { Region = new PixelRegion(first, first + edge - 1, first, first + edge - 1) };
    }

    private static SimulationPlan Flattened(string[] flags, DirectoryInfo folder) =>
        SimulationPlan.Create(CommandLineFlags.ParseRun(flags, folder.FullName).Experiment);
}
