namespace NanoBragg.Tool.Study;

/// <summary>One kind of trial, and how many of it a whole study has.</summary>
/// <param name="Design">See <see cref="Designs"/>.</param>
/// <param name="Kernel">The kernel.</param>
/// <param name="Load">See <see cref="Loads"/>.</param>
/// <param name="Injected">The share of work that the candidate does more.</param>
/// <param name="Trials">How many a whole study has.</param>
internal sealed record StudyCell(string Design, string Kernel, string Load, double Injected, int Trials)
{
    /// <summary>Tells whether a trial is of this kind.</summary>
    /// <param name="trial">The trial.</param>
    public bool Holds(Trial trial) => trial.Design == Design && trial.Kernel == Kernel && trial.Load == Load && trial.Injected == Injected;
}

/// <summary>Which trials a study has, and which of them is next: a pure function of the trials so far, so that it can go on where it stopped.</summary>
internal static class StudyPlan
{
    // Most of the trials of a kernel of one thread are beside a peer: two studies at once take half of the time.
    private static readonly (string Load, double Share)[] OneThread = [(Loads.Idle, 0.2), (Loads.One, 0.1), (Loads.Two, 0.1), (Loads.Peer, 0.6)];
    private static readonly (string Load, double Share)[] TwoThreads = [(Loads.Idle, 0.6), (Loads.One, 0.2), (Loads.Two, 0.2)];

    /// <summary>Gets all kinds of trials.</summary>
    public static IReadOnlyList<StudyCell> Cells { get; } =
    [
        .. Everywhere("compute", OneThread, [(0, 1000), (0.01, 50), (0.02, 50), (0.03, 200), (0.05, 200), (0.10, 200)]),
        .. Everywhere("memory", OneThread, [(0, 300), (0.05, 200), (0.10, 50)]),
        .. Everywhere("threads", TwoThreads, [(0, 1000), (0.03, 100), (0.05, 200), (0.10, 100)]),
        .. new[] { Loads.Stop, Loads.Steal, Loads.Kill }.Select(load => new StudyCell(Designs.Duet, "compute", load, 0, 34)),
        .. new[] { 0, 0.2 }.SelectMany(injected => new[] { Loads.Idle, Loads.One, Loads.Two }.Select(load => new StudyCell(Designs.Anchored, "compute", load, injected, 20))),
    ];

    /// <summary>Gives the kind that is furthest behind what a whole study has; the first of those that are equally far.</summary>
    /// <param name="cells">The kinds to choose from.</param>
    /// <param name="trials">The trials so far.</param>
    /// <returns>The kind, or null where all are complete.</returns>
    public static StudyCell? Next(IEnumerable<StudyCell> cells, IReadOnlyList<Trial> trials) => cells
        .Select(cell => (Cell: cell, Done: trials.Count(cell.Holds)))
        .Where(counted => counted.Done < counted.Cell.Trials)
        .OrderBy(counted => counted.Done / (double)counted.Cell.Trials)
        .Select(counted => counted.Cell)
        .FirstOrDefault();

    private static IEnumerable<StudyCell> Everywhere(string kernel, (string Load, double Share)[] loads, (double Injected, int Trials)[] counts) =>
        counts.SelectMany(count => loads.Select(load => new StudyCell(Designs.Duet, kernel, load.Load, count.Injected, (int)Math.Round(count.Trials * load.Share))));
}
