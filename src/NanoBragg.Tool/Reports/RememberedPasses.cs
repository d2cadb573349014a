using System.Text;
using System.Text.Json;
using NanoBragg.Kernels.Files;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Reports;

/// <summary>The reports of the latest passes of the gate, in the user's cache folder. Never a reason to fail: what cannot be read or written is not there.</summary>
internal static class RememberedPasses
{
    /// <summary>How many are kept.</summary>
    public const int Most = 64;

    /// <summary>Gives the report of the same pass, or makes a report and remembers it if it is one.</summary>
    /// <param name="key">What the pass depends on now, see <see cref="PassKey"/>.</param>
    /// <param name="make">Measures and judges.</param>
    /// <param name="clock">Where the time is from.</param>
    /// <returns>The report.</returns>
    public static GateReport FindOrMake(Func<string?> key, Func<GateReport> make, TimeProvider clock)
    {
        var before = key();
        if (before is not null && Find(before) is { } known)
        {
            return known;
        }

        var report = make();

        // A build may have come between.
        if (before is not null && IsClear(report) && key() == before)
        {
            Remember(before, report with { PassedAt = clock.GetUtcNow() });
        }

        return report;
    }

    private static bool IsClear(GateReport report) =>
        report is { ExitCode: (int)ExitCode.Ok, Verdict: Verdict.Pass, Findings: not null, Comparisons: not null } && report.Comparisons.All(c => c.Outcome != Outcome.Inconclusive);

    private static GateReport? Find(string key)
    {
        try
        {
            return Folder() is { } folder
                && JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, key + ".json")), GateJson.Default.GateReport) is { FormatVersion: 1, PassedAt: not null } report
                && IsClear(report)
                ? report
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static void Remember(string key, GateReport report)
    {
        try
        {
            if (Folder() is not { } folder)
            {
                return;
            }

            Directory.CreateDirectory(folder);
            AtomicFile.Write(Path.Combine(folder, key + ".json"), file => file.Write(Encoding.UTF8.GetBytes(GateJson.Write(report))));
            foreach (var old in new DirectoryInfo(folder).GetFiles("*.json").OrderByDescending(file => file.LastWriteTimeUtc).Skip(Most))
            {
                old.Delete();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // The next gate measures again.
        }
    }

    private static string? Folder() => CacheFolder.Path is { } cache ? Path.Combine(cache, "passes") : null;
}
