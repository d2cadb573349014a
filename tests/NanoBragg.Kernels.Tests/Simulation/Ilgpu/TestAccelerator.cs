using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Ilgpu;

namespace NanoBragg.Kernels.Tests.Simulation.Ilgpu;

/// <summary>The accelerator that tests draw on: ILGPU's own of the processor, which runs the kernel as it is, on any machine.</summary>
internal static class TestAccelerator
{
    private static readonly Lazy<IlgpuBackEnd> _cpu = new(() => new(IlgpuKind.Cpu) { PoisonsImage = true });

    public static IlgpuBackEnd Cpu => _cpu.Value;

    /// <summary>Draws over a poisoned picture, so that a pixel left out shows.</summary>
    public static double[] Draw(SimulationPlan plan, IlgpuBackEnd? backEnd = null)
    {
        var image = new double[plan.FastPixels * plan.SlowPixels];
        Array.Fill(image, double.NaN);
        (backEnd ?? Cpu).Render(plan, image);
        return image;
    }
}
