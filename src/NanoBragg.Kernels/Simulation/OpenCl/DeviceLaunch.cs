namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>Runs a kernel to its end and reads the device's clock.</summary>
internal static unsafe class DeviceLaunch
{
    private const uint Started = 0x1282;
    private const uint Ended = 0x1283;

    /// <summary>Runs.</summary>
    /// <param name="session">The device.</param>
    /// <param name="kernel">The kernel, with its arguments.</param>
    /// <param name="items">Work-items.</param>
    /// <param name="group">Work-items of a group; null for what the driver chooses.</param>
    /// <param name="what">What is done, for the error.</param>
    /// <returns>The kernel's time by the device's clock, s.</returns>
    /// <exception cref="OpenClException">The device fails.</exception>
    public static double Run(OpenClSession session, KernelHandle kernel, nuint items, nuint? group, string what)
    {
        var size = group.GetValueOrDefault();
        OpenClException.Check(OpenClLibrary.Launch(session.Queue, kernel, 1, null, &items, group is null ? null : &size, 0, null, out var done), "starting the kernel");
        using (done)
        {
            OpenClException.Check(OpenClLibrary.Finish(session.Queue), what);
            OpenClException.Check(OpenClLibrary.GetProfilingInfo(done, Started, sizeof(ulong), out var start, null), "reading the device's clock");
            OpenClException.Check(OpenClLibrary.GetProfilingInfo(done, Ended, sizeof(ulong), out var end, null), "reading the device's clock");
            return 1e-9 * (end - start);
        }
    }
}
