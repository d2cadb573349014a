using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;

namespace NanoBragg.Kernels.Imaging;

/// <summary>From an experiment to its picture.</summary>
public static class ExperimentSimulation
{
    /// <summary>Simulates an experiment.</summary>
    /// <param name="experiment">What to simulate.</param>
    /// <param name="device">Who draws: <see cref="Simulation.Reference.ReferenceBackEnd"/> with the reference program's bits, or <see cref="Simulation.Simd.SimdBackEnd"/>, many times faster.</param>
    /// <returns>The picture: photons per pixel, slow axis outer.</returns>
    /// <exception cref="ExperimentException">The experiment cannot be simulated; the message says why.</exception>
    public static DiffractionImage Simulate(this Experiment experiment, IBackEnd device)
    {
        ArgumentNullException.ThrowIfNull(device);
        var plan = SimulationPlan.Create(experiment);
        var image = new DiffractionImage(plan.FastPixels, plan.SlowPixels, new float[plan.FastPixels * plan.SlowPixels]);
        device.Render(plan, image.Pixels);
        return image;
    }
}
