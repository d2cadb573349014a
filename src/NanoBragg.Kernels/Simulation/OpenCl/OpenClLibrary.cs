using System.Runtime.InteropServices;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>The functions of OpenCL 1.2 that are called, by the names of the specification less their <c>cl</c>.</summary>
/// <remarks>Khronos, The OpenCL Specification 1.2. Each gives an error code, or writes it to its last argument; 0 is success.</remarks>
internal static unsafe partial class OpenClLibrary
{
    private const string Library = "OpenCL";

    private static readonly Lazy<nint> _handle = new(static () => Names.Select(static name => NativeLibrary.TryLoad(name, out var handle) ? handle : 0).FirstOrDefault(static handle => handle != 0));

    static OpenClLibrary() => NativeLibrary.SetDllImportResolver(typeof(OpenClLibrary).Assembly, static (name, _, _) => name == Library ? _handle.Value : 0);

    /// <summary>Gets the library's names, the first that is found being taken.</summary>
    public static IReadOnlyList<string> Names =>
        OperatingSystem.IsWindows() ? ["OpenCL.dll"]
        : OperatingSystem.IsMacOS() ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"]
        : ["libOpenCL.so.1", "libOpenCL.so"];

    /// <summary>Gets whether the machine has the library, which drivers come with.</summary>
    public static bool IsThere => _handle.Value != 0;

    [LibraryImport(Library, EntryPoint = "clGetPlatformIDs")]
    internal static partial int GetPlatforms(uint room, nint* platforms, out uint count);

    [LibraryImport(Library, EntryPoint = "clGetPlatformInfo")]
    internal static partial int GetPlatformInfo(nint platform, uint what, nuint room, byte* value, nuint* size);

    [LibraryImport(Library, EntryPoint = "clGetDeviceIDs")]
    internal static partial int GetDevices(nint platform, ulong kinds, uint room, nint* devices, out uint count);

    [LibraryImport(Library, EntryPoint = "clGetDeviceInfo")]
    internal static partial int GetDeviceInfo(nint device, uint what, nuint room, byte* value, nuint* size);

    [LibraryImport(Library, EntryPoint = "clCreateContext")]
    internal static partial ContextHandle CreateContext(nint* properties, uint count, nint* devices, nint notify, nint data, out int error);

    [LibraryImport(Library, EntryPoint = "clCreateCommandQueue")]
    internal static partial QueueHandle CreateQueue(ContextHandle context, nint device, ulong properties, out int error);

    [LibraryImport(Library, EntryPoint = "clCreateProgramWithSource")]
    internal static partial ProgramHandle CreateProgram(ContextHandle context, uint count, byte** sources, nuint* lengths, out int error);

    [LibraryImport(Library, EntryPoint = "clCreateProgramWithBinary")]
    internal static partial ProgramHandle CreateProgramOfBinary(
        ContextHandle context, uint count, nint* devices, nuint* lengths, byte** binaries, int* statuses, out int error);

    [LibraryImport(Library, EntryPoint = "clBuildProgram", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int BuildProgram(ProgramHandle program, uint count, nint* devices, string options, nint notify, nint data);

    [LibraryImport(Library, EntryPoint = "clGetProgramBuildInfo")]
    internal static partial int GetBuildInfo(ProgramHandle program, nint device, uint what, nuint room, byte* value, nuint* size);

    [LibraryImport(Library, EntryPoint = "clGetProgramInfo")]
    internal static partial int GetProgramInfo(ProgramHandle program, uint what, nuint room, void* value, nuint* size);

    [LibraryImport(Library, EntryPoint = "clCreateKernel", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial KernelHandle CreateKernel(ProgramHandle program, string name, out int error);

    [LibraryImport(Library, EntryPoint = "clSetKernelArg")]
    internal static partial int SetArgument(KernelHandle kernel, uint index, nuint size, void* value);

    [LibraryImport(Library, EntryPoint = "clGetKernelWorkGroupInfo")]
    internal static partial int GetWorkGroupInfo(KernelHandle kernel, nint device, uint what, nuint room, out ulong value, nuint* size);

    [LibraryImport(Library, EntryPoint = "clCreateBuffer")]
    internal static partial BufferHandle CreateBuffer(ContextHandle context, ulong flags, nuint size, void* host, out int error);

    [LibraryImport(Library, EntryPoint = "clEnqueueWriteBuffer")]
    internal static partial int Write(QueueHandle queue, BufferHandle buffer, uint waits, nuint offset, nuint size, void* source, uint count, nint* waitFor, nint* done);

    [LibraryImport(Library, EntryPoint = "clEnqueueReadBuffer")]
    internal static partial int Read(QueueHandle queue, BufferHandle buffer, uint waits, nuint offset, nuint size, void* target, uint count, nint* waitFor, nint* done);

    [LibraryImport(Library, EntryPoint = "clEnqueueNDRangeKernel")]
    internal static partial int Launch(
        QueueHandle queue, KernelHandle kernel, uint dimensions, nuint* offset, nuint* items, nuint* group, uint count, nint* waitFor, out EventHandle done);

    [LibraryImport(Library, EntryPoint = "clFinish")]
    internal static partial int Finish(QueueHandle queue);

    [LibraryImport(Library, EntryPoint = "clGetEventProfilingInfo")]
    internal static partial int GetProfilingInfo(EventHandle done, uint what, nuint room, out ulong nanoseconds, nuint* size);

    [LibraryImport(Library, EntryPoint = "clReleaseContext")]
    internal static partial int ReleaseContext(nint context);

    [LibraryImport(Library, EntryPoint = "clReleaseCommandQueue")]
    internal static partial int ReleaseQueue(nint queue);

    [LibraryImport(Library, EntryPoint = "clReleaseProgram")]
    internal static partial int ReleaseProgram(nint program);

    [LibraryImport(Library, EntryPoint = "clReleaseKernel")]
    internal static partial int ReleaseKernel(nint kernel);

    [LibraryImport(Library, EntryPoint = "clReleaseMemObject")]
    internal static partial int ReleaseBuffer(nint buffer);

    [LibraryImport(Library, EntryPoint = "clReleaseEvent")]
    internal static partial int ReleaseEvent(nint done);
}
