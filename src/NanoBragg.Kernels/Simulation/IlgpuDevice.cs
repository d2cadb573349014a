namespace NanoBragg.Kernels.Simulation;

/// <summary>An accelerator that ILGPU finds.</summary>
/// <param name="Kind">Through what it is driven.</param>
/// <param name="Name">Its name.</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="Multiprocessors">Its parts that compute on their own.</param>
public sealed record IlgpuDevice(IlgpuKind Kind, string Name, long MemoryBytes, int Multiprocessors);

/// <summary>Through what ILGPU drives an accelerator, the preferred first.</summary>
public enum IlgpuKind
{
    /// <summary>NVIDIA's driver: PTX that ILGPU makes.</summary>
    Cuda,

    /// <summary>An OpenCL 2 driver with a generic address space: OpenCL C that ILGPU makes.</summary>
    OpenCl,

    /// <summary>This machine's processors, slowly: for tests.</summary>
    Cpu,
}
