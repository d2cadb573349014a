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
    private static readonly string[] NoisyLoads = [Loads.Idle, Loads.One, Loads.Two];

    /// <summary>Gets all kinds of trials.</summary>
    public static IReadOnlyList<StudyCell> Cells { get; } =
    [
        .. Everywhere("compute", [(0, 1000), (0.01, 60), (0.02, 60), (0.03, 200), (0.05, 200), (0.10, 200)]),
        .. Everywhere("memory", [(0, 300), (0.05, 200), (0.10, 60)]),
        .. Everywhere("threads", [(0, 1000), (0.03, 200), (0.05, 200), (0.10, 200)]),
        .. new[] { Loads.Stop, Loads.Steal, Loads.Kill }.Select(load => new StudyCell(Designs.Duet, "compute", load, 0, 34)),
        .. new[] { 0, 0.2 }.SelectMany(injected => NoisyLoads.Select(load => new StudyCell(Designs.Anchored, "compute", load, injected, 20))),
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

    private static IEnumerable<StudyCell> Everywhere(string kernel, (double Injected, int Trials)[] counts) =>
        counts.SelectMany(count => NoisyLoads.Select((load, i) =>
            new StudyCell(Designs.Duet, kernel, load, count.Injected, ((count.Trials - 1 - i) / NoisyLoads.Length) + 1)));
}
