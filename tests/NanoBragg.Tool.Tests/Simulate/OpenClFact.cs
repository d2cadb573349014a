using NanoBragg.Kernels.Simulation.OpenCl;
using Xunit;

namespace NanoBragg.Tool.Tests.Simulate;

/// <summary>A test on the first OpenCL device, which must compute in double. Where there is none it is reported by name as not run, with the reason.</summary>
internal sealed class OpenClFactAttribute : FactAttribute
{
    private static readonly Lazy<OpenClDevices> _devices = new(OpenClDevices.Find);

    public OpenClFactAttribute() =>
        Skip = (_devices.Value.All.Count > 0 && _devices.Value.All[0].HasDouble ? null : _devices.Value.ReasonForNone ?? "the first OpenCL device does not compute in double")!;
}

/// <summary>A test that asks PoCL for several devices.</summary>
internal sealed class PoclFactAttribute : FactAttribute
{
    private static readonly Lazy<OpenClDevices> _devices = new(OpenClDevices.Find);

    public PoclFactAttribute() =>
        Skip = (_devices.Value.All.Count > 0 && _devices.Value.All[0].Platform == "Portable Computing Language" ? null : _devices.Value.ReasonForNone ?? "the first OpenCL device is not PoCL's")!;
}
