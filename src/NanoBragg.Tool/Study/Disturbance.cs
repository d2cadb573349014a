using NanoBragg.Tool.Measurement.Processes;
using NanoBragg.Tool.Measurement.Workers;

namespace NanoBragg.Tool.Study;

/// <summary>Does one thing to one worker process of this tool, while it measures: stops it for a second, takes its processor for a second, or kills it.</summary>
internal sealed class Disturbance : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;

    /// <summary>Waits for its moment, from 0.2 to 3 s from now, and for a worker.</summary>
    /// <param name="load">Which: see <see cref="Loads"/>.</param>
    /// <param name="seed">What decides when.</param>
    public Disturbance(string load, int seed)
    {
        var random = new Random(seed);
        _thread = new Thread(() => Disturb(load, TimeSpan.FromSeconds(0.2 + (2.8 * random.NextDouble())), random.Next(2))) { IsBackground = true, Name = "disturbance" };
        _thread.Start();
    }

    /// <summary>Gets whether it found a worker to disturb.</summary>
    public bool HasHappened { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        _end.Dispose();
    }

    private void Disturb(string load, TimeSpan delay, int which)
    {
        _end.Token.WaitHandle.WaitOne(delay);
        while (!_end.IsCancellationRequested)
        {
            if (WorkerProcess() is { } worker)
            {
                HasHappened = true;
                Disturb(load, worker, which);
                return;
            }

            _end.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(5));
        }
    }

    private void Disturb(string load, int worker, int which)
    {
        switch (load)
        {
            case Loads.Stop:
                _ = LinuxCalls.Kill(worker, LinuxCalls.StopSignal);
                _end.Token.WaitHandle.WaitOne(Second);
                _ = LinuxCalls.Kill(worker, LinuxCalls.ContinueSignal);
                break;
            case Loads.Steal:
                var processors = ProcessorAffinity.Allowed();
                using (BusyProcess.OnProcessor(processors[which % processors.Count], Second))
                {
                    _end.Token.WaitHandle.WaitOne(Second + TimeSpan.FromSeconds(0.2));
                }

                break;
            default:
                _ = LinuxCalls.Kill(worker, LinuxCalls.KillSignal);
                break;
        }
    }

    private static int? WorkerProcess()
    {
        foreach (var id in Procfs.Descendants(Environment.ProcessId))
        {
            var words = Procfs.ReadAll(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/proc/{id}/cmdline"))?.Split('\0') ?? [];
            if (words.Contains("worker"))
            {
                return id;
            }
        }

        return null;
    }
}
