using NanoBragg.Kernels.Simulation;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation;

public sealed class IlgpuDevicesTests
{
    [Fact]
    public void A_build_finds_accelerators_if_it_has_ILGPU_and_else_says_how_to_get_it()
    {
        IlgpuDevices.Find().Any().ShouldBe(IlgpuDevices.AreBuilt);
        if (IlgpuDevices.AreBuilt)
        {
            using var backEnd = IlgpuDevices.Open(IlgpuKind.Cpu);
            backEnd.Name.ShouldBe("ilgpu-double");
        }
        else
        {
            var error = Should.Throw<IlgpuException>(() => IlgpuDevices.Open(null));
            error.Problem.ShouldBe(IlgpuProblem.NotBuilt);
            error.Message.ShouldStartWith("this build has no ILGPU back end: ");
            error.Message.ShouldContain("-p:UseIlgpu=true");
            error.Message.ShouldNotContain("\n");
        }
    }
}
