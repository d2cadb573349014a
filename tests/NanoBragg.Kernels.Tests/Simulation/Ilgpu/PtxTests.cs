using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using NanoBragg.Kernels.Simulation.Ilgpu;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.Ilgpu;

/// <summary>The kernel as ILGPU makes it for NVIDIA's GPUs, which needs none: the processor's accelerator runs the kernel as it is, and would not tell what no GPU has.</summary>
public sealed class PtxTests
{
    [Theory]
    [InlineData(typeof(BlockLattice))]
    [InlineData(typeof(EllipsoidLattice))]
    [InlineData(typeof(GaussianLattice))]
    public void Each_outline_compiles_to_code_of_a_GPU_without_calls_local_memory_or_approximations(Type lattice)
    {
        using var context = Context.Create(builder => builder.Math(MathMode.Default));
        using var compiler = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_80, null!);
        var kernel = typeof(PixelKernel).GetMethod(nameof(PixelKernel.Draw))!.MakeGenericMethod(lattice);
        var code = ((PTXCompiledKernel)compiler.Compile(EntryPointDescription.FromImplicitlyGroupedKernel(kernel), default)).PTXAssembly;

        code.ShouldContain("mul.f64");
        code.ShouldNotContain("call");
        code.ShouldNotContain(".local");
        code.ShouldNotContain(".approx");
        code.ShouldNotContain(".f32");
    }
}
