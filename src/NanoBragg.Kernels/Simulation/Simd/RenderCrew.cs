namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>
/// The threads that draw pictures: kept from one picture to the next, because starting one costs as much as a small picture, and asleep in between.
/// One for the process, so that they do not add up; a job at a time.
/// </summary>
internal static class RenderCrew
{
    private static readonly Lock OneJob = new();
    private static readonly object Signal = new();
    private static RenderJob? current;
    private static int members;
    private static int wanted;
    private static int working;
    private static int generation;

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

        lock (OneJob)
        {
            lock (Signal)
            {
                for (; members < threads - 1; members++)
                {
                    var worker = members + 1;
                    new Thread(() => Serve(worker)) { IsBackground = true, Name = $"NanoBragg render {worker}" }.Start();
                }

                current = job;
                wanted = threads - 1;
                working = wanted;
                generation++;
                Monitor.PulseAll(Signal);
            }

            job.Work(0);
            lock (Signal)
            {
                while (working > 0)
                {
                    Monitor.Wait(Signal);
                }

                current = null;
            }
        }
    }

    private static void Serve(int worker)
    {
        var served = 0;
        for (; ; )
        {
            RenderJob job;
            lock (Signal)
            {
                while (served == generation || worker > wanted)
                {
                    served = generation;
                    Monitor.Wait(Signal);
                }

                served = generation;
                job = current!;
            }

            job.Work(worker);
            lock (Signal)
            {
                working--;
                Monitor.PulseAll(Signal);
            }
        }
    }
}
