using ILGPU;
using ILGPU.Backends;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace NanoBragg.Kernels.Simulation.Ilgpu;

/// <summary>What ILGPU and its drivers throw, as one line each.</summary>
internal static class IlgpuErrors
{
    /// <summary>Does something with ILGPU.</summary>
    /// <param name="doing">What, as the end of "while ...".</param>
    /// <param name="work">It.</param>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <returns>What it gives.</returns>
    /// <exception cref="IlgpuException">It failed.</exception>
    public static T Told<T>(string doing, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (ProblemOf(e) is { } problem)
        {
            var help = problem switch
            {
                IlgpuProblem.OutOfMemory => "draw fewer pixels at once with -roi, or take another device",
                IlgpuProblem.Build => "ILGPU or the driver refuses the kernel; take --device gpu (OpenCL) or cpu",
                _ => "the accelerator or its driver failed; see 'dotnet nanobragg devices'",
            };
            throw new IlgpuException(problem, $"ILGPU: {Reason(e)} while {doing}: {help}", e);
        }
    }

    /// <summary>Tells what kind of problem an error is; null where it is none of ILGPU's.</summary>
    /// <param name="error">The error.</param>
    internal static IlgpuProblem? ProblemOf(Exception error) => error switch
    {
        CudaException cuda => ProblemOfCuda(cuda.Error),
        CLException { Error: CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_OUT_OF_HOST_MEMORY or CLError.CL_INVALID_BUFFER_SIZE } => IlgpuProblem.OutOfMemory,
        CLException { Error: CLError.CL_BUILD_PROGRAM_FAILURE } => IlgpuProblem.Build,
        OutOfMemoryException => IlgpuProblem.OutOfMemory,
        AcceleratorException => IlgpuProblem.Failed,
        InternalCompilerException or InvalidCodeGenerationException or NotSupportedIntrinsicException or CapabilityNotSupportedException or NotSupportedException => IlgpuProblem.Build,
        DllNotFoundException or EntryPointNotFoundException or TypeInitializationException => IlgpuProblem.Failed,
        _ => null,
    };

    /// <summary>Tells what kind of problem an error of NVIDIA's driver is.</summary>
    /// <param name="name">The error's name.</param>
    internal static IlgpuProblem ProblemOfCuda(string name) => name switch
    {
        nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY) => IlgpuProblem.OutOfMemory,
        nameof(CudaError.CUDA_ERROR_INVALID_PTX) or nameof(CudaError.CUDA_ERROR_NO_BINARY_FOR_GPU) => IlgpuProblem.Build,
        _ => IlgpuProblem.Failed,
    };

    // The compiler wraps what it found in what it was doing; the innermost says most.
    private static string Reason(Exception error)
    {
        var innermost = error;
        while (innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        var message = innermost switch
        {
            CudaException cuda => $"{cuda.Error}: {cuda.Message}",
            CLException openCl => openCl.Error.ToString(),
            _ => innermost.Message,
        };
        return message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
    }
}
