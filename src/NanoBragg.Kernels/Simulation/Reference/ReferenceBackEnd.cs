namespace NanoBragg.Kernels.Simulation.Reference;

/// <summary>
/// The specification of the other back ends: scalar double, pixel by pixel, each operation in the reference program's order (physics.md section 16), so that
/// its doubles carry that program's bits, on any number of threads.
/// </summary>
/// <param name="threads">Threads that draw, the calling one included; 0 for one a processor.</param>
public sealed class ReferenceBackEnd(int threads = 1) : IBackEnd
{
    /// <inheritdoc/>
    public string Name => "reference";

    /// <summary>Gets the threads that draw, the calling one included.</summary>
    public int Threads { get; } = threads > 0 ? threads : threads == 0 ? Environment.ProcessorCount : throw new ArgumentOutOfRangeException(nameof(threads));

    /// <inheritdoc/>
    public string? HandsOver(SimulationPlan plan) => null;

    /// <inheritdoc/>
    public void Render(SimulationPlan plan, float[] image)
    {
        ImageLength.Require(plan, image);
        ReferenceRows.Draw(plan, image, new PixelLoop<Unobserved>(plan, default), Threads);
    }

    /// <inheritdoc/>
    public void Render(SimulationPlan plan, double[] image)
    {
        ImageLength.Require(plan, image);
        ReferenceRows.Draw(plan, image, new PixelLoop<Unobserved>(plan, default), Threads);
    }

    /// <summary>One pixel as the first of a run.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="fast">Fast coordinate.</param>
    /// <param name="slow">Slow coordinate.</param>
    /// <returns>Photons.</returns>
    internal static double FirstOfRun(SimulationPlan plan, int fast, int slow) => FirstOfRun(plan, fast, slow, out _);

    /// <summary>One pixel as the first of a run.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="fast">Fast coordinate.</param>
    /// <param name="slow">Slow coordinate.</param>
    /// <param name="evaluates">Whether the pixel has an evaluation; if not, a later pixel has the run's first.</param>
    /// <returns>Photons.</returns>
    internal static double FirstOfRun(SimulationPlan plan, int fast, int slow, out bool evaluates)
    {
        var loop = new PixelLoop<Unobserved>(plan, default);
        var value = loop.Next(fast, slow);
        evaluates = !loop.IsBeforeFirst;
        return value;
    }
}
