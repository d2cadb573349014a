using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>Splits the life of a worker into stages, so that what a kernel costs is told apart from what its process costs.</summary>
internal static class StageTimes
{
    /// <summary>The stage that is the kernels' own cost.</summary>
    public const string TimedCalls = WorkerStage.TimedCalls;

    /// <summary>The last stage: what the worker cannot see of itself.</summary>
    public const string Rest = "report and end of the process";

    /// <summary>Splits a process; the stages add up to it.</summary>
    /// <param name="report">What the worker found.</param>
    /// <param name="usage">What the kernel of the operating system counted.</param>
    public static IReadOnlyList<StageTime> Of(WorkerReport report, ProcessUsage usage)
    {
        var stages = report.Stages.Select(s => new StageTime(s.Name, s.WallSeconds, s.CpuSeconds, s.JitSeconds)).ToList();
        var wall = usage.WallSeconds - stages.Sum(s => s.WallSeconds);
        var cpu = usage.UserSeconds + usage.SystemSeconds - stages.Sum(s => s.CpuSeconds);

        // Two clocks: differences of a tick may come out below zero.
        stages.Add(new StageTime(Rest, Math.Max(0, wall), cpu is { } rest ? Math.Max(0, rest) : null, null));
        return stages;
    }
}
