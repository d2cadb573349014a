using System.Diagnostics;
using System.Globalization;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Processes;
using NanoBragg.Tool.Measurement.Workers;

namespace NanoBragg.Tool.Study;

/// <summary>Other work on the machine: this tool's own <c>busy</c> command as a process that computes or copies memory in bursts, like a build beside the gate.</summary>
internal sealed class BusyProcess : IDisposable
{
    /// <summary>The hidden command.</summary>
    public const string Command = "busy";

    private const string Bursts = "bursts";
    private const int CopiedBytes = 32 * 1024 * 1024;

    private readonly CancellationTokenSource _end = new();
    private readonly WorkerFolder _folder = WorkerFolder.Create();
    private readonly Thread _thread;

    private BusyProcess(params string[] arguments)
    {
        _thread = new Thread(() => Run([Command, Path.Combine(_folder.Path, "busy.log"), .. arguments])) { IsBackground = true, Name = "busy process" };
        _thread.Start();
    }

    /// <summary>Starts a process that is busy for 0.05 to 1 s and idle for 0.1 to 2.5 s, again and again.</summary>
    /// <param name="seed">What decides how long.</param>
    public static BusyProcess InBursts(int seed) => new(Bursts, seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>Starts a process that takes one processor for itself, as far as the system lets it.</summary>
    /// <param name="processor">The processor.</param>
    /// <param name="time">For how long.</param>
    public static BusyProcess OnProcessor(int processor, TimeSpan time) =>
        new(processor.ToString(CultureInfo.InvariantCulture), time.TotalSeconds.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        _end.Dispose();
        _folder.Dispose();
    }

    /// <summary>Is the busy process.</summary>
    /// <param name="arguments">What follows the command's name.</param>
    /// <returns>0.</returns>
    public static int Be(ReadOnlySpan<string> arguments)
    {
        Leash.Attach(Path.GetDirectoryName(Path.GetFullPath(arguments[0]))!);
        var number = double.Parse(arguments[2], CultureInfo.InvariantCulture);
        if (arguments[1] == Bursts)
        {
            BeBusyInBursts(new Random((int)number));
        }

        ProcessorAffinity.Restrict([int.Parse(arguments[1], CultureInfo.InvariantCulture)]);
        RaisePriority();
        Compute(number);
        return 0;
    }

    private static void RaisePriority()
    {
        using var self = Process.GetCurrentProcess();
        try
        {
            self.PriorityClass = ProcessPriorityClass.RealTime;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Without the right to, it takes half of the processor.
        }
    }

    private void Run(string[] arguments)
    {
        try
        {
            _ = ChildProcess.Run([.. WorkerLauncher.ToolCommandLine(), .. arguments], new Dictionary<string, string>(), arguments[1], Timeout.InfiniteTimeSpan, _end.Token);
        }
        catch (OperationCanceledException)
        {
            // Ended before it began.
        }
    }

    private static void BeBusyInBursts(Random random)
    {
        var (from, to) = (new byte[CopiedBytes], new byte[CopiedBytes]);
        while (true)
        {
            var seconds = 0.05 + (0.95 * random.NextDouble());
            if (random.Next(2) == 0)
            {
                Compute(seconds);
            }
            else
            {
                for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started).TotalSeconds < seconds;)
                {
                    from.AsSpan().CopyTo(to);
                }
            }

            Thread.Sleep(TimeSpan.FromSeconds(0.1 + (2.4 * random.NextDouble())));
        }
    }

    private static void Compute(double seconds)
    {
        var sum = 0.0;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started).TotalSeconds < seconds;)
        {
            for (var i = 0; i < 10_000; i++)
            {
                sum += Math.Sin(i + sum);
            }
        }

        GC.KeepAlive(sum);
    }
}
