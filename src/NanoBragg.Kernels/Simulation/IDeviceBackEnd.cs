namespace NanoBragg.Kernels.Simulation;

/// <summary>A back end that draws on a device with a memory of its own, such as a GPU.</summary>
public interface IDeviceBackEnd : IBackEnd, IDisposable
{
    /// <summary>Gets the time of the device's kernels for the last picture that it drew itself, without copies, s.</summary>
    double KernelSeconds { get; }
}
