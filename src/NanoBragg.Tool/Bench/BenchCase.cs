namespace NanoBragg.Tool.Bench;

/// <summary>A picture whose drawing is measured.</summary>
/// <param name="Name">By which it is asked for.</param>
/// <param name="Shows">A few words that say what is in it.</param>
/// <param name="Flags">The C program's flags, words parted by single spaces.</param>
/// <param name="HasReflections">Whether <see cref="ReflectionList"/> stands where the structure factors come from.</param>
internal sealed record BenchCase(string Name, string Shows, string Flags, bool HasReflections = false)
{
    /// <summary>Gets how much longer than usual a step takes, roughly, so that the case is made smaller by as much.</summary>
    public int StepWeight { get; init; } = 1;

    /// <summary>Chooses cases by name.</summary>
    /// <param name="all">The cases of a suite.</param>
    /// <param name="names">Their names; none for all.</param>
    /// <param name="suite">The suite's name.</param>
    /// <returns>Each case once, in the suite's order.</returns>
    /// <exception cref="UserError">There is no case of that name.</exception>
    public static IReadOnlyList<BenchCase> Choose(IReadOnlyList<BenchCase> all, IReadOnlyCollection<string> names, string suite) =>
        names.FirstOrDefault(name => all.All(known => known.Name != name)) is { } unknown
            ? throw new UserError($"there is no case '{unknown}' in the suite {suite}; its cases are {string.Join(", ", all.Select(known => known.Name))}")
            : [.. all.Where(known => names.Count == 0 || names.Contains(known.Name))];
}
