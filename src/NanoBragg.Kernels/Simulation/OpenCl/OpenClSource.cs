namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>What a driver compiles to draw a picture: for whoever wants to see what becomes of it.</summary>
/// <param name="Text">The kernels in OpenCL C 1.2.</param>
/// <param name="Options">The compiler's options.</param>
/// <param name="Lanes">Pixels that a work-item draws: its inner loop takes as many steps at once.</param>
public sealed record OpenClSource(string Text, string Options, int Lanes)
{
    /// <summary>Gets the source for a picture.</summary>
    /// <param name="plan">What the picture shows.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="kind">What the device is.</param>
    /// <param name="lanes">Pixels that a work-item draws, or null for what suits the device.</param>
    /// <returns>The source.</returns>
    public static OpenClSource Of(SimulationPlan plan, OpenClPrecision precision, OpenClDeviceKind kind, int? lanes = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var variant = ProgramVariant.For(plan, precision, kind, lanes: lanes);
        return new(LatticeProgram.Source, variant.Options, variant.Lanes);
    }
}
