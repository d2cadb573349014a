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

    /// <summary>Makes the error of something that the reference program can do and these kernels cannot.</summary>
    /// <param name="what">The flag, or the file that works like one.</param>
    /// <returns>The error.</returns>
    internal static ExperimentException NotYetSimulated(string what) => new($"not yet simulated: {what}; leave it out");
}
