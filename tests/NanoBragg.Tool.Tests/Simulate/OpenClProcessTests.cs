using System.Text.Json.Nodes;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Tool.Bench.Ptx;
using NanoBragg.Tool.Measurement.Devices;
using NanoBragg.Tool.Commands;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Bench;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Simulate;

public sealed class OpenClProcessTests : IDisposable
{
    private static readonly string[] _small =
        ["-default_F", "100", "-cell", "70", "80", "90", "75", "85", "95", "-N", "5", "-detpixels", "40", "-pixel", "0.9", "-nonoise", "-nopgm"];

    private static readonly string[] _precisions = ["double", "float", "float-fast"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Devices_are_listed_or_the_reason_for_none_is()
    {
        var found = OpenClDevices.Find();
        var (exitCode, text, error) = Run("devices");
        exitCode.ShouldBe(0, error);
        text.TrimEnd().Split('\n').Length.ShouldBe(Math.Max(1, found.All.Count) + IlgpuDevices.Find().Count);
        text.ShouldStartWith(found.ReasonForNone is null ? $"opencl:0  {found.All[0].Kind.ToString().ToLowerInvariant()}  {found.All[0].Name}" : $"no OpenCL devices: {found.ReasonForNone}");

        (exitCode, text, error) = Run("devices", "--json");
        exitCode.ShouldBe(0, error);
        var json = JsonNode.Parse(text)!;
        json["all"]!.AsArray().Select(device => (string)device!["name"]!).ShouldBe(found.All.Select(device => device.Name));
        ((string?)json["reasonForNone"]).ShouldBe(found.ReasonForNone);
    }

    [OpenClFact]
    public async Task A_picture_on_a_device_is_the_reference_s_but_for_rounding()
    {
        (await SimulateProcess.Run(_folder.Path, [.. _small, "-floatfile", "reference.bin"])).ExitCode.ShouldBe(0);
        foreach (var (precision, bound) in new[] { ("double", 1e-6), ("float", 1e-4) })
        {
            var (exitCode, output, error) = await SimulateProcess.Run(
                _folder.Path, ["--device", "opencl:0", "--precision", precision, "--json", .. _small, "-floatfile", "device.bin"]);

            exitCode.ShouldBe(0, error);
            error.ShouldBeEmpty();
            ((string)JsonNode.Parse(output)!["backEnd"]!).ShouldBe($"opencl-{precision}");
            var (drawn, expected) = (Pixels("device.bin"), Pixels("reference.bin"));
            for (var i = 0; i < expected.Length; i++)
            {
                Math.Abs(drawn[i] - expected[i]).ShouldBeLessThanOrEqualTo((float)(bound * Math.Max(expected[i], 0.01 * expected.Max())), $"pixel {i}");
            }
        }
    }

    [PoclFact]
    public async Task Device_scenarios_run_where_a_device_is_named_draw_the_right_picture_and_copy_nothing_meanwhile()
    {
        var (exitCode, output, error) = await ToolProcess.Run(
            new Dictionary<string, string> { ["NANOBRAGG_DEVICE"] = "opencl:0" }, "measure", "at-perf-004-device", "--workers", "1", "--baseline", Path.Combine(_folder.Path, "none.json"), "--json");
        exitCode.ShouldBe(0, error);
        var cases = JsonNode.Parse(output)!["cases"]!.AsArray();
        cases.Select(measured => (string)measured!["name"]!).ShouldBe(["at-perf-004-device/double", "at-perf-004-device/float", "at-perf-004-device/float-fast"]);
        foreach (var measured in cases)
        {
            ((string?)measured!["failure"]).ShouldBeNull();
            Figure(measured, "copiedBytes").ShouldBe(0);
            Figure(measured, "deviceBytes").ShouldBeInRange(512 * 512 * sizeof(float), 20 * 512 * 512);
            Figure(measured, "deviceSeconds").ShouldBeGreaterThan(0);
            measured["devicePins"]!.AsArray().Select(pin => (string)pin!["name"]!).ShouldContain("driverLocalBytes");
        }

        static double Figure(JsonNode measured, string name) => (double)measured["metrics"]!.AsArray().Single(metric => (string)metric!["name"]! == name)!["value"]!;
    }

    [PoclFact]
    public async Task Two_devices_draw_the_picture_of_one()
    {
        // Enough steps that the second is worth it, and PoCL asked to be two devices.
        string[] large = [.. _small, "-detpixels", "200", "-oversample", "1", "-mosaic", "0.5", "-mosaic_dom", "100", "-phi", "0.1", "-osc", "1", "-phisteps", "10"];
        foreach (var device in new[] { "opencl:0", "opencl:0,1" })
        {
            string[] words = ["exec", Path.Combine(AppContext.BaseDirectory, "dotnet-nanobragg.dll"), "simulate", "--device", device, .. large, "-floatfile", device.Replace(':', '-') + ".bin"];
            var (exitCode, _, error) = await SimulateProcess.End(SimulateProcess.Start(_folder.Path, "dotnet", words, ("POCL_DEVICES", "pthread pthread")));
            exitCode.ShouldBe(0, error);
        }

        File.ReadAllBytes(_folder["opencl-0,1.bin"]).ShouldBe(File.ReadAllBytes(_folder["opencl-0.bin"]));
    }

    [OpenClFact]
    public async Task What_a_device_does_not_draw_is_handed_over_and_named()
    {
        var (exitCode, _, error) = await SimulateProcess.Run(_folder.Path, ["--device", "opencl", .. _small, "-tophat_spots"]);

        exitCode.ShouldBe(0, error);
        error.Trim().ShouldBe("nanobragg: the opencl device does not draw -tophat_spots: the reference device draws this picture");
    }

    [Theory]
    [InlineData("there is no OpenCL device 99", "--device", "opencl:99")]
    [InlineData("there is no device 'opencl:-1'", "--device", "opencl:-1")]
    [InlineData("there is no OpenCL device 98", "--device", "opencl:98,99")]
    [InlineData("there is no device 'opencl:0,0'", "--device", "opencl:0,0")]
    [InlineData("there is no device 'OpenCL'", "--device", "OpenCL")]
    [InlineData("--precision float-fast needs --device gpu or opencl", "--precision", "float-fast")]
    [InlineData("--device cpu does not compute in float-fast", "--device", "cpu", "--precision", "float-fast")]
    public async Task Devices_that_are_not_there_or_do_not_fit_are_one_line(string message, params string[] options)
    {
        var (exitCode, output, error) = await SimulateProcess.Run(_folder.Path, [.. options, .. _small]);

        exitCode.ShouldBe(1);
        error.Trim().ShouldNotContain("\n");
        error.ShouldStartWith("nanobragg: error: ");
        error.ShouldContain(message);
        output.ShouldBeEmpty();
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [OpenClFact]
    public void The_suite_gpu_has_a_row_for_each_arithmetic_with_its_errors()
    {
        var (exitCode, output, error) = BenchRun.Run("--suite", "gpu", "--device", "opencl:0", "--case", "A", "--steps", "20000", "--json");

        exitCode.ShouldBe(0, error);
        var json = JsonNode.Parse(output)!;
        ((string)json["devices"]![0]!["name"]!).ShouldBe(OpenClDevices.Find().All[0].Name);
        var rows = json["rows"]!.AsArray();
        rows.Select(row => ((string)row!["case"]!, (string)row["precision"]!)).ShouldBe(_precisions.Select(precision => ("A", precision)));
        json["code"]!["rows"]!.AsArray().Count.ShouldBe(PtxCompiler.NotAvailable is null ? 3 : 0);
        ((string?)json["code"]!["notAvailable"]).ShouldBe(PtxCompiler.NotAvailable);
        foreach (var row in rows)
        {
            ((bool)row!["errors"]!["withinBounds"]!).ShouldBeTrue();
            ((double)row["times"]!["bestKernel"]!).ShouldBeGreaterThan(0);
            ((double)row["stepsPerSecond"]!).ShouldBeGreaterThan(0);
        }

        (exitCode, output, error) = BenchRun.Run("--suite", "gpu", "--device", "opencl:0", "--case", "C", "--steps", "20000");
        exitCode.ShouldBe(0, error);
        output.ShouldStartWith("Suite gpu on opencl:0, ");
        output.Split('\n').Count(line => line.StartsWith("| C ", StringComparison.Ordinal)).ShouldBe(PtxCompiler.NotAvailable is null ? 9 : 6);
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = Root.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    private float[] Pixels(string file) => [.. File.ReadAllBytes(_folder[file]).Chunk(4).Select(word => BitConverter.ToSingle(word))];
}
