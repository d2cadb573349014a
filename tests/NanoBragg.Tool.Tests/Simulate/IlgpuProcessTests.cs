using System.Text.Json.Nodes;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Tool.Commands;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Bench;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Simulate;

/// <summary>What users see of the ILGPU back end, in a build that has it and in one that has not.</summary>
public sealed class IlgpuProcessTests : IDisposable
{
    private static readonly string[] _small =
        ["-default_F", "100", "-cell", "70", "80", "90", "75", "85", "95", "-N", "5", "-detpixels", "40", "-pixel", "0.9", "-nonoise", "-nopgm"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ilgpu")]
    [InlineData("ilgpu:cpu")]
    public async Task A_picture_is_the_reference_s_but_for_rounding_or_the_error_says_how_to_build(string device)
    {
        (await SimulateProcess.Run(_folder.Path, [.. _small, "-floatfile", "reference.bin"])).ExitCode.ShouldBe(0);
        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, ["--device", device, "--json", .. _small, "-floatfile", "device.bin"]);
        if (!IlgpuDevices.AreBuilt)
        {
            ShouldSayHowToBuild(exitCode, error);
            output.ShouldBeEmpty();
            File.Exists(_folder["device.bin"]).ShouldBeFalse();
            return;
        }

        exitCode.ShouldBe(0, error);
        error.ShouldBeEmpty();
        ((string)JsonNode.Parse(output)!["backEnd"]!).ShouldBe("ilgpu-double");
        var (drawn, expected) = (Pixels("device.bin"), Pixels("reference.bin"));
        for (var i = 0; i < expected.Length; i++)
        {
            Math.Abs(drawn[i] - expected[i]).ShouldBeLessThanOrEqualTo((float)(1e-6 * Math.Max(expected[i], 0.01 * expected.Max())), $"pixel {i}");
        }
    }

    [Fact]
    public void The_suite_gpu_measures_it_in_double_or_the_error_says_how_to_build()
    {
        var (exitCode, output, error) = BenchRun.Run("--suite", "gpu", "--device", "ilgpu:cpu", "--case", "A", "--steps", "20000", "--json");
        if (!IlgpuDevices.AreBuilt)
        {
            ShouldSayHowToBuild(exitCode, error);
            return;
        }

        exitCode.ShouldBe(0, error);
        var json = JsonNode.Parse(output)!;
        ((string)json["accelerator"]!["kind"]!).ShouldBe("cpu");
        var row = json["rows"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)row["precision"]!).ShouldBe("double");
        ((bool)row["errors"]!["withinBounds"]!).ShouldBeTrue();
        ((double)row["times"]!["bestKernel"]!).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("there is no device 'ilgpu:0'; of ILGPU there is ilgpu (the best one), ilgpu:cuda, ilgpu:opencl, ilgpu:cpu", "--device", "ilgpu:0")]
    [InlineData("--device ilgpu does not compute in float: that needs --device cpu, gpu or opencl", "--device", "ilgpu", "--precision", "float")]
    public async Task Words_that_do_not_fit_are_one_line(string message, params string[] options)
    {
        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, [.. options, .. _small]);

        exitCode.ShouldBe(1);
        error.Trim().ShouldBe($"nanobragg: error: {message}");
        output.ShouldBeEmpty();
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Lanes_are_for_OpenCL()
    {
        var (exitCode, _, error) = BenchRun.Run("--suite", "gpu", "--device", "ilgpu", "--lanes", "4");
        exitCode.ShouldBe(1);
        error.ShouldContain("--lanes is for OpenCL devices");
    }

    [Fact]
    public void Accelerators_are_listed_in_a_build_that_has_them_only()
    {
        var (text, json) = (Devices(), JsonNode.Parse(Devices("--json"))!);
        text.Split('\n').Count(line => line.StartsWith("ilgpu:", StringComparison.Ordinal)).ShouldBe(IlgpuDevices.Find().Count);
        json["ilgpu"]?.AsArray().Select(device => (string)device!["name"]!).ShouldBe(IlgpuDevices.Find().Select(device => device.Name));
        (json["ilgpu"] is not null).ShouldBe(IlgpuDevices.AreBuilt);
    }

    private static void ShouldSayHowToBuild(int exitCode, string error)
    {
        exitCode.ShouldBe(1);
        error.Trim().ShouldStartWith("nanobragg: error: this build has no ILGPU back end: build the tool with 'dotnet build NanoBragg.sln -c Release -p:UseIlgpu=true'");
        error.Trim().ShouldNotContain("\n");
    }

    private static string Devices(params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Root.Run(["devices", .. options], output, error).ShouldBe(0, error.ToString());
        return output.ToString();
    }

    private float[] Pixels(string file) => [.. File.ReadAllBytes(_folder[file]).Chunk(4).Select(word => BitConverter.ToSingle(word))];
}
