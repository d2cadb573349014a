using NanoBragg.Kernels.Simulation.Ilgpu;

namespace NanoBragg.Kernels.Simulation;

/// <content>What a build with ILGPU adds.</content>
public static partial class IlgpuDevices
{
    static partial void TellBuilt(ref bool areBuilt) => areBuilt = true;

    static partial void AddAll(List<IlgpuDevice> found) => IlgpuErrors.Told("looking for accelerators", () =>
    {
        using var context = IlgpuContexts.Create(null);
        found.AddRange(IlgpuContexts.DevicesOf(context, null).Select(IlgpuContexts.Describe));
        return found.Count;
    });

    static partial void Open(IlgpuKind? kind, CancellationToken cancellation, ref DeviceBackEnd? opened) => opened = new IlgpuBackEnd(kind) { Cancellation = cancellation };
}
