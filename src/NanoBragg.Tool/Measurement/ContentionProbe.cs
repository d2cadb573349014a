using System.Diagnostics;
using System.Globalization;
using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Measurement;

/// <summary>Watches what else goes on on the machine between its making and <see cref="Read"/>.</summary>
internal sealed class ContentionProbe
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly double? _loadBefore = Load();
    private readonly double? _waitedBefore = WaitedSeconds();
    private readonly double? _throttledBefore = CpuQuota.ThrottledSeconds();
    private readonly (double Stolen, double Total)? _ticksBefore = ProcessorTicks();

    /// <summary>Gets the evidence so far.</summary>
    /// <param name="workers">What the system counted for the workers that ran meanwhile.</param>
    /// <param name="runQueueWaitSeconds">For how long their measuring threads waited for a processor; null where they did not tell.</param>
    public Contention Read(IReadOnlyList<ProcessUsage> workers, double? runQueueWaitSeconds)
    {
        var wall = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        var ticks = ProcessorTicks();
        var switches = workers.Sum(usage => usage.InvoluntarySwitches);
        var workerSeconds = workers.Sum(usage => usage.WallSeconds);
        return new Contention
        {
            LoadBefore = _loadBefore,
            LoadAfter = Load(),
            CpuPressure = wall > 0 && (WaitedSeconds() - _waitedBefore) / wall is { } pressure ? Math.Clamp(pressure, 0, 1) : null,
            Steal = ticks is { } now && _ticksBefore is { } before && now.Total > before.Total ? (now.Stolen - before.Stolen) / (now.Total - before.Total) : null,
            Throttled = wall > 0 && (CpuQuota.ThrottledSeconds() - _throttledBefore) / wall is { } throttled ? Math.Clamp(throttled, 0, 1) : null,
            RunQueueWait = workerSeconds > 0 && runQueueWaitSeconds / workerSeconds is { } waited ? Math.Clamp(waited, 0, 1) : null,
            InvoluntarySwitchesPerSecond = workerSeconds > 0 && workers.Any(usage => usage.InvoluntarySwitches is not null) ? switches / workerSeconds : null,
        };
    }

    // "0.10 0.07 0.02 1/123 4567"
    private static double? Load() => Procfs.ReadAll("/proc/loadavg") is { } line ? Number(line.Split(' ')[0]) : null;

    // "some avg10=0.00 avg60=0.00 avg300=0.00 total=123456" (microseconds)
    private static double? WaitedSeconds()
    {
        const string Field = "total=";
        var line = Procfs.ReadAll("/proc/pressure/cpu")?.Split('\n')[0];
        return line?.IndexOf(Field, StringComparison.Ordinal) is { } at and >= 0 ? Number(line[(at + Field.Length)..]) * 1e-6 : null;
    }

    // "cpu user nice system idle iowait irq softirq steal guest guest_nice"; guest is part of user.
    private static (double Stolen, double Total)? ProcessorTicks()
    {
        var fields = Procfs.ReadAll("/proc/stat")?.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is { Length: >= 9 } ? (Number(fields[8]), fields[1..9].Sum(Number)) : null;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
