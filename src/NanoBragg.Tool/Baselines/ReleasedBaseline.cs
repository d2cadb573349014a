using System.Text;
using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Baselines;

/// <summary>A baseline as it was at the last release.</summary>
/// <param name="Tag">The git tag of the release.</param>
/// <param name="Content">The baseline then.</param>
internal sealed record ReleasedBaseline(string Tag, Baseline Content)
{
    // Far more than git needs for one file; a gate does not wait for a repository that hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks git for the baseline at the nearest tag like <c>v1.2.0</c> before the commit that is checked out.</summary>
    /// <param name="path">The baseline; only its folder and name matter.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The baseline then; null where there is no git, no repository, no tag or no such file then, or where it cannot be used.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static ReleasedBaseline? Read(string path, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (!Directory.Exists(folder))
        {
            return null;
        }

        try
        {
            return Git.Ask(folder, Patience, cancellation, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*")?.Trim() is { Length: > 0 } tag
                && Git.Ask(folder, Patience, cancellation, "show", "--no-textconv", $"{tag}:./{Path.GetFileName(full)}") is { } text
                && Encoding.UTF8.GetBytes(text) is { LongLength: <= BaselineFile.MaxBytes } bytes
                    ? new(tag, BaselineFile.Parse(path, bytes).Content)
                    : null;
        }
        catch (Exception e) when (e is UserError or BaselineException or IOException or UnauthorizedAccessException)
        {
            // Creep is told where it can be seen; that it cannot be seen here is no finding.
            return null;
        }
    }
}
