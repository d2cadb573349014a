using NuGet.Versioning;

namespace NanoBragg.Tool.Baselines;

/// <summary>Ranges of kernel versions, in NuGet's notation.</summary>
internal static class KernelVersions
{
    /// <summary>Tells whether some version is in both ranges.</summary>
    /// <param name="first">One range.</param>
    /// <param name="second">The other.</param>
    /// <returns>Whether they overlap.</returns>
    public static bool Overlap(VersionRange first, VersionRange second) => Reaches(first, second) && Reaches(second, first);

    /// <summary>
    /// Gives the range of a new entry: from the pre-releases of the current version to before those of the next major one
    /// (<c>[1.4.0-0, 2.0.0-0)</c>). A 0.x kernel counts up to 1.0.0 too, although its minor versions may break callers: a baseline is
    /// about speed and results, and one that ended with each minor version would miss what changed from one to the next.
    /// The range gives way to the entries that the case already has.
    /// </summary>
    /// <param name="current">The version that was measured.</param>
    /// <param name="existing">The ranges of the case's other entries, none of which holds <paramref name="current"/>.</param>
    /// <returns>A range that holds <paramref name="current"/> and overlaps none of <paramref name="existing"/>.</returns>
    public static VersionRange ForNewEntry(NuGetVersion current, IReadOnlyCollection<VersionRange> existing)
    {
        // The lowest pre-release there can be: 1.0.0-rc.1 is above 1.0.0-0 and below 1.0.0.
        string Lower(string prerelease) => $"{current.Version.ToString(current.Revision > 0 ? 4 : 3)}{prerelease}";
        var end = $"{current.Major + 1}.0.0-0";
        string[] candidates =
        [
            $"[{Lower("-0")}, {end})",
            $"[{current.ToNormalizedString()}, {end})",
            .. existing
                .Where(range => range.MinVersion is { } min && min > current)
                .OrderBy(range => range.MinVersion)
                .Take(1)
                .SelectMany(next => new[] { "-0", null }.Select(p =>
                    $"[{(p is null ? current.ToNormalizedString() : Lower(p))}, {next.MinVersion!.ToNormalizedString()}{(next.IsMinInclusive ? ')' : ']')}")),
        ];
        return candidates.Select(VersionRange.Parse).FirstOrDefault(range => !existing.Any(other => Overlap(range, other)))
            ?? VersionRange.Parse($"[{current.ToNormalizedString()}]");
    }

    /// <summary>Tells whether the lower end of one range is not above the upper end of the other.</summary>
    private static bool Reaches(VersionRange from, VersionRange to)
    {
        if (from.MinVersion is null || to.MaxVersion is null)
        {
            return true;
        }

        var order = VersionComparer.VersionRelease.Compare(from.MinVersion, to.MaxVersion);
        return order < 0 || (order == 0 && from.IsMinInclusive && to.IsMaxInclusive);
    }
}
