using System.Numerics;
using NanoBragg.Kernels.Simulation.Finishing;
using NanoBragg.Kernels.Simulation.Reference;

namespace NanoBragg.Kernels.Simulation;

/// <summary>A back end that draws what it can its own way and hands the rest to the Reference one: slowly, but never wrong.</summary>
public abstract class FastBackEnd : IBackEnd
{
    private protected FastBackEnd()
    {
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>Gets the threads of the processor that draw what is handed over, and finish what is not.</summary>
    private protected abstract int ProcessorThreads { get; }

    /// <inheritdoc/>
    public abstract string? HandsOver(SimulationPlan plan);

    /// <inheritdoc/>
    /// <exception cref="DeviceException">A device fails, or cannot keep what the arithmetic promises.</exception>
    /// <exception cref="OperationCanceledException">A device's <see cref="DeviceBackEnd.Cancellation"/> asked for it.</exception>
    public void Render(SimulationPlan plan, float[] image)
    {
        if (HandsOver(plan) is not null)
        {
            new ReferenceBackEnd(ProcessorThreads).Render(plan, image);
        }
        else if (Finish.Adds(plan))
        {
            ArgumentNullException.ThrowIfNull(image);
            var doubles = new double[image.Length];
            DrawAndFinish(plan, doubles);
            Finish.Round(doubles, image);
        }
        else
        {
            DrawAndFinish(plan, image);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="DeviceException">A device fails, or cannot keep what the arithmetic promises.</exception>
    /// <exception cref="OperationCanceledException">A device's <see cref="DeviceBackEnd.Cancellation"/> asked for it.</exception>
    public void Render(SimulationPlan plan, double[] image)
    {
        if (HandsOver(plan) is not null)
        {
            new ReferenceBackEnd(ProcessorThreads).Render(plan, image);
        }
        else
        {
            DrawAndFinish(plan, image);
        }
    }

    /// <summary>Draws the crystal's picture, as if nothing were left out (<see cref="Finish"/>).</summary>
    /// <param name="plan">A plan that is not handed over and does not contradict itself.</param>
    /// <param name="image">Where to, of the right length.</param>
    /// <typeparam name="TPixel">Kind of number.</typeparam>
    private protected abstract void Draw<TPixel>(SimulationPlan plan, TPixel[] image)
        where TPixel : unmanaged, IBinaryFloatingPointIeee754<TPixel>;

    private void DrawAndFinish<TPixel>(SimulationPlan plan, TPixel[] image)
        where TPixel : unmanaged, IBinaryFloatingPointIeee754<TPixel>
    {
        ArgumentNullException.ThrowIfNull(image);
        ImageLength.Require(plan, image);
        WholePlan.Require(plan);
        Draw(plan, image);
        Finish.Picture(plan, image, ProcessorThreads);
    }
}
