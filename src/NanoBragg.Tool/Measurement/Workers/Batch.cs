using System.Runtime.CompilerServices;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>One timed run of calls.</summary>
/// <param name="CpuSeconds">CPU time of all threads of the process, s.</param>
/// <param name="WallSeconds">Wall time, s.</param>
internal readonly record struct Batch(double CpuSeconds, double WallSeconds)
{
    /// <summary>Calls a kernel some times.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Batch Of(Action call, int calls)
    {
        var wall = ProcessClock.WallSeconds();
        var cpu = ProcessClock.CpuSeconds();
        for (var i = 0; i < calls; i++)
        {
            call();
        }

        return new Batch(ProcessClock.CpuSeconds() - cpu, ProcessClock.WallSeconds() - wall);
    }
}
