using System.Text.Json;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace NanoBragg.Build;

/// <summary>Judges measured values against the committed baseline, <c>judge</c>, and logs each finding at the line of the baseline that it breaks.</summary>
[MSBuildMultiThreadableTask]
public sealed class NanoBraggJudge : NanoBraggTask
{
    /// <summary>Gets or sets the committed baseline.</summary>
    [Required]
    public ITaskItem Baseline { get; set; } = null!;

    /// <summary>Gets or sets where the tool writes its report.</summary>
    [Required]
    public ITaskItem Report { get; set; } = null!;

    /// <summary>Gets or sets the file that exists only while there is nothing to report.</summary>
    [Required]
    public ITaskItem Stamp { get; set; } = null!;

    /// <summary>Gets or sets which findings fail: <c>all</c> or <c>exact</c>; empty for the tool's default.</summary>
    public string? FailOn { get; set; }

    /// <summary>Gets or sets a value indicating whether an improvement that the baseline does not hold yet fails.</summary>
    public bool Ratchet { get; set; }

    // The project's file name alone: the command is for people, who stand in its folder.
    private string AcceptCommand => Path.GetFileName(Project.ItemSpec) is var file && file.Contains(' ', StringComparison.Ordinal)
        ? $"dotnet build \"{file}\" -p:NanoBraggUpdateBaseline=true"
        : $"dotnet build {file} -p:NanoBraggUpdateBaseline=true";

    /// <inheritdoc/>
    protected override IEnumerable<ITaskItem> ArtifactFiles => [Measured, Report];

    /// <inheritdoc/>
    protected override void Prepare()
    {
        File.Delete(PathOf(Report));
        File.Delete(PathOf(Stamp));
    }

    /// <inheritdoc/>
    protected override void AppendArguments(CommandLineBuilder line)
    {
        ArgumentNullException.ThrowIfNull(line);
        line.AppendSwitch("judge");
        line.AppendSwitchIfNotNull("--measured=", PathOf(Measured));
        line.AppendSwitchIfNotNull("--baseline=", PathOf(Baseline));
        line.AppendSwitchIfNotNull("--report=", PathOf(Report));
        line.AppendSwitchIfNotNull("--fail-on=", string.IsNullOrWhiteSpace(FailOn) ? null : FailOn);
        line.AppendSwitchIfNotNull("--accept-with=", AcceptCommand);
        if (Ratchet)
        {
            line.AppendSwitch("--ratchet");
        }
    }

    /// <inheritdoc/>
    protected override void Conclude()
    {
        var findings = ReadFindings();
        foreach (var finding in findings)
        {
            LogFinding(finding with { File = finding.File ?? PathOf(Baseline) });
        }

        // The exit code has the last word: a report without an error must not turn a failure into a pass.
        switch (ExitCode)
        {
            case 0:
                break;
            case ToolExitCode.Inconclusive:
                if (!HasReported)
                {
                    ReportAtBaseline(DiagnosticCode.Inconclusive, FindingSeverity.Warning);
                }

                // Judging the same values again would give the same answer: let the next build measure again.
                File.SetLastWriteTimeUtc(PathOf(Measured), DateTime.UnixEpoch);
                break;
            case ToolExitCode.Cancelled:
                Abandon();
                break;
            default:
                if (!findings.Any(finding => finding.Severity == FindingSeverity.Error))
                {
                    var code = ExitCode == ToolExitCode.BaselineUnusable ? DiagnosticCode.BaselineUnusable : DiagnosticCode.ToolFailed;
                    ReportAtBaseline(code, FindingSeverity.Error);
                }

                break;
        }

        // MSBuild may turn a warning into an error after this task has ended (-warnaserror): a stamp would make the next build green.
        if (!HasReported)
        {
            File.WriteAllText(PathOf(Stamp), "");
        }
    }

    private IReadOnlyList<Finding> ReadFindings()
    {
        var path = PathOf(Report);
        if (!File.Exists(path))
        {
            if (ExitCode == 0)
            {
                ReportAtProject(DiagnosticCode.ToolFailed, $"{ProjectName}: the tool succeeded but wrote no {path}");
            }

            return [];
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ReportJson.Default.GateReport)?.Findings ?? [];
        }
        catch (JsonException exception)
        {
            ReportAtProject(DiagnosticCode.ToolFailed, $"{ProjectName}: the tool's report {path} cannot be read: {exception.Message}");
            return [];
        }
    }

    private void ReportAtBaseline(string code, FindingSeverity severity) =>
        LogFinding(new Finding { Code = code, Severity = severity, Message = FailureText(), File = PathOf(Baseline) });
}
