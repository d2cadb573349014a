namespace NanoBragg.Tool;

/// <summary>Something that the user can put right. Its message is one line that says what is wrong and what to do next; no stack trace is shown.</summary>
internal sealed class UserError : Exception
{
    /// <summary>Ends the command.</summary>
    /// <param name="message">One line: what is wrong, and what to do next.</param>
    /// <param name="exitCode">What the process tells its caller.</param>
    /// <param name="innerException">What led to it, shown with <c>--verbose</c> only.</param>
    public UserError(string message, ExitCode exitCode = ExitCode.Failure, Exception? innerException = null)
        : base(message, innerException) => ExitCode = exitCode;

    /// <summary>Gets what the process tells its caller.</summary>
    public ExitCode ExitCode { get; }
}
