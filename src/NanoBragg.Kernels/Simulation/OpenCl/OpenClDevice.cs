namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>A device that OpenCL finds.</summary>
/// <param name="Number">By which it is asked for, from 0.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Platform">Whose driver it is.</param>
/// <param name="Driver">The driver's version.</param>
/// <param name="HasDouble">Whether it computes in double.</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="ComputeUnits">Its parts that compute on their own: processors of a CPU, multiprocessors of a GPU.</param>
public sealed record OpenClDevice(
    int Number, OpenClDeviceKind Kind, string Name, string Platform, string Driver, bool HasDouble, long MemoryBytes, int ComputeUnits)
{
    /// <summary>Gets the driver's name for it in this process.</summary>
    internal nint Id { get; init; }

    /// <summary>Gets the driver's name for its platform in this process.</summary>
    internal nint PlatformId { get; init; }
}

/// <summary>What a device is.</summary>
public enum OpenClDeviceKind
{
    /// <summary>A graphics processor.</summary>
    Gpu,

    /// <summary>This machine's processors.</summary>
    Cpu,

    /// <summary>Another thing that computes.</summary>
    Accelerator,
}
