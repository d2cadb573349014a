using ILGPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Ilgpu;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.Ilgpu;

public sealed class IlgpuFailureTests
{
    public static TheoryData<Exception, IlgpuProblem, string> Errors => new()
    {
        { new CudaException("what the driver says"), IlgpuProblem.Failed, "what the driver says while drawing: the accelerator or its driver failed" },
        { new CLException(CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE), IlgpuProblem.OutOfMemory, "CL_MEM_OBJECT_ALLOCATION_FAILURE while drawing: draw fewer pixels" },
        { new CLException(CLError.CL_BUILD_PROGRAM_FAILURE), IlgpuProblem.Build, "refuses the kernel" },
        { new InsufficientMemoryException(), IlgpuProblem.OutOfMemory, "-roi" },
        { new InternalCompilerException("outer", new NotSupportedException("the inner\nreason")), IlgpuProblem.Build, "the inner reason while drawing" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void What_ILGPU_throws_is_one_line_that_says_what_to_do(Exception thrown, IlgpuProblem problem, string said)
    {
        var error = Should.Throw<IlgpuException>(() => IlgpuErrors.Told<int>("drawing", () => throw thrown));
        error.Problem.ShouldBe(problem);
        error.Message.ShouldStartWith("ILGPU: ");
        error.Message.ShouldContain(said);
        error.Message.ShouldNotContain("\n");
        error.InnerException.ShouldBe(thrown);
    }

    // Only a machine with NVIDIA's driver makes such an error itself.
    [Theory]
    [InlineData("CUDA_ERROR_OUT_OF_MEMORY", IlgpuProblem.OutOfMemory)]
    [InlineData("CUDA_ERROR_INVALID_PTX", IlgpuProblem.Build)]
    [InlineData("CUDA_ERROR_LAUNCH_FAILED", IlgpuProblem.Failed)]
    public void Errors_of_NVIDIA_s_driver_are_told_by_name(string name, IlgpuProblem problem) => IlgpuErrors.ProblemOfCuda(name).ShouldBe(problem);

    [Fact]
    public void What_is_no_error_of_ILGPU_s_goes_through()
    {
        Should.Throw<OperationCanceledException>(() => IlgpuErrors.Told<int>("drawing", () => throw new OperationCanceledException()));
        Should.Throw<ArgumentException>(() => IlgpuErrors.Told<int>("drawing", () => throw new ArgumentException("wrong")));
    }

    [Fact]
    public void Accelerators_are_listed_the_preferred_first_with_the_processor_last()
    {
        var found = IlgpuDevices.Find();
        found.Select(device => device.Kind).ShouldBe(found.Select(device => device.Kind).Order());
        found[^1].Kind.ShouldBe(IlgpuKind.Cpu);
        found.ShouldAllBe(device => device.Name.Length > 0 && device.MemoryBytes > 0 && device.Multiprocessors > 0);
        using var best = new IlgpuBackEnd(null);
        best.Device.ShouldBe(found[0]);
    }

    [Theory]
    [InlineData(IlgpuKind.Cuda, "ILGPU finds no CUDA accelerator: that needs an NVIDIA GPU and its driver")]
    [InlineData(IlgpuKind.OpenCl, "ILGPU finds no OpenCL accelerator: that needs the library libOpenCL.so")]
    public void A_kind_that_there_is_not_is_told_with_what_it_needs(IlgpuKind kind, string message)
    {
        if (IlgpuDevices.Find().Any(device => device.Kind == kind))
        {
            using var opened = new IlgpuBackEnd(kind);
            opened.Device.Kind.ShouldBe(kind);
            return;
        }

        var error = Should.Throw<IlgpuException>(() => new IlgpuBackEnd(kind));
        error.Problem.ShouldBe(IlgpuProblem.NoDevice);
        error.Message.ShouldStartWith(message);
    }
}
