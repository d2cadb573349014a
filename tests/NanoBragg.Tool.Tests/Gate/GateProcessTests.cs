using System.Diagnostics;
using System.Text.Json;
using NanoBragg.Tests.Processes;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>The whole way, in real processes: measure made-up kernels, record them, gate them.</summary>
public sealed class GateProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_recorded_kernel_passes_a_changed_result_fails_and_json_is_all_there_is_on_standard_output()
    {
        var update = Tool("baseline", "update", "--scenario", "good", "--scenario", "allocates", "--workers", "3", "--despite-interference", "--assembly", Fixture.AssemblyPath);
        update.ExitCode.ShouldBe(0, update.Error);
        var path = _folder["nanobragg.baseline.json"];
        var recorded = File.ReadAllText(path);
        recorded.ShouldContain("\"yardstick\": ");

        // Timing is not to be trusted in a test; the exact metrics are.
        var pass = Tool("gate", "good", "allocates", "--workers", "1", "--assembly", Fixture.AssemblyPath, "--fail-on", "exact", "--json");
        pass.ExitCode.ShouldBe(0, pass.Output + pass.Error);
        var report = JsonDocument.Parse(pass.Output).RootElement;
        report.GetProperty("comparisons").EnumerateArray().Where(c => c.GetProperty("kind").GetString() == "exact")
            .ShouldAllBe(c => c.GetProperty("outcome").GetString() == "pass");
        pass.Error.ShouldContain("measuring");

        var lines = recorded.Split('\n');
        var line = Array.FindIndex(lines, text => text.Contains("\"length\"", StringComparison.Ordinal));
        lines[line] = lines[line].Replace("\"value\": 1000", "\"value\": 999", StringComparison.Ordinal);
        File.WriteAllText(path, string.Join('\n', lines));
        var fail = Tool("gate", "allocates", "--workers", "1", "--assembly", Fixture.AssemblyPath, "--fail-on", "exact");
        fail.ExitCode.ShouldBe(2, fail.Output + fail.Error);
        fail.Output.ShouldContain($"nanobragg.baseline.json({line + 1},");
        fail.Output.ShouldContain($"error NB1001: allocates: length is 1000, was 999");
        fail.Output.ShouldContain($"`dotnet nanobragg baseline update --scenario allocates --metric length --reason \"…\" --assembly {Fixture.AssemblyPath}`");

        string[] acceptLength = ["baseline", "update", "--scenario", "allocates", "--metric", "length", "--workers", "1", "--assembly", Fixture.AssemblyPath];
        Tool(acceptLength).ExitCode.ShouldBe(2, "a result that changed needs a word");
        var accept = Tool([.. acceptLength, "--accept-regression", "one more"]);
        accept.ExitCode.ShouldBe(0, accept.Error);
        File.ReadAllText(path).Replace(", \"reason\": \"one more\"", "", StringComparison.Ordinal).ShouldBe(recorded);
    }

    [Fact]
    public void A_gate_that_runs_out_of_time_says_so_with_its_own_code()
    {
        _folder.Write("nanobragg.baseline.json", Sample.Full);
        var result = Tool("gate", "endless", "--timeout", "2", "--assembly", Fixture.AssemblyPath);
        result.ExitCode.ShouldBe(5, result.Output + result.Error);
        result.Output.ShouldContain("error NB1005: timed out after 2 s");
    }

    [Fact]
    public void A_kernel_whose_check_throws_fails_the_gate()
    {
        _folder.Write("nanobragg.baseline.json", Sample.Full);
        var result = Tool("gate", "wrong-result", "--workers", "1", "--assembly", Fixture.AssemblyPath);
        result.ExitCode.ShouldBe(2, result.Output + result.Error);
        result.Output.ShouldContain("error NB1008: wrong-result: ");
    }

    private (int ExitCode, string Output, string Error) Tool(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "dotnet-nanobragg.dll"), .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The lock on the machine lies in the temporary folder; with its own, this test neither waits for other measurements nor delays them.
        start.Environment["TMPDIR"] = _folder.Path;
        start.Environment["NANOBRAGG_CACHE"] = _folder["cache"];
        using var tool = Process.Start(start)!;
        return tool.End().GetAwaiter().GetResult();
    }
}
