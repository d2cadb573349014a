namespace NanoBragg.Kernels.Model;

/// <summary>
/// An experiment, or the command line that describes it, that cannot be simulated. The message is one line for the user: what is
/// wrong, and what to do.
/// </summary>
public sealed class ExperimentException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">One line for the user.</param>
    public ExperimentException(string message)
        : base(message)
    {
    }
}
