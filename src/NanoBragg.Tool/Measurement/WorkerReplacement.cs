using System.Globalization;

namespace NanoBragg.Tool.Measurement;

/// <summary>
/// Replaces workers that were killed from outside, by whoever is short of memory or patience: that says nothing about the kernel. A kernel that crashes its worker does so
/// by a signal of its own, and is not tried again.
/// </summary>
/// <param name="count">The workers of this run that have been replaced already.</param>
/// <param name="progress">Is told of each.</param>
internal sealed class WorkerReplacement(int count, IProgress<string> progress)
{
    /// <summary>The most workers of a run that are replaced. Who kills more of them means it.</summary>
    public const int Most = 2;

    private int _count = count;

    /// <summary>Gets the workers of the run that have been replaced; null for none.</summary>
    public int? Count => _count > 0 ? _count : null;

    /// <summary>Runs a worker, and another one for each that was killed.</summary>
    /// <param name="worker">Runs a fresh one.</param>
    /// <returns>How the last one ended.</returns>
    public WorkerOutcome Run(Func<WorkerOutcome> worker)
    {
        var outcome = worker();
        while (outcome.WasKilled && _count < Most)
        {
            _count++;
            progress.Report(string.Create(CultureInfo.InvariantCulture, $"{outcome.Failure}; nothing of it counts, a fresh one takes its place ({_count} of {Most} at most)"));
            outcome = worker();
        }

        return outcome;
    }
}
