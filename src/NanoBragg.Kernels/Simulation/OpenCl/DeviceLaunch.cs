namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>Gives a kernel its arguments, runs it to its end and reads the device's clock.</summary>
internal static unsafe class DeviceLaunch
{
    private const uint Started = 0x1282;
    private const uint Ended = 0x1283;

    /// <summary>Sets an argument.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="index">Which one, from 0.</param>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <exception cref="OpenClException">The driver refuses it.</exception>
    public static void Set<T>(KernelHandle kernel, uint index, T value)
        where T : unmanaged => OpenClException.Check(OpenClLibrary.SetArgument(kernel, index, (nuint)sizeof(T), &value), "setting the kernel's arguments");

    /// <summary>Sets an argument that is a buffer.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="index">Which one, from 0.</param>
    /// <param name="buffer">The buffer.</param>
    /// <exception cref="OpenClException">The driver refuses it.</exception>
    public static void Set(KernelHandle kernel, uint index, BufferHandle buffer) => Set(kernel, index, buffer.DangerousGetHandle());

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
