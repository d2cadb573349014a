using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace NanoBragg.Build;

/// <summary>
/// Runs one command of the packed tool in a process of its own, and turns what it says into diagnostics of the build. Nothing is measured in
/// the build's process: its garbage collector, its other tasks and its reused nodes would be measured too.
/// </summary>
/// <remarks>Thread-safe as <c>-mt</c> asks: no current directory, no environment, absolute paths only.</remarks>
public abstract class NanoBraggTask : ToolTask
{
    private const string ErrorPrefix = "nanobragg: error: ";

    // ToolTask tells the two streams apart only by the importance that each was given.
    private const MessageImportance OutputImportance = MessageImportance.Low;
    private const MessageImportance ErrorImportance = MessageImportance.Normal;

    private readonly List<string> _errorLines = [];

    /// <summary>Gets or sets the project whose kernels are measured; diagnostics that have no better place point at it.</summary>
    [Required]
    public ITaskItem Project { get; set; } = null!;

    /// <summary>Gets or sets the tool's assembly.</summary>
    [Required]
    public ITaskItem Tool { get; set; } = null!;

    /// <summary>Gets or sets the <c>dotnet</c> host that runs the tool.</summary>
    [Required]
    public string DotNetHost { get; set; } = "";

    /// <summary>Gets or sets the file of measured values.</summary>
    [Required]
    public ITaskItem Measured { get; set; } = null!;

    /// <summary>Gets or sets the page with an anchor for each code: a path or an address.</summary>
    [Required]
    public string HelpPage { get; set; } = "";

    /// <summary>Gets or sets a value indicating whether errors are reported as warnings.</summary>
    public bool AsWarning { get; set; }

    /// <summary>Gets the files to keep in the binary log. Read by MSBuild when the task has failed, too.</summary>
    [Output]
    public ITaskItem[] Artifacts => [.. ArtifactFiles.Where(file => File.Exists(PathOf(file)))];

    /// <inheritdoc/>
    protected sealed override string ToolName => Path.GetFileName(DotNetHost);

    /// <inheritdoc/>
    protected sealed override MessageImportance StandardOutputLoggingImportance => OutputImportance;

    /// <inheritdoc/>
    protected sealed override MessageImportance StandardErrorLoggingImportance => ErrorImportance;

    /// <summary>Gets the files that <see cref="Artifacts"/> offers where they exist.</summary>
    protected virtual IEnumerable<ITaskItem> ArtifactFiles => [Measured];

    /// <summary>Gets a value indicating whether anything was reported that a build may treat as an error.</summary>
    protected bool HasReported { get; private set; }

    /// <summary>Gets the name of the project, for messages.</summary>
    protected string ProjectName => Path.GetFileNameWithoutExtension(Project.ItemSpec);

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        try
        {
            Prepare();

            // False means that the tool did not start or was killed; an exit code is a matter for Conclude.
            if (base.Execute())
            {
                Conclude();
            }
            else if (!Log.HasLoggedErrors)
            {
                Abandon();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ReportAtProject(DiagnosticCode.ToolFailed, exception.Message);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Gets the full path of an item.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The path.</returns>
    protected static string PathOf(ITaskItem item) => item.GetMetadata("FullPath");

    /// <summary>Clears the way before the tool starts.</summary>
    protected abstract void Prepare();

    /// <summary>Adds the command and its options.</summary>
    /// <param name="line">The command line.</param>
    protected abstract void AppendArguments(CommandLineBuilder line);

    /// <summary>Reports what the tool found; <see cref="ToolTask.ExitCode"/> is the tool's.</summary>
    protected abstract void Conclude();

    /// <summary>Reports that the tool was stopped before it ended.</summary>
    protected virtual void Abandon() => ReportAtProject(DiagnosticCode.ToolFailed, $"{ProjectName}: cancelled before the tool had ended");

    /// <inheritdoc/>
    protected sealed override string GenerateFullPathToTool() => DotNetHost;

    /// <inheritdoc/>
    protected sealed override string GetWorkingDirectory() => Path.GetDirectoryName(PathOf(Project))!;

    /// <inheritdoc/>
    protected sealed override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        line.AppendSwitch("exec");
        line.AppendFileNameIfNotNull(PathOf(Tool));
        AppendArguments(line);
        return line.ToString();
    }

    /// <inheritdoc/>
    protected sealed override bool HandleTaskExecutionErrors() => true;

    /// <inheritdoc/>
    /// <remarks>Without this MSBuild would log the canonical lines of the tool a second time, without their help links.</remarks>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        ArgumentNullException.ThrowIfNull(singleLine);
        if (messageImportance == ErrorImportance && !string.IsNullOrWhiteSpace(singleLine))
        {
            _errorLines.Add(singleLine.Trim());
        }

        Log.LogMessage(MessageImportance.Low, "{0}", singleLine);
    }

    /// <summary>Gets the one line that says why the tool failed.</summary>
    /// <returns>The last error line of the tool, or its last line, or its exit code.</returns>
    protected string FailureText()
    {
        var line = _errorLines.FindLast(text => text.StartsWith(ErrorPrefix, StringComparison.Ordinal)) ?? _errorLines.LastOrDefault();
        return line is null
            ? string.Create(CultureInfo.InvariantCulture, $"{ProjectName}: the tool ended with exit code {ExitCode} and said nothing")
            : line.StartsWith(ErrorPrefix, StringComparison.Ordinal) ? line[ErrorPrefix.Length..] : line;
    }

    /// <summary>Reports an error at the project file.</summary>
    /// <param name="code">The code.</param>
    /// <param name="message">What is wrong and what to do.</param>
    protected void ReportAtProject(string code, string message) =>
        LogFinding(new Finding { Code = code, Severity = FindingSeverity.Error, Message = message, File = PathOf(Project) });

    /// <summary>Logs a finding with its place and a link to the page of codes.</summary>
    /// <param name="finding">The finding.</param>
    private protected void LogFinding(Finding finding)
    {
        var helpLink = HelpLink(finding.Code);
        var (file, line, column, endColumn) = (finding.File, finding.Line, finding.Column, finding.EndColumn);
        var endLine = endColumn > 0 ? line : 0; // Half an end would be printed as "(1-1,1)".
        HasReported |= finding.Severity != FindingSeverity.Info;

        // A help keyword without a link becomes a bogus address, so there is none.
        switch (finding.Severity)
        {
            case FindingSeverity.Error when !AsWarning:
                Log.LogError(null, finding.Code, null, helpLink, file, line, column, endLine, endColumn, "{0}", finding.Message);
                break;
            case FindingSeverity.Info:
                Log.LogMessage(null, finding.Code, null, file, line, column, endLine, endColumn, MessageImportance.High, "{0}", finding.Message);
                break;
            default:
                Log.LogWarning(null, finding.Code, null, helpLink, file, line, column, endLine, endColumn, "{0}", finding.Message);
                break;
        }
    }

    private string HelpLink(string code) => $"{new Uri(HelpPage).AbsoluteUri}#{code.ToLowerInvariant()}";
}
