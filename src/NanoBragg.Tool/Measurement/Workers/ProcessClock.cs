using System.Diagnostics;
using System.Runtime.CompilerServices;
using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>The clocks and counters of this process.</summary>
internal static unsafe class ProcessClock
{
    /// <summary>Gets the CPU time of all threads of this process, s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double CpuSeconds()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Environment.CpuUsage.TotalTime.TotalSeconds;
        }

        LinuxCalls.TimeSpec time;
        _ = LinuxCalls.ReadClock(LinuxCalls.ProcessCpuClock, &time);
        return time.Seconds + (time.Nanoseconds * 1e-9);
    }

    /// <summary>Gets a wall clock that never steps, s.</summary>
    public static double WallSeconds() => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    /// <summary>Gets the minor page faults of this process; null where the system does not tell.</summary>
    public static long? MinorFaults()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        LinuxCalls.Usage usage;
        _ = LinuxCalls.GetUsage(LinuxCalls.SelfUsage, &usage);
        return usage.MinorFaults;
    }
}
