namespace NanoBragg.Kernels.Simulation;

/// <summary>What went wrong with ILGPU.</summary>
public enum IlgpuProblem
{
    /// <summary>This build has no ILGPU back end.</summary>
    NotBuilt,

    /// <summary>There is no accelerator of that kind.</summary>
    NoDevice,

    /// <summary>ILGPU, or the driver, refused the kernel.</summary>
    Build,

    /// <summary>The accelerator or this machine has not enough memory.</summary>
    OutOfMemory,

    /// <summary>The accelerator or its driver failed in another way.</summary>
    Failed,
}

/// <summary>ILGPU cannot do what is asked of it. The message is one line for the user: what is wrong, and what to do.</summary>
public sealed class IlgpuException : DeviceException
{
    /// <summary>Makes the error.</summary>
    /// <param name="problem">What kind of problem it is.</param>
    /// <param name="message">One line for the user.</param>
    /// <param name="innerException">What ILGPU threw, where it did.</param>
    public IlgpuException(IlgpuProblem problem, string message, Exception? innerException = null)
        : base(message, innerException) => Problem = problem;

    /// <summary>Gets what kind of problem it is.</summary>
    public IlgpuProblem Problem { get; }
}
