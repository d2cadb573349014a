using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace NanoBragg.Kernels.Simulation.Ilgpu;

/// <summary>ILGPU's contexts, and the accelerators that are in them.</summary>
internal static class IlgpuContexts
{
    /// <summary>Makes a context. Its arithmetic is the exact one: ILGPU's fast form of double is wrong in the sixth digit.</summary>
    /// <param name="kind">Accelerators of which kind it has; null for all.</param>
    public static Context Create(IlgpuKind? kind) => Context.Create(builder =>
    {
        builder.Math(MathMode.Default);
        if (kind is null or IlgpuKind.Cuda)
        {
            builder.Cuda();
        }

        if (kind is null or IlgpuKind.OpenCl)
        {
            builder.OpenCL();
        }

        if (kind is null or IlgpuKind.Cpu)
        {
            builder.DefaultCPU();
        }
    });

    /// <summary>Gets the accelerators of a context, the preferred first.</summary>
    /// <param name="context">The context.</param>
    /// <param name="kind">Of which kind; null for all. A context in which ILGPU finds none has the processor, which nobody may have asked for.</param>
    public static IEnumerable<Device> DevicesOf(Context context, IlgpuKind? kind) => context.Devices.Where(device => kind is null || KindOf(device) == kind).OrderBy(KindOf);

    /// <summary>Describes an accelerator.</summary>
    /// <param name="device">The accelerator.</param>
    public static IlgpuDevice Describe(Device device) => new(KindOf(device), device.Name, KindOf(device) == IlgpuKind.Cpu ? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes : device.MemorySize, device.NumMultiprocessors);

    private static IlgpuKind KindOf(Device device) => device.AcceleratorType switch
    {
        AcceleratorType.Cuda => IlgpuKind.Cuda,
        AcceleratorType.OpenCL => IlgpuKind.OpenCl,
        _ => IlgpuKind.Cpu,
    };
}
