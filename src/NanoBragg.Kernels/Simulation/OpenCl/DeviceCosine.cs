namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>
/// The device's own cosine: OpenCL leaves its accuracy to the driver, so it is measured before it is trusted. GPUs have an instruction for it that is within 5e-7, but
/// for the rounding of its angle.
/// </summary>
internal static unsafe class DeviceCosine
{
    private const int Angles = 4096;

    // Angles that a tile's pixels have are within two turns of 0 for all but the steepest, which FloatReach refuses.
    private const double Turns = 2.0;
    private const double LargestError = 1e-6;
    private const double AngleRoundings = 2.5e-7;

    /// <summary>Whether a device's cosine is accurate enough.</summary>
    /// <param name="session">The device.</param>
    /// <param name="program">A program that takes it.</param>
    /// <returns>Whether it is within 1e-6, and two roundings of its angle, of the cosine.</returns>
    public static bool IsAccurate(OpenClSession session, LatticeProgram program)
    {
        var angles = new float[Angles];
        for (var i = 0; i < Angles; i++)
        {
            angles[i] = (float)(2.0 * Math.PI * Turns * ((2.0 * i / Angles) - 1.0));
        }

        var cosines = Of(session, program, angles);
        return Enumerable.Range(0, Angles).All(i => IsAccurate(angles[i], cosines[i]));
    }

    /// <summary>Whether one cosine is accurate enough; what is no number is not.</summary>
    /// <param name="angle">The angle.</param>
    /// <param name="cosine">What the device makes of it.</param>
    internal static bool IsAccurate(float angle, float cosine) => Math.Abs(cosine - Math.Cos(angle)) <= LargestError + (AngleRoundings * Math.Abs(angle));

    private static float[] Of(OpenClSession session, LatticeProgram program, float[] angles)
    {
        using var kernel = program.Named("cosines");
        using var given = session.Copy<float>(angles, "angles");
        using var found = session.Room<float>(angles.Length, "cosines");
        DeviceLaunch.Set(kernel, 0, given);
        DeviceLaunch.Set(kernel, 1, found);
        DeviceLaunch.Run(session, kernel, (nuint)angles.Length, null, "measuring the device's cosine");
        var cosines = new float[angles.Length];
        fixed (float* target = cosines)
        {
            OpenClException.Check(
                OpenClLibrary.Read(session.Queue, found, 1, 0, (nuint)cosines.Length * sizeof(float), target, 0, null, null), "measuring the device's cosine");
        }

        return cosines;
    }
}
