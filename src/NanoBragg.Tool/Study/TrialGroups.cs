namespace NanoBragg.Tool.Study;

/// <summary>Trials of one kernel under one load.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Load">The load, or <see cref="TrialGroups.AllLoads"/>.</param>
/// <param name="Trials">The trials, in the order of the file.</param>
internal sealed record TrialGroup(string Kernel, string Load, IReadOnlyList<Trial> Trials);

/// <summary>Sorts trials into what the lines of a table are about.</summary>
internal static class TrialGroups
{
    /// <summary>Stands for trials under whatever load.</summary>
    public const string AllLoads = "all";

    private static readonly string[] Order = [Loads.Idle, Loads.One, Loads.Two, Loads.Peer, Loads.Stop, Loads.Steal, Loads.Kill];

    /// <summary>Tells whether a worker process itself was disturbed, rather than the machine made busy.</summary>
    /// <param name="trial">The trial.</param>
    /// <returns>Whether.</returns>
    public static bool IsDisturbed(Trial trial) => trial.Load is Loads.Stop or Loads.Steal or Loads.Kill;

    /// <summary>Groups by kernel and load, and each kernel with several loads once more over all of them.</summary>
    /// <param name="trials">The trials.</param>
    /// <returns>The groups, by kernel, then load from idle to busy.</returns>
    public static IEnumerable<TrialGroup> ByLoad(IEnumerable<Trial> trials)
    {
        foreach (var kernel in trials.GroupBy(trial => trial.Kernel).OrderBy(kernel => kernel.Key, StringComparer.Ordinal))
        {
            var loads = kernel.GroupBy(trial => trial.Load).OrderBy(load => Place(load.Key)).ThenBy(load => load.Key, StringComparer.Ordinal).ToList();
            foreach (var load in loads)
            {
                yield return new(kernel.Key, load.Key, [.. load]);
            }

            if (loads.Count > 1)
            {
                yield return new(kernel.Key, AllLoads, [.. kernel]);
            }
        }
    }

    private static int Place(string load) => Array.IndexOf(Order, load) is var place && place < 0 ? Order.Length : place;
}
