namespace NanoBragg.Kernels.Simulation;

/// <summary>
/// The accelerators of the ILGPU back end. That back end is in builds with <c>-p:UseIlgpu=true</c> only (docs/decisions/0013-ilgpu.md), where the folder <c>Ilgpu</c> completes
/// this class; in others there are none, and asking for one says how to build it.
/// </summary>
public static partial class IlgpuDevices
{
    /// <summary>Gets whether this build has the ILGPU back end.</summary>
    public static bool AreBuilt
    {
        get
        {
            var areBuilt = false;
            TellBuilt(ref areBuilt);
            return areBuilt;
        }
    }

    /// <summary>Looks for accelerators.</summary>
    /// <returns>What there is, the preferred first; nothing in a build without ILGPU, in others at least the processor.</returns>
    /// <exception cref="IlgpuException">A driver fails.</exception>
    public static IReadOnlyList<IlgpuDevice> Find()
    {
        var found = new List<IlgpuDevice>();
        AddAll(found);
        return found;
    }

    /// <summary>Opens an accelerator.</summary>
    /// <param name="kind">Of which kind; null for the first of CUDA, OpenCL and the processor that there is.</param>
    /// <param name="cancellation">Ends the drawing of a picture between two of its bands.</param>
    /// <returns>The back end; the caller disposes of it.</returns>
    /// <exception cref="IlgpuException">This build has no ILGPU back end, there is no such accelerator, or it cannot be opened.</exception>
    public static DeviceBackEnd Open(IlgpuKind? kind, CancellationToken cancellation = default)
    {
        DeviceBackEnd? opened = null;
        Open(kind, cancellation, ref opened);
        return opened ?? throw new IlgpuException(IlgpuProblem.NotBuilt, "this build has no ILGPU back end: build the tool with 'dotnet build NanoBragg.sln -c Release -p:UseIlgpu=true', or take --device gpu (OpenCL)");
    }

    // What a build without ILGPU leaves out.
    static partial void TellBuilt(ref bool areBuilt);

    static partial void AddAll(List<IlgpuDevice> found);

    static partial void Open(IlgpuKind? kind, CancellationToken cancellation, ref DeviceBackEnd? opened);
}
