namespace NanoBragg.Tool.Study;

/// <summary>One trial of a study: a line of the trials file.</summary>
internal sealed record Trial
{
    /// <summary>Gets when it ended, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets what was tried: see <see cref="Designs"/>.</summary>
    public required string Design { get; init; }

    /// <summary>Gets the kernel: <c>compute</c>, <c>memory</c> or <c>threads</c>.</summary>
    public required string Kernel { get; init; }

    /// <summary>Gets what ran beside it: see <see cref="Loads"/>.</summary>
    public required string Load { get; init; }

    /// <summary>Gets the share of work that the candidate did more: 0 for identical code, 0.05 for a slowdown of 5 %.</summary>
    public required double Injected { get; init; }

    /// <summary>Gets wall seconds to the verdict, or of the run where there is none by itself.</summary>
    public required double Seconds { get; init; }

    /// <summary>Gets the verdict, such as <c>pass</c>, <c>regressed</c>, <c>inconclusive</c>; null where it takes a pair of runs.</summary>
    public string? Verdict { get; init; }

    /// <summary>The verdict of a trial that could not be played.</summary>
    public const string Error = "error";

    /// <summary>Gets why it could not be played.</summary>
    public string? Why { get; init; }

    /// <summary>Gets, of a duet, each process's ratio of candidate to base.</summary>
    public IReadOnlyList<double> Ratios { get; init; } = [];

    /// <summary>Gets, of a run against yardsticks, each process's multiple of each yardstick.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Yardsticks { get; init; } = new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>Gets the candidate's mean wall seconds a call, process by process: what a gate with a stored mean would see.</summary>
    public IReadOnlyList<double> WallMeanSeconds { get; init; } = [];

    /// <summary>Gets the candidate's median wall seconds a call, process by process.</summary>
    public IReadOnlyList<double> WallMedianSeconds { get; init; } = [];

    /// <summary>Gets, of a benchmark job of another tool, its samples in seconds a call.</summary>
    public IReadOnlyList<double> SampleSeconds { get; init; } = [];
}

/// <summary>What a study tries.</summary>
internal static class Designs
{
    /// <summary>The gate against the base assembly.</summary>
    public const string Duet = "duet";

    /// <summary>The gate against yardsticks: a run of worker processes, to be judged against an earlier one.</summary>
    public const string Anchored = "anchored";

    /// <summary>A ShortRun job of BenchmarkDotNet.</summary>
    public const string ShortRun = "bdn-short";

    /// <summary>A MediumRun job of BenchmarkDotNet.</summary>
    public const string MediumRun = "bdn-medium";
}

/// <summary>What runs beside a trial.</summary>
internal static class Loads
{
    /// <summary>Nothing that the study started.</summary>
    public const string Idle = "idle";

    /// <summary>A bursty busy process.</summary>
    public const string One = "one";

    /// <summary>Two of them.</summary>
    public const string Two = "two";

    /// <summary>Another study, which somebody started on another processor: each is the other's load, and both go on twice as fast.</summary>
    public const string Peer = "peer";

    /// <summary>A worker process is stopped for a second (SIGSTOP, SIGCONT).</summary>
    public const string Stop = "stop";

    /// <summary>A worker's processor is taken for a second by a process of higher priority.</summary>
    public const string Steal = "steal";

    /// <summary>A worker process is killed.</summary>
    public const string Kill = "kill";
}
