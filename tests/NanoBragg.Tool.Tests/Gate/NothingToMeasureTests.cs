using System.Text.Json;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>Real processes that are asked the same again.</summary>
public sealed class NothingToMeasureTests : IDisposable
{
    private const string Measuring = "nanobragg: measuring in worker process";
    private const string Nothing = "nothing to measure: same code, runtime";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_gate_that_passed_is_not_measured_again_until_something_is_different()
    {
        string[] what = ["allocates", "--baseline", _folder["b.json"], "--assembly", Fixture.AssemblyPath];
        var update = await Tool("baseline", "update", "--workers", "3", "--despite-interference", "--scenario", "allocates", "--baseline", _folder["b.json"], "--assembly", Fixture.AssemblyPath);
        update.ExitCode.ShouldBe(0, update.Error);
        File.ReadAllText(_folder["b.json"]).ShouldContain("\"identity\": \"");

        // With the same code three processes are never inconclusive.
        string[] gate = ["gate", .. what, "--workers", "3"];
        var first = await Tool(gate);
        first.ExitCode.ShouldBe(0, first.Output + first.Error);
        first.Error.ShouldContain(Measuring);
        first.Output.ShouldNotContain(Nothing);

        var second = await Tool([.. gate, "--report", _folder["r.json"], "--report", _folder["r.md"]]);
        second.ExitCode.ShouldBe(0, second.Output + second.Error);
        second.Error.ShouldBeEmpty();
        second.Output.ShouldContain(Nothing);
        JsonDocument.Parse(File.ReadAllText(_folder["r.json"])).RootElement.GetProperty("verdict").GetString().ShouldBe("pass");
        File.ReadAllText(_folder["r.md"]).ShouldContain(Nothing);

        var json = await Tool([.. gate, "--json"]);
        json.Output.ShouldBe(File.ReadAllText(_folder["r.json"]));

        (await Tool(["gate", .. what, "--workers", "1", "--fail-on", "exact", "--no-identity"])).Error.ShouldContain(Measuring);
        var reworded = File.ReadAllText(_folder["b.json"]).Replace("\"kernel\":", "\"note\": \"x\", \"kernel\":", StringComparison.Ordinal);
        File.WriteAllText(_folder["b.json"], reworded);
        (await Tool(gate)).Error.ShouldContain(Measuring);
    }

    [Fact]
    public async Task Measured_figures_are_reused_where_all_that_they_depend_on_is_the_same()
    {
        var assembly = Fixture.CopyWith(_folder["a"], 0x5EED0001, 0x5EED0001);
        string[] measure = ["measure", "marked", "--assembly", assembly, "--workers", "1", "--out", _folder["m.json"], "--reuse"];
        var first = await Tool(measure);
        first.ExitCode.ShouldBe(0, first.Error);
        first.Error.ShouldContain(Measuring);
        MeasuredRunFile.Read(_folder["m.json"]).Cases.ShouldHaveSingleItem().Identity!.Length.ShouldBe(16);
        var bytes = File.ReadAllBytes(_folder["m.json"]);
        File.SetLastWriteTimeUtc(_folder["m.json"], DateTime.UnixEpoch.AddYears(40));

        // Another file with the same code, as a comment makes it.
        Fixture.CopyWith(_folder["a"], 0x5EED0001, 0x5EED0001);
        var second = await Tool(measure);
        second.ExitCode.ShouldBe(0, second.Error);
        second.Error.TrimEnd().ShouldBe("nanobragg: nothing to measure: same code, runtime and machine as when it was measured last");
        File.ReadAllBytes(_folder["m.json"]).ShouldBe(bytes);
        File.GetLastWriteTimeUtc(_folder["m.json"]).ShouldBeGreaterThan(DateTime.UtcNow.AddHours(-1));

        // What the build could not judge.
        File.SetLastWriteTimeUtc(_folder["m.json"], DateTime.UnixEpoch);
        (await Tool(measure)).Error.ShouldContain(Measuring);

        Fixture.CopyWith(_folder["a"], 0x5EED0001, 0x5EEE0001);
        (await Tool(measure)).Error.ShouldContain(Measuring);
        (await Tool([.. measure, "--no-identity"])).Error.ShouldContain(Measuring);
        MeasuredRunFile.Read(_folder["m.json"]).Key.ShouldBeNull();
    }

    private Task<(int ExitCode, string Output, string Error)> Tool(params string[] arguments) =>
        ToolProcess.Run(new Dictionary<string, string> { ["TMPDIR"] = _folder.Path, [CacheFolder.Variable] = _folder["cache"] }, arguments);
}
