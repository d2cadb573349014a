using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Processes;
using NanoBragg.Tool.Measurement.Workers;

namespace NanoBragg.Tool.Bench.Cold;

/// <summary>A fresh process that draws a picture, like a program that is started for it: this tool's own hidden command.</summary>
internal static class ColdProcess
{
    /// <summary>The hidden command.</summary>
    public const string Command = "cold";

    /// <summary>Starts a process and waits for its end.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="threads">Threads that draw.</param>
    /// <param name="cancellation">Kills the process.</param>
    /// <returns>When it was how far.</returns>
    /// <exception cref="UserError">The process failed; the message has what it said last.</exception>
    public static ColdTimes Start(BenchCase picture, SimdPrecision precision, int threads, CancellationToken cancellation)
    {
        using var folder = WorkerFolder.Create();
        string times = Path.Combine(folder.Path, "times"), log = Path.Combine(folder.Path, "cold.log");
        string[] commandLine =
        [
            .. WorkerLauncher.ToolCommandLine(), Command, times, Precisions.Name(precision), threads.ToString(CultureInfo.InvariantCulture), picture.Flags,
        ];
        var end = ChildProcess.Run(commandLine, new Dictionary<string, string>(), log, Timeout.InfiniteTimeSpan, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return end.ExitCode == 0 && File.Exists(times) ? JsonSerializer.Deserialize(File.ReadAllText(times), BenchJson.Default.ColdTimes)!
            : throw new UserError($"a process that draws {picture.Name} failed: {File.ReadAllText(log).ReplaceLineEndings(" ").Trim()}");
    }

    /// <summary>Is the process.</summary>
    /// <param name="arguments">Where the times go, the arithmetic, the threads and the flags.</param>
    /// <returns>0.</returns>
    public static int Be(ReadOnlySpan<string> arguments)
    {
        var own = Worker.SecondsSinceStart();
        Leash.Attach(Path.GetDirectoryName(Path.GetFullPath(arguments[0]))!);
        var precision = Precisions.Simd(arguments[1])!.Value;
        var plan = SimulationPlan.Create(CommandLineFlags.Parse(arguments[3].Split(' '), Path.GetTempPath()));
        var planned = Worker.SecondsSinceStart();
        var image = new float[plan.FastPixels * plan.SlowPixels];
        var backEnd = new SimdBackEnd(precision, int.Parse(arguments[2], CultureInfo.InvariantCulture));
        backEnd.Render(plan, image);
        var drawn = Worker.SecondsSinceStart();
        var again = Stopwatch.GetTimestamp();
        backEnd.Render(plan, image);
        var times = new ColdTimes(own, planned, drawn, Stopwatch.GetElapsedTime(again).TotalSeconds);
        File.WriteAllText(arguments[0], JsonSerializer.Serialize(times, BenchJson.Default.ColdTimes));
        return 0;
    }
}

/// <summary>What a process's first picture took, s.</summary>
/// <param name="Own">From the process's start to its first own instruction: the runtime.</param>
/// <param name="Planned">To the picture's plan: reading flags.</param>
/// <param name="Drawn">To the first picture.</param>
/// <param name="Second">What the second picture took, into the same memory.</param>
internal sealed record ColdTimes(double Own, double Planned, double Drawn, double Second);
