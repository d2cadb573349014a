using System.Text.Json.Nodes;
using NanoBragg.Tool.Measurement.Devices;
using NanoBragg.Tool.Tests.Measurement;
using NanoBragg.Tool.Tests.Measurement.Devices;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>A kernel of a device, gated where the device is and where it is not, by the tool as its users start it.</summary>
public sealed class DeviceGateTests : IDisposable
{
    private static readonly Dictionary<string, string> s_device = new() { ["NANOBRAGG_TEST_DEVICE"] = "1" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanobragg-test-");

    private string Baseline => Path.Combine(_folder.FullName, "nanobragg.baseline.json");

    [Fact]
    public async Task What_a_device_has_measured_neither_passes_nor_fails_where_there_is_none_and_its_code_is_gated_all_the_same()
    {
        await Update(s_device, "the device's figures");
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(Baseline))!["entries"]![0]!;
        recorded["exact"]!["secondsOfACall"]!["value"]!.GetValue<double>().ShouldBe(0.0625);
        recorded["machines"]!.AsObject().Single().Value!["driverRegisters"]!["value"]!.GetValue<int>().ShouldBe(32);
        recorded["machines"]!.AsObject().Single().Value!.AsObject().Select(line => line.Key).ShouldBe(["driverRegisters"]);
        var withDevice = await Gate(s_device);
        withDevice.ExitCode.ShouldBe(0, withDevice.Output);

        var without = await Gate([]);
        without.ExitCode.ShouldBe(0, without.Output);
        var report = JsonNode.Parse(without.Output)!;
        var finding = report["findings"]!.AsArray().Single(found => (string)found!["code"]! == "NB1019" && ((string)found["message"]!).Contains("secondsOfACall", StringComparison.Ordinal))!;
        ((string)finding["message"]!).ShouldContain("there is no made-up device");
        report["comparisons"]!.AsArray().Where(c => (string)c!["metric"]! is "secondsOfACall" or "driverRegisters" or "allocatedBytes").Select(c => (string)c!["outcome"]!).ShouldBe(["notAvailable", "notAvailable", "notAvailable"], ignoreOrder: true);

        // An update there keeps what only the device knows.
        var before = await File.ReadAllTextAsync(Baseline);
        await Update([], "nothing new");
        (await File.ReadAllTextAsync(Baseline)).ShouldBe(before);
    }

    [ClangFact]
    public async Task A_device_that_does_more_is_red_without_the_device()
    {
        await Update([], "as it is");
        File.ReadAllText(Baseline).ShouldContain("ptxInstructionsInLoops");
        var slower = await Gate(new Dictionary<string, string> { ["NANOBRAGG_TEST_WORK"] = "(cos(x)/(x))" });
        slower.ExitCode.ShouldBe(2, slower.Output);
        JsonNode.Parse(slower.Output)!["comparisons"]!.AsArray().Where(c => (string)c!["outcome"]! == "regressed").Select(c => (string)c!["metric"]!).ShouldContain("ptxSpecialInLoops");
    }

    [ClangFact]
    public async Task Device_code_that_does_not_compile_fails_its_case()
    {
        var (exitCode, output, error) = await ToolProcess.Run(new Dictionary<string, string> { ["NANOBRAGG_TEST_WORK"] = "misspelt" }, "measure", "on-a-device", "--assembly", Fixture.AssemblyPath, "--workers", "1", "--baseline", Baseline);
        exitCode.ShouldBe(2, error);
        output.ShouldContain("FAILED: clang-15 does not compile the kernels");
    }

    [Fact]
    public async Task Without_the_compiler_its_figures_are_not_available_and_say_why()
    {
        await Update([], "as it is");
        var without = await Gate(new Dictionary<string, string> { ["PATH"] = Path.GetDirectoryName(Environment.ProcessPath)! });
        without.ExitCode.ShouldBe(0, without.Output);
        var message = (string)JsonNode.Parse(without.Output)!["findings"]!.AsArray().First(found => (string)found!["code"]! == "NB1019")!["message"]!;
        message.ShouldContain(PtxCompiler.NotAvailable is null ? "clang-15 is not on the search path" : "ptxInstructions");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task Update(Dictionary<string, string> environment, string reason)
    {
        var (exitCode, _, error) = await ToolProcess.Run(
            environment, "baseline", "update", "--assembly", Fixture.AssemblyPath, "--scenario", "on-a-device", "--baseline", Baseline, "--reason", reason, "--despite-interference", "--keep-base", "none");
        exitCode.ShouldBe(0, error);
    }

    private Task<(int ExitCode, string Output, string Error)> Gate(Dictionary<string, string> environment) => ToolProcess.Run(
        environment, "gate", "on-a-device", "--assembly", Fixture.AssemblyPath, "--baseline", Baseline, "--workers", "2", "--no-identity", "--json");
}
