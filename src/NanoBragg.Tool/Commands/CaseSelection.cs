using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Commands;

/// <summary>
/// The scenarios and cases that a command line names. Workers measure whole scenarios, because setting one up costs more than its cases;
/// a single case is taken out afterwards.
/// </summary>
internal static class CaseSelection
{
    /// <summary>Gives the scenarios to measure.</summary>
    /// <param name="names">Scenarios (<c>scenario</c>) and cases (<c>scenario/case</c>).</param>
    /// <returns>Each scenario once.</returns>
    public static IReadOnlyList<string> ScenariosOf(IEnumerable<string> names) => [.. names.Select(name => name.Split('/')[0]).Distinct()];

    /// <summary>Takes the named cases out of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="names">Scenarios and cases; none for all.</param>
    /// <returns>The run with these cases only.</returns>
    /// <exception cref="UserError">A name covers no case.</exception>
    public static MeasuredRun Only(MeasuredRun run, IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => !run.Cases.Any(measured => AcceptanceRequest.Covers(name, measured.Name))) is { } unknown)
        {
            throw new UserError($"there is no case '{unknown}'; its scenario has {string.Join(", ", run.Cases.Select(measured => measured.Name).Where(name => AcceptanceRequest.Covers(unknown.Split('/')[0], name)))}");
        }

        return names.Count == 0 ? run : run with
        {
            Scenarios = names,
            Cases = [.. run.Cases.Where(measured => names.Any(name => AcceptanceRequest.Covers(name, measured.Name)))],
        };
    }
}
