using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;

namespace NanoBragg.Tool.Bench;

/// <summary>Who draws the pictures of the suite <c>gpu</c>: OpenCL devices, or an accelerator of ILGPU's.</summary>
/// <param name="Devices">The OpenCL devices, of which several share a picture that is large enough; none where ILGPU draws.</param>
/// <param name="Lanes">Pixels that a work-item of OpenCL draws, or null for what suits the device.</param>
/// <param name="Accelerator">The accelerator; null where OpenCL draws.</param>
internal sealed record SuiteDrawer(IReadOnlyList<OpenClDevice> Devices, int? Lanes, IlgpuDevice? Accelerator)
{
    /// <summary>Gets the arithmetics that are measured, the most accurate first.</summary>
    public IReadOnlyList<OpenClPrecision> Precisions { get; } =
        [.. Tool.Precisions.OfOpenCl.Where(precision => Accelerator is not null ? precision == OpenClPrecision.Double : precision != OpenClPrecision.Double || Devices.All(device => device.HasDouble))];

    /// <summary>Gets whether it is no GPU, so that whole pictures would take long.</summary>
    public bool IsProcessor => Accelerator is { Kind: IlgpuKind.Cpu } || Devices.Any(device => device.Kind == OpenClDeviceKind.Cpu);

    /// <summary>Finds an accelerator of ILGPU's.</summary>
    /// <param name="kind">Of which kind; null for the preferred one.</param>
    /// <exception cref="IlgpuException">There is none, or this build has no ILGPU back end.</exception>
    public static SuiteDrawer OfIlgpu(IlgpuKind? kind)
    {
        // Opened once for the error that says what is missing.
        IlgpuDevices.Open(kind).Dispose();
        return new([], null, IlgpuDevices.Find().First(device => kind is null || device.Kind == kind));
    }

    /// <summary>Opens the back end.</summary>
    /// <param name="precision">The arithmetic.</param>
    /// <param name="cancellation">Ends a picture between two of its bands.</param>
    /// <exception cref="DeviceException">It cannot be opened.</exception>
    public DeviceBackEnd Open(OpenClPrecision precision, CancellationToken cancellation) => Accelerator is { } accelerator
        ? IlgpuDevices.Open(accelerator.Kind, cancellation)
        : new OpenClBackEnd(Devices, precision) { Lanes = Lanes, Cancellation = cancellation };
}
