namespace NanoBragg.Tool.Diagnostics;

/// <summary>
/// Keeps every processor and the memory bus busy until it is disposed: one thread a processor that streams through a buffer of its own.
/// Threads, not processes, so that nothing outlives this process.
/// </summary>
internal sealed class MachineLoad : IDisposable
{
    /// <summary>Past most private caches, and together past a shared one.</summary>
    private const int BufferBytes = 8 << 20;

    private readonly Thread[] _threads;
    private volatile bool _stopped;

    /// <summary>Starts the load; returns when every thread is under way.</summary>
    /// <param name="threadCount">How many threads.</param>
    public MachineLoad(int threadCount)
    {
        using var started = new CountdownEvent(threadCount);
        _threads = new Thread[threadCount];
        for (var i = 0; i < threadCount; i++)
        {
            _threads[i] = new Thread(() => Stream(started)) { IsBackground = true, Name = "machine load" };
            _threads[i].Start();
        }

        started.Wait();
    }

    /// <summary>Stops the load and waits for its threads.</summary>
    public void Dispose()
    {
        _stopped = true;
        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private void Stream(CountdownEvent started)
    {
        var buffer = new long[BufferBytes / sizeof(long)];
        started.Signal();
        while (!_stopped)
        {
            for (var i = 0; i < buffer.Length; i++)
            {
                buffer[i] += i;
            }
        }
    }
}
