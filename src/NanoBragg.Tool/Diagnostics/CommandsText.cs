using System.Text;
using System.Text.Json;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>Renders <c>commands.txt</c>: what was run, in a form that a POSIX shell runs again.</summary>
internal static class CommandsText
{
    /// <summary>Renders the commands of a report.</summary>
    public static string Render(DiagnosticReport report)
    {
        var text = new StringBuilder();
        text.Append($"# Diagnostic of {report.Scenario}, {report.Stamp}.\n# The whole bundle again:\n{Shell.Join(report.Command)}\n");
        var runs = report.UnderLoad is null ? report.Alone : [.. report.Alone, report.UnderLoad];
        for (var i = 0; i < runs.Count; i++)
        {
            Append(text, runs[i], i + 1);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, DiagnosticRun run, int number)
    {
        var request = FormattableString.Invariant($"request-{number}.json");
        text.Append($"\n# {run.Name}: exit code {Quantity.Count(run.ExitCode)}, {Quantity.Seconds(run.Usage.WallSeconds)}. Its request lay in a temporary folder; written here beside you.\n");
        if (run.Request is not null)
        {
            var repeatable = run.Request with { ReportPath = FormattableString.Invariant($"report-{number}.json") };
            text.Append($"cat > {request} <<'JSON'\n{JsonSerializer.Serialize(repeatable, MeasurementJson.Default.WorkerRequest)}\nJSON\n");
        }

        // The request is the worker's last argument.
        var words = run.CommandLine.Take(run.CommandLine.Count - 1).Append(request);
        var variables = run.EnvironmentOverrides.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}");
        text.Append(Shell.Join(["env", .. variables, .. words])).Append('\n');
    }
}
