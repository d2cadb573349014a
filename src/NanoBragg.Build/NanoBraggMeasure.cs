using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace NanoBragg.Build;

/// <summary>Measures the kernels of an assembly: <c>measure</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class NanoBraggMeasure : NanoBraggTask
{
    // The tool watches the limit itself and says so; the build steps in only where the tool hangs.
    private const int GraceSeconds = 60;

    // How the tool's lines begin that say what it does.
    private const string ToolPrefix = "nanobragg: ";
    private const string MeasuringLine = ToolPrefix + "measuring in ";
    private const string NothingLine = ToolPrefix + "nothing to measure";

    private bool _hasToldWhat;

    /// <summary>Gets or sets the assembly that was just built.</summary>
    [Required]
    public ITaskItem Assembly { get; set; } = null!;

    /// <summary>Gets or sets the scenarios to measure; none for all.</summary>
    public string[] Scenarios { get; set; } = [];

    /// <summary>Gets or sets how long measuring may take, seconds.</summary>
    [Required]
    public int TimeoutSeconds { get; set; }

    /// <summary>Gets or sets the committed baseline, for the base that it pins.</summary>
    [Required]
    public ITaskItem Baseline { get; set; } = null!;

    /// <summary>Gets or sets which findings will fail, so that no time is spent on being certain of others: <c>all</c> or <c>exact</c>; empty for the tool's default.</summary>
    public string? FailOn { get; set; }

    /// <summary>Gets or sets the released assembly that is timed beside it, or null for the base that the baseline pins.</summary>
    public ITaskItem? Base { get; set; }

    /// <summary>Gets or sets a value indicating whether no base is looked for.</summary>
    public bool NoBase { get; set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(Measured))!);
        Timeout = (int)Math.Min(int.MaxValue, (TimeoutSeconds + (long)GraceSeconds) * 1000);
    }

    /// <inheritdoc/>
    protected override void AppendArguments(CommandLineBuilder line)
    {
        ArgumentNullException.ThrowIfNull(line);
        line.AppendSwitch("measure");
        foreach (var scenario in Scenarios)
        {
            line.AppendFileNameIfNotNull(scenario);
        }

        line.AppendSwitchIfNotNull("--assembly=", PathOf(Assembly));
        line.AppendSwitchIfNotNull("--out=", PathOf(Measured));
        line.AppendSwitchIfNotNull("--baseline=", PathOf(Baseline));
        line.AppendSwitchIfNotNull("--fail-on=", string.IsNullOrWhiteSpace(FailOn) ? null : FailOn);
        line.AppendSwitchIfNotNull("--base=", Base is null ? null : PathOf(Base));
        if (NoBase && Base is null)
        {
            line.AppendSwitch("--no-base");
        }

        line.AppendSwitch("--reuse");
        line.AppendSwitchIfNotNull("--timeout=", TimeoutSeconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        ArgumentNullException.ThrowIfNull(singleLine);
        base.LogEventsFromTextOutput(singleLine, messageImportance);

        // Once, and only where it is so: the tool measures nothing where the code is the same.
        if (!_hasToldWhat && (singleLine.StartsWith(MeasuringLine, StringComparison.Ordinal) || singleLine.StartsWith(NothingLine, StringComparison.Ordinal)))
        {
            _hasToldWhat = true;
            var what = singleLine.StartsWith(NothingLine, StringComparison.Ordinal) ? singleLine[ToolPrefix.Length..] : $"measuring {PathOf(Assembly)}";
            Log.LogMessage(MessageImportance.High, "NanoBragg: {0}", what);
        }
    }

    /// <inheritdoc/>
    protected override void Conclude()
    {
        if (ExitCode != 0)
        {
            ForgetMeasured();
        }

        switch (ExitCode)
        {
            // A kernel that failed its own check is in the file, for the judge to report with the rest.
            case 0 when File.Exists(PathOf(Measured)):
                return;
            case 0:
                ReportAtProject(DiagnosticCode.ToolFailed, $"{ProjectName}: the tool succeeded but wrote no {PathOf(Measured)}");
                return;
            case ToolExitCode.TimedOut:
                ReportTimeout();
                return;
            case ToolExitCode.Cancelled:
                base.Abandon();
                return;
            default:
                ReportAtProject(DiagnosticCode.NothingMeasured, $"{ProjectName} could not be measured: {FailureText()} (a project without benchmarks sets NanoBraggEnabled=false)");
                return;
        }
    }

    /// <inheritdoc/>
    protected override void Abandon()
    {
        ForgetMeasured();
        if (ToolCanceled.WaitOne(0))
        {
            base.Abandon();
            return;
        }

        ReportTimeout();
    }

    /// <summary>A run that fails must not leave the values of an older assembly to be judged.</summary>
    private void ForgetMeasured() => File.Delete(PathOf(Measured));

    private void ReportTimeout() => ReportAtProject(
        DiagnosticCode.TimedOut,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{ProjectName}: measuring took longer than {TimeoutSeconds} s and was stopped; make the benchmarks smaller, or allow more with NanoBraggTimeoutSeconds"));
}
