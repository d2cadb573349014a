using System.Runtime.CompilerServices;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>One timed run of calls.</summary>
/// <param name="CpuSeconds">CPU time of all threads of the process, s; where the kernel runs on a device, the device's own time instead.</param>
/// <param name="WallSeconds">Wall time, s.</param>
internal readonly record struct Batch(double CpuSeconds, double WallSeconds)
{
    /// <summary>Calls a kernel some times.</summary>
    /// <param name="timed">The kernel.</param>
    /// <param name="calls">How often.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Batch Of(TimedCall timed, int calls)
    {
        var (call, device) = (timed.Call, timed.DeviceSeconds);
        var wall = ProcessClock.WallSeconds();
        var cpu = device is null ? ProcessClock.CpuSeconds() : device();
        for (var i = 0; i < calls; i++)
        {
            call();
        }

        return new Batch((device is null ? ProcessClock.CpuSeconds() : device()) - cpu, ProcessClock.WallSeconds() - wall);
    }
}
