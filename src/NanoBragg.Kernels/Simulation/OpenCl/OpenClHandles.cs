using System.Runtime.InteropServices;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>Something that the driver holds for this process until it is released.</summary>
internal abstract class OpenClHandle() : SafeHandle(0, ownsHandle: true)
{
    /// <inheritdoc/>
    public sealed override bool IsInvalid => handle == 0;
}

/// <summary>What buffers and programs live in.</summary>
internal sealed class ContextHandle : OpenClHandle
{
    protected override bool ReleaseHandle() => OpenClLibrary.ReleaseContext(handle) == 0;
}

/// <summary>Commands in the order in which they are done.</summary>
internal sealed class QueueHandle : OpenClHandle
{
    protected override bool ReleaseHandle() => OpenClLibrary.ReleaseQueue(handle) == 0;
}

/// <summary>A program, built or not.</summary>
internal sealed class ProgramHandle : OpenClHandle
{
    protected override bool ReleaseHandle() => OpenClLibrary.ReleaseProgram(handle) == 0;
}

/// <summary>A kernel of a program, with its arguments.</summary>
internal sealed class KernelHandle : OpenClHandle
{
    protected override bool ReleaseHandle() => OpenClLibrary.ReleaseKernel(handle) == 0;
}

/// <summary>Memory of the device.</summary>
internal sealed class BufferHandle : OpenClHandle
{
    protected override bool ReleaseHandle() => OpenClLibrary.ReleaseBuffer(handle) == 0;
}

/// <summary>A command's course, by the device's clock.</summary>
internal sealed class EventHandle : OpenClHandle
{
    protected override bool ReleaseHandle() => OpenClLibrary.ReleaseEvent(handle) == 0;
}
