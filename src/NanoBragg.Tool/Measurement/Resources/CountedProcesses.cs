namespace NanoBragg.Tool.Measurement.Resources;

/// <summary>Fresh processes that do the same fixed amount of work, one after the other, until they agree on what that uses.</summary>
/// <param name="request">What each of them does.</param>
/// <param name="least">How many there are at least.</param>
/// <param name="remaining">The time that is left.</param>
/// <param name="replacements">Replaces what is killed from outside.</param>
/// <param name="cancellation">Kills the worker.</param>
internal sealed class CountedProcesses(WorkerRequest request, int least, Func<TimeSpan> remaining, WorkerReplacement replacements, CancellationToken cancellation)
{
    /// <summary>How many processes there are at most.</summary>
    public const int Most = 3;

    private readonly List<ProcessResources> _processes = [];
    private string? _failure;

    /// <summary>Gets whether another process would say nothing new.</summary>
    public bool IsOver => _failure is not null || _processes.Count == Most || (_processes.Count >= least && MeasuredResources.IsSettled(_processes));

    /// <summary>Runs one more process.</summary>
    public void RunOne()
    {
        if (remaining() == TimeSpan.Zero)
        {
            _failure = "the time limit was reached before it could be counted";
            return;
        }

        var outcome = replacements.Run(() => WorkerLauncher.Run(request, WorkerEnvironment.FixedCalls, remaining(), cancellation));
        var report = outcome.Report?.Cases.Count > 0 ? outcome.Report.Cases[0] : null;
        _failure = outcome.Failure ?? report?.Failure;
        if (_failure is null)
        {
            _processes.Add(new()
            {
                MinorFaults = outcome.Usage.MinorFaults,
                MajorFaults = outcome.Usage.MajorFaults,

                // The worker's own figure (VmHWM): what is polled from outside, or inherited from the spawning process, is another.
                MaxResidentBytes = outcome.Report!.PeakResidentBytes,
                Instructions = report?.Instructions,
                InstructionsNotAvailable = report?.InstructionsNotAvailable,
                Threads = report?.Threads ?? 1,
            });
        }
    }

    /// <summary>Sums up what they used.</summary>
    /// <param name="idle">What processes that ran no case used, summed up; null for these themselves.</param>
    public MeasuredResources Sum(MeasuredResources? idle) => _failure is { } why ? MeasuredResources.None(why) : MeasuredResources.Of(_processes, idle);
}
