using System.Text.RegularExpressions;
using NuGet.Versioning;

namespace NanoBragg.Tool.Measurement.Bases;

/// <summary>A package and the versions of it that will do, as <c>--base-package</c> names them. The highest is taken, unlike a reference's, which takes the lowest.</summary>
/// <param name="Id">The package.</param>
/// <param name="Range">The versions that will do, or null for every stable one.</param>
internal sealed partial record PackageRange(string Id, VersionRange? Range)
{
    /// <summary>Gets what a <c>PackageReference</c> has to say so that NuGet itself takes the highest version: a range that floats from the bottom.</summary>
    public string ToRestore => Range switch
    {
        null => "*",
        { IsFloating: true } => Range.OriginalString!,
        { HasUpperBound: true, HasLowerBound: true } when Range.MinVersion == Range.MaxVersion => $"[{Range.MinVersion!.ToNormalizedString()}]",
        { HasUpperBound: true } => $"[{(Range.MaxVersion!.IsPrerelease || Range.MinVersion?.IsPrerelease == true ? "*-*" : "*")}, {Range.MaxVersion.ToNormalizedString()}{(Range.IsMaxInclusive ? ']' : ')')}",
        _ => Range.MinVersion?.IsPrerelease == true ? "*-*" : "*",
    };

    /// <summary>Reads <c>Id</c> or <c>Id@range</c>.</summary>
    /// <param name="text">The text; a range is NuGet's, except that a bare version is that version alone.</param>
    /// <returns>The package.</returns>
    /// <exception cref="UserError">It is neither.</exception>
    public static PackageRange Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var id = at < 0 ? text : text[..at];
        if (!IdPattern().IsMatch(id))
        {
            throw new UserError($"'{id}' is no name of a package; write --base-package My.Kernels@1.4.0");
        }

        if (at < 0)
        {
            return new(id, null);
        }

        var range = text[(at + 1)..];
        return NuGetVersion.TryParse(range, out var version) ? new(id, new VersionRange(version, true, version, true))
            : VersionRange.TryParse(range, allowFloating: true, out var parsed) ? new(id, parsed)
            : throw new UserError($"'{range}' is no version and no range of versions; write --base-package {id}@1.4.0, {id}@[1.0,2.0) or {id}@1.*");
    }

    /// <summary>Tells whether a version will do.</summary>
    /// <param name="version">The version that NuGet took.</param>
    /// <returns>Whether it is in the range.</returns>
    public bool Allows(NuGetVersion version) => Range?.Satisfies(version) != false;

    /// <inheritdoc/>
    public override string ToString() => Range is null ? Id
        : Range is { HasLowerBound: true, HasUpperBound: true } && Range.MinVersion == Range.MaxVersion ? $"{Id} {Range.MinVersion}"
        : $"{Id} {Range.OriginalString}";

    // NuGet's own rule, and nothing that a project file could take for its own.
    [GeneratedRegex(@"^[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*$")]
    private static partial Regex IdPattern();
}
