using System.Diagnostics;
using System.Globalization;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>Watches for other work on the machine between two moments. Linux only; elsewhere nothing is told.</summary>
internal sealed class ContentionWatch
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly double? _load = Load();
    private readonly double? _stallMicroseconds = StallMicroseconds();
    private readonly (double Stolen, double All)? _ticks = Ticks();

    /// <summary>Ends the watch.</summary>
    /// <param name="usage">What the process that ran meanwhile used.</param>
    public Contention Stop(ProcessUsage usage)
    {
        var microseconds = Stopwatch.GetElapsedTime(_started).TotalMicroseconds;
        var ticks = Ticks() is { } now && _ticks is { } then ? (Stolen: now.Stolen - then.Stolen, All: now.All - then.All) : default;
        return new Contention
        {
            LoadBefore = _load,
            LoadAfter = Load(),
            CpuPressure = StallMicroseconds() - _stallMicroseconds is { } stalled ? Math.Min(1, stalled / microseconds) : null,
            Steal = ticks.All > 0 ? ticks.Stolen / ticks.All : null,
            InvoluntarySwitchesPerSecond = usage.WallSeconds > 0 ? usage.InvoluntarySwitches / usage.WallSeconds : null,
        };
    }

    /// <summary>The load averaged over a minute: the first number of <c>/proc/loadavg</c>.</summary>
    private static double? Load() => Procfs.ReadAll("/proc/loadavg")?.Split(' ') is [var load, ..] ? Number(load) : null;

    /// <summary>Time during which some task waited for a processor: <c>some avg10=… total=N</c> of <c>/proc/pressure/cpu</c>.</summary>
    private static double? StallMicroseconds() =>
        Procfs.ReadAll("/proc/pressure/cpu")?.Split('\n')[0].Split("total=") is [_, var total] ? Number(total) : null;

    /// <summary>The first line of <c>/proc/stat</c>: user, nice, system, idle, iowait, irq, softirq, steal; what follows is counted in these already.</summary>
    private static (double Stolen, double All)? Ticks() =>
        Procfs.ReadAll("/proc/stat")?.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["cpu", .. { Length: >= 8 } ticks]
            ? (Number(ticks[7]), ticks.Take(8).Sum(Number))
            : null;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
