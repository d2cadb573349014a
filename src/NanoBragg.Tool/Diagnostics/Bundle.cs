using System.Globalization;
using System.Text;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>A folder with the seven files of one diagnostic.</summary>
internal static class Bundle
{
    /// <summary>The folder that bundles go to where the user names none.</summary>
    public const string DefaultRoot = "reports";

    /// <summary>Gets the stamp of a moment.</summary>
    public static string StampOf(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Chooses and creates the folder of a new bundle. No bundle is ever overwritten.</summary>
    /// <param name="outFolder">The folder that the user named, or null.</param>
    /// <param name="stamp">When the diagnostic began.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="onlyScenario">Whether no other scenario is diagnosed; its files then go straight into the folder that the user named, if that holds no bundle yet.</param>
    /// <exception cref="UserError">The folder cannot be created.</exception>
    public static string CreateFolder(string? outFolder, string stamp, string scenario, bool onlyScenario)
    {
        try
        {
            if (outFolder is not null && onlyScenario && !Summary.Artefacts.Any(a => File.Exists(Path.Combine(outFolder, a.File))))
            {
                return Directory.CreateDirectory(outFolder).FullName;
            }

            // Scenario names come from the assembly under test; one with a slash must not lead elsewhere.
            var name = $"{stamp}-{string.Concat(scenario.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'))}";
            var folder = Path.Combine(outFolder ?? DefaultRoot, name);
            for (var n = 2; Directory.Exists(folder); n++)
            {
                folder = Path.Combine(outFolder ?? DefaultRoot, FormattableString.Invariant($"{name}-{n}"));
            }

            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UserError($"cannot create a folder for the bundle in '{outFolder ?? DefaultRoot}': {e.Message} Name another with --out", innerException: e);
        }
    }

    /// <summary>Writes the seven files.</summary>
    /// <exception cref="UserError">A file cannot be written.</exception>
    public static void Write(string folder, DiagnosticReport report, EnvironmentText environment, string log)
    {
        (string File, string Text)[] files =
        [
            ("metrics.json", MetricsJson.Render(report)),
            ("summary.md", Summary.Render(report)),
            ("commands.txt", CommandsText.Render(report)),
            ("env.txt", environment.Render()),
            ("runtime_env.txt", RuntimeFacts.Render(report.Environment)),
            ("run.log", environment.Scrub(log)),
            ("exit_code.txt", FormattableString.Invariant($"{report.ExitCode}\n")),
        ];
        try
        {
            foreach (var (file, text) in files)
            {
                File.WriteAllText(Path.Combine(folder, file), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot write the bundle to '{folder}': {e.Message} Name another folder with --out", innerException: e);
        }
    }
}
