namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>
/// The threads that draw pictures: kept from one picture to the next, because starting one costs as much as a small picture, and asleep in
/// between. One crew for the process, so that threads do not add up; a job at a time.
/// </summary>
internal static class RenderCrew
{
    private static readonly Lock _oneJob = new();
    private static readonly object _signal = new();
    private static RenderJob? _current;
    private static int _members;
    private static int _wanted;
    private static int _working;
    private static int _generation;

    /// <summary>Draws a job on the calling thread and <paramref name="threads"/> - 1 others; allocates nothing once they have been started.</summary>
    /// <param name="job">The job.</param>
    /// <param name="threads">Threads, the caller included, at least 1.</param>
    public static void Run(RenderJob job, int threads)
    {
        if (threads == 1)
        {
            job.Work(0);
            return;
        }

        lock (_oneJob)
        {
            lock (_signal)
            {
                for (; _members < threads - 1; _members++)
                {
                    var worker = _members + 1;
                    new Thread(() => Serve(worker)) { IsBackground = true, Name = $"NanoBragg render {worker}" }.Start();
                }

                _current = job;
                _wanted = threads - 1;
                _working = _wanted;
                _generation++;
                Monitor.PulseAll(_signal);
            }

            job.Work(0);
            lock (_signal)
            {
                while (_working > 0)
                {
                    Monitor.Wait(_signal);
                }

                _current = null;
            }
        }
    }

    private static void Serve(int worker)
    {
        var served = 0;
        for (; ; )
        {
            RenderJob job;
            lock (_signal)
            {
                while (served == _generation || worker > _wanted)
                {
                    served = _generation;
                    Monitor.Wait(_signal);
                }

                served = _generation;
                job = _current!;
            }

            job.Work(worker);
            lock (_signal)
            {
                _working--;
                Monitor.PulseAll(_signal);
            }
        }
    }
}
