using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Kernels.Benchmarks;

/// <summary>Prepares the rendering of one picture as a kernel run. The AT-PERF scenarios differ only in what they pass here.</summary>
internal static class PictureRun
{
    /// <summary>Prepares a picture.</summary>
    /// <param name="experiment">What to simulate.</param>
    /// <param name="precision"><c>double</c> or <c>float</c>.</param>
    /// <param name="threads">Threads that render.</param>
    /// <param name="known">What the picture must show.</param>
    /// <returns>The run; its steps are the plan's evaluations, its bytes those of AT-PERF-003 (three values a pixel).</returns>
    public static KernelRun Prepare(Experiment experiment, string precision, int threads, KnownPicture known)
    {
        var plan = SimulationPlan.Create(experiment);
        var image = new DiffractionImage(plan.FastPixels, plan.SlowPixels, new float[plan.FastPixels * plan.SlowPixels]);
        var backEnd = BackEnd(precision, threads);
        var isFloat = precision == "float";
        return new KernelRun(() => backEnd.Render(plan, image.Pixels))
        {
            Steps = plan.Steps,
            StepUnit = "steps",
            Bytes = 3.0 * (isFloat ? sizeof(float) : sizeof(double)) * plan.FastPixels * plan.SlowPixels,
            Threads = threads,
            Check = () => known.Verify(image, isFloat ? 3e-6 : 1e-8, isFloat ? 1e-4 : 1e-7),
        };
    }

    /// <summary>The device comes from outside, so that <c>diag --device</c> can compare the same scenarios on another back end.</summary>
    private static IBackEnd BackEnd(string precision, int threads) => Environment.GetEnvironmentVariable("NANOBRAGG_DEVICE") switch
    {
        null or "" or "cpu" => new SimdBackEnd(precision == "float" ? SimdPrecision.Float : SimdPrecision.Double, threads),
        "reference" => new ReferenceBackEnd(),
        var other => throw new InvalidOperationException($"unknown device '{other}'; known are cpu and reference"),
    };
}
