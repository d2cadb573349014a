namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>A file of measured figures that need not be measured again, because all that they depend on is as it was.</summary>
internal static class ReusableRun
{
    private const string NothingToMeasure = "nothing to measure: same code, runtime and machine as when it was measured last";

    /// <summary>Finds one.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <param name="options">What would be measured.</param>
    /// <returns>The run in the file; null where it must be measured.</returns>
    public static MeasuredRun? Find(string? path, MeasureOptions options)
    {
        // A build that could not tell sets the time stamp back to the epoch, so that the next one measures again.
        if (path is null || !File.Exists(path) || File.GetLastWriteTimeUtc(path) <= DateTime.UnixEpoch || RunIdentity.Of(options) is not { } code)
        {
            return null;
        }

        try
        {
            // What failed may not fail again: a file that was missing may be there. Beside a base that is the same code there would be nothing to time.
            var run = MeasuredRunFile.Read(path);
            return run.Key == code.Key && (run.BaseKey == code.BaseKey || code.SameAsBase.Count == code.Scenarios.Count) && run.Cases.All(measured => measured.Failure is null) ? run : null;
        }
        catch (UserError)
        {
            return null;
        }
    }

    /// <summary>Makes the file as new as if it had been measured now, and says so.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Is told.</param>
    public static void Renew(string path, IProgress<string> progress)
    {
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        progress.Report(NothingToMeasure);
    }
}
