namespace NanoBragg.Tool.Measurement;

/// <summary>Makes sure that what was measured is what is there: a case that is lost on the way would otherwise pass unseen.</summary>
internal static class CaseSet
{
    /// <summary>Holds the cases that one worker measured against those that the assembly declares.</summary>
    /// <param name="declared">The declared cases of the scenarios asked for, by the baseline's names.</param>
    /// <param name="measured">The measured ones.</param>
    /// <exception cref="UserError">They are not the same, or one is there twice.</exception>
    public static void MustBeWhole(IReadOnlyCollection<string> declared, IReadOnlyCollection<string> measured) =>
        MustBeEqual(declared, measured, name => $"the assembly declares '{name}', but the worker process did not measure it", name => $"the worker process measured '{name}', which the assembly does not declare");

    /// <summary>Holds the cases of a worker against those of the workers before it.</summary>
    /// <param name="before">The run so far, of all scenarios that the worker measured.</param>
    /// <param name="worker">The worker's run, perhaps of some scenarios only.</param>
    /// <exception cref="UserError">They are not the same.</exception>
    public static void MustAgree(MeasuredRun before, MeasuredRun worker) => MustBeEqual(
        [.. before.Cases.Select(measured => measured.Name).Where(name => worker.Scenarios.Count == 0 || worker.Scenarios.Contains(name.Split('/')[0]))],
        [.. worker.Cases.Select(measured => measured.Name)],
        name => $"an earlier worker process measured '{name}', a later one did not",
        name => $"a later worker process measured '{name}', an earlier one did not");

    private static void MustBeEqual(IReadOnlyCollection<string> expected, IReadOnlyCollection<string> found, Func<string, string> lacking, Func<string, string> surplus)
    {
        var problem = expected.Except(found).Order(StringComparer.Ordinal).Select(lacking)
            .Concat(found.Except(expected).Order(StringComparer.Ordinal).Select(surplus))
            .Concat(found.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"the worker process measured '{group.Key}' twice"))
            .FirstOrDefault();
        if (problem is not null)
        {
            throw new UserError($"{problem}; did the assembly change meanwhile? Measure again");
        }
    }
}
