namespace NanoBragg.Kernels.Simulation;

/// <summary>A device cannot do what is asked of it. The message is one line for the user: what is wrong, and what to do.</summary>
public abstract class DeviceException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">One line for the user.</param>
    /// <param name="innerException">What led to it.</param>
    private protected DeviceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
