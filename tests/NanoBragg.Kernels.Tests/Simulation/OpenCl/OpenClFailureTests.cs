using NanoBragg.Kernels.Simulation.OpenCl;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.OpenCl;

public sealed class OpenClFailureTests
{
    private const string Kernel = "__kernel void draw(__global float *image) { image[get_global_id(0)] = 1.0f; }";

    [OpenClFact]
    public void A_device_that_is_not_there_is_told_with_those_that_are()
    {
        var devices = OpenClDevices.Find();
        foreach (var number in new[] { -1, devices.All.Count })
        {
            var error = Should.Throw<OpenClException>(() => devices.Numbered(number));
            error.Problem.ShouldBe(OpenClProblem.NoDevice);
            error.Message.ShouldBe($"there is no OpenCL device {number}; there is {string.Join(", ", devices.All.Select(device => $"{device.Number}: {device.Name}"))}");
        }
    }

    [OpenClFact]
    public void Devices_are_numbered_in_order_and_named()
    {
        var devices = OpenClDevices.Find();
        devices.ReasonForNone.ShouldBeNull();
        devices.All.Select(device => device.Number).ShouldBe(Enumerable.Range(0, devices.All.Count));
        devices.All.ShouldAllBe(device => device.Name.Length > 0 && device.Driver.Length > 0 && device.Platform.Length > 0 && device.MemoryBytes > 0 && device.ComputeUnits > 0);
        OpenClDevices.Find().All.ShouldBe(devices.All);
    }

    [OpenClFact]
    public void A_kernel_that_does_not_compile_is_told_with_what_the_compiler_says()
    {
        using var session = new OpenClSession(TestDevice.Device);
        var error = Should.Throw<OpenClException>(() => LatticeProgram.Make(session.Context, session.Device, Kernel.Replace("1.0f", "misspelt", StringComparison.Ordinal), "-DSOME"));
        error.Problem.ShouldBe(OpenClProblem.Build);
        error.Message.ShouldContain("-DSOME");
        error.Message.ShouldContain("misspelt");
        error.Message.ShouldNotContain("\n");
    }

    [OpenClFact]
    public void A_program_is_cached_by_source_options_device_and_driver()
    {
        var device = TestDevice.Device;
        string[] keys =
        [
            ProgramCache.Key(device, Kernel, "-DA"), ProgramCache.Key(device, Kernel + " ", "-DA"), ProgramCache.Key(device, Kernel, "-DB"),
            ProgramCache.Key(device with { Driver = "next" }, Kernel, "-DA"), ProgramCache.Key(device with { Name = "other" }, Kernel, "-DA"),
        ];
        keys.Distinct().Count().ShouldBe(keys.Length);
        ProgramCache.Key(device, Kernel, "-DA").ShouldBe(keys[0]);
    }

    [OpenClFact]
    public void A_cached_program_that_is_spoilt_is_compiled_again_and_replaced()
    {
        using var session = new OpenClSession(TestDevice.Device);
        const string Options = "-DCACHED";
        LatticeProgram.Make(session.Context, session.Device, Kernel, Options).Dispose();
        var key = ProgramCache.Key(session.Device, Kernel, Options);
        var path = Path.Combine(ProgramCache.Folder!, key + ".bin");
        var whole = File.ReadAllBytes(path);
        byte[] changed = [.. whole[..^1], (byte)~whole[^1]];
        ProgramCache.Read(key).ShouldBe(whole[32..]);

        foreach (var spoilt in new[] { [], whole[..(whole.Length / 2)], changed })
        {
            File.WriteAllBytes(path, spoilt);
            ProgramCache.Read(key).ShouldBeNull();
            LatticeProgram.Make(session.Context, session.Device, Kernel, Options).Dispose();
            ProgramCache.Read(key).ShouldNotBeNull().Length.ShouldBe(whole.Length - 32);
        }

        // Whole by its hash, and no program.
        ProgramCache.Write(key, [1, 2, 3, 4, 5, 6, 7, 8]);
        LatticeProgram.Make(session.Context, session.Device, Kernel, Options).Dispose();
        ProgramCache.Read(key).ShouldNotBeNull().Length.ShouldBe(whole.Length - 32);
    }

    [OpenClFact]
    public void Memory_that_the_device_does_not_have_is_told_with_its_use()
    {
        using var session = new OpenClSession(TestDevice.Device);
        var error = Should.Throw<OpenClException>(() => session.Room<float>(1L << 45, "the image"));
        error.Problem.ShouldBe(OpenClProblem.OutOfMemory);
        error.Message.ShouldContain("the image, 140737488355328 bytes");
    }

    [Theory]
    [InlineData(-4, OpenClProblem.OutOfMemory, "CL_MEM_OBJECT_ALLOCATION_FAILURE")]
    [InlineData(-5, OpenClProblem.DeviceLost, "CL_OUT_OF_RESOURCES")]
    [InlineData(-36, OpenClProblem.DeviceLost, "CL_INVALID_COMMAND_QUEUE")]
    [InlineData(-1001, OpenClProblem.NoDriver, "CL_PLATFORM_NOT_FOUND_KHR")]
    [InlineData(-52, OpenClProblem.Call, "OpenCL error -52")]
    public void Codes_become_names_and_what_to_do(int code, OpenClProblem problem, string name)
    {
        var error = Should.Throw<OpenClException>(() => OpenClException.Check(code, "drawing"));
        error.Problem.ShouldBe(problem);
        error.Message.ShouldStartWith($"{name} while drawing: ");
    }

    [Fact]
    public void Success_is_no_error() => Should.NotThrow(() => OpenClException.Check(0, "drawing"));
}
