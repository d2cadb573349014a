using System.Numerics;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Kernels.Simulation;

/// <summary>Draws on a device with a memory of its own, such as a GPU.</summary>
/// <remarks>
/// What only the Reference back end simulates, and what is interpolated (<see cref="SimulationPlan.NotForDevices"/>), is handed to it, as <see cref="SimdBackEnd"/> does. A picture is drawn at a time.
/// </remarks>
public abstract class DeviceBackEnd : FastBackEnd, IDisposable
{
    private readonly Lock _onePicture = new();

    private protected DeviceBackEnd()
    {
    }

    /// <summary>Gets or sets what ends the drawing of a picture between two of its bands.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Gets the time of the device's kernels for the last picture that it drew itself, without copies, s.</summary>
    public double KernelSeconds { get; private set; }

    /// <summary>Gets the steps of a device's first launch at most; null for what suits the device.</summary>
    internal long? FirstSteps { get; init; }

    /// <summary>Gets whether the device's image holds no numbers before it is drawn, so that a pixel left out shows.</summary>
    internal bool PoisonsImage { get; init; }

    /// <inheritdoc/>
    public sealed override string? HandsOver(SimulationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.NotForDevices;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <inheritdoc/>
    private protected sealed override int ProcessorThreads => Environment.ProcessorCount;

    /// <summary>Draws the pixels of a picture.</summary>
    /// <param name="plan">What it shows.</param>
    /// <param name="region">The pixels, at least one.</param>
    /// <param name="image">Where to.</param>
    /// <typeparam name="TPixel">Kind of number.</typeparam>
    /// <returns>The time of the device's kernels, s.</returns>
    private protected abstract double Draw<TPixel>(SimulationPlan plan, RegionRows region, TPixel[] image)
        where TPixel : unmanaged, IBinaryFloatingPointIeee754<TPixel>;

    private protected sealed override void Draw<TPixel>(SimulationPlan plan, TPixel[] image)
    {
        if (plan.Cells.A < 1 || plan.Cells.B < 1 || plan.Cells.C < 1)
        {
            throw new ArgumentException("The number of cells along an axis is at least 1.", nameof(plan));
        }

        var region = new RegionRows(plan.FastPixels, plan.SlowPixels, plan.Region);
        lock (_onePicture)
        {
            KernelSeconds = 0.0;
            if (region.Pixels > 0)
            {
                KernelSeconds = Draw(plan, region, image);
            }
        }
    }
}
