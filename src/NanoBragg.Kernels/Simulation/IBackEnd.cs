namespace NanoBragg.Kernels.Simulation;

/// <summary>Something that renders a <see cref="SimulationPlan"/> into a picture.</summary>
public interface IBackEnd
{
    /// <summary>Gets the name that users choose it by, such as <c>reference</c> or <c>simd-float</c>.</summary>
    string Name { get; }

    /// <summary>Gets what this back end does not draw itself and hands to the Reference back end: slowly, but never wrong.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The first such thing that the plan asks for, by its flags; null where it draws all of it.</returns>
    string? HandsOver(SimulationPlan plan);

    /// <summary>Renders the whole picture, overwriting every pixel.</summary>
    /// <param name="plan">What to simulate.</param>
    /// <param name="image">Row-major picture, slow axis outer, fast axis inner: <c>SlowPixels × FastPixels</c> values, photons per pixel.</param>
    /// <exception cref="ArgumentException"><paramref name="image"/> has another length than the plan's picture.</exception>
    void Render(SimulationPlan plan, float[] image);

    /// <summary>Renders the whole picture in double precision, before the store to float32 that the reference program does.</summary>
    /// <inheritdoc cref="Render(SimulationPlan, float[])"/>
    void Render(SimulationPlan plan, double[] image);
}
