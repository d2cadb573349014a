using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace NanoBragg.Build;

/// <summary>Accepts measured values as the baseline: <c>baseline update</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class NanoBraggUpdateBaseline : NanoBraggTask
{
    /// <summary>Gets or sets the baseline to rewrite, or to create.</summary>
    [Required]
    public ITaskItem Baseline { get; set; } = null!;

    /// <summary>Gets or sets the assembly that was measured, whose code is kept.</summary>
    [Required]
    public ITaskItem Assembly { get; set; } = null!;

    /// <summary>Gets or sets where its code is kept: <c>cache</c>, <c>beside</c> or <c>none</c>; empty for the tool's default.</summary>
    public string? KeepBase { get; set; }

    /// <summary>Gets or sets why the figures change; recorded beside each that does.</summary>
    public string? Reason { get; set; }

    /// <summary>Gets or sets why worse values are accepted; recorded beside each instead of <see cref="Reason"/>.</summary>
    public string? AcceptRegression { get; set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        // The tool replaces the file in one step or not at all.
    }

    /// <inheritdoc/>
    protected override void AppendArguments(CommandLineBuilder line)
    {
        ArgumentNullException.ThrowIfNull(line);
        line.AppendSwitch("baseline update");
        line.AppendSwitchIfNotNull("--measured=", PathOf(Measured));
        line.AppendSwitchIfNotNull("--baseline=", PathOf(Baseline));
        line.AppendSwitchIfNotNull("--assembly=", PathOf(Assembly));
        line.AppendSwitchIfNotNull("--keep-base=", string.IsNullOrWhiteSpace(KeepBase) ? null : KeepBase);
        line.AppendSwitchIfNotNull("--reason=", string.IsNullOrWhiteSpace(Reason) ? null : Reason);
        line.AppendSwitchIfNotNull("--accept-regression=", string.IsNullOrWhiteSpace(AcceptRegression) ? null : AcceptRegression);

        // Setting the property is the explicit word; and a build is never alone on its machine, so refusing then would be refusing always.
        line.AppendSwitch("--accept-worse");
        line.AppendSwitch("--despite-interference");
    }

    /// <inheritdoc/>
    protected override void Conclude()
    {
        switch (ExitCode)
        {
            case 0:
                Log.LogMessage(MessageImportance.High, "NanoBragg: {0} accepts what was measured", PathOf(Baseline));
                break;
            case ToolExitCode.Cancelled:
                Abandon();
                break;
            case ToolExitCode.BaselineUnusable:
                LogFinding(CanonicalLine.Parse(FailureText())
                    ?? new Finding { Code = DiagnosticCode.BaselineUnusable, Severity = FindingSeverity.Error, Message = FailureText(), File = PathOf(Baseline) });
                break;
            default:
                ReportAtProject(DiagnosticCode.ToolFailed, $"{ProjectName}: the baseline was not updated: {FailureText()}");
                break;
        }
    }
}
