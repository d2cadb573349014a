using System.Text;
using System.Text.Json;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>Real worker processes with two builds of one assembly.</summary>
public sealed class DuetProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Identical_code_is_not_called_slower()
    {
        for (var run = 0; run < 3; run++)
        {
            var (exitCode, output, error) = await Gate("paced", Fixture.CopyWith(_folder["same"], 0x5EED0001, 0x5EED0001), "--no-identity");
            exitCode.ShouldBeOneOf([0, 4], output + error);
            var report = JsonDocument.Parse(output).RootElement;
            var time = report.GetProperty("comparisons").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "duet");
            time.GetProperty("groups").GetInt32().ShouldBeInRange(6, 20);
            time.GetProperty("changeAtLeast").GetDouble().ShouldBeLessThan(0.03);
            report.GetProperty("baseVersion").GetString().ShouldBe("1.2.3-beta.4");
        }
    }

    [Fact]
    public async Task Twice_the_work_for_the_same_result_is_a_regression()
    {
        // The candidate is the copy, so that it is also shown which side is which.
        var slow = Fixture.CopyWith(_folder["slow"], 0x5EED1000, 0x5EED2000);
        var (exitCode, output, error) = await Tool("gate", "paced", "--assembly", slow, "--base", Fixture.AssemblyPath, "--json");
        exitCode.ShouldBe(2, output + error);
        var time = JsonDocument.Parse(output).RootElement.GetProperty("comparisons").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "duet");
        time.GetProperty("outcome").GetString().ShouldBe("regressed");
        time.GetProperty("groups").GetInt32().ShouldBeGreaterThanOrEqualTo(10);
        time.GetProperty("change").GetDouble().ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public async Task A_first_call_that_alone_is_slower_passes_and_is_told()
    {
        var slow = Fixture.CopyWith(_folder["cold"], 0x5EED8000, 0x5EEDF000);
        var (exitCode, output, error) = await Tool("gate", "cold-start", "--assembly", slow, "--base", Fixture.AssemblyPath, "--json");

        // Inconclusive where the machine is too busy for the time; then nothing is said of the first call.
        exitCode.ShouldBeOneOf([0, 4], output + error);
        var codes = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString()).ToList();
        if (exitCode == 0)
        {
            codes.ShouldContain("NB1018");
        }
    }

    [Fact]
    public async Task A_case_that_the_base_lacks_is_said()
    {
        var older = Fixture.CopyWith(_folder["older"], Encoding.UTF8.GetBytes("\u0006marked"), Encoding.UTF8.GetBytes("\u0006market"));
        var (exitCode, output, _) = await Gate("marked", older);
        exitCode.ShouldBe(3);
        output.ShouldContain("marked was not timed against the base: it does not have this case; its time was measured against yardsticks only");
    }

    [Fact]
    public async Task Scenarios_whose_code_is_the_bases_are_run_once_and_not_timed_against_it()
    {
        // Beside each other, because a package that does not lie beside the copy would be other code.
        var other = Fixture.CopyWith(_folder["other"], 0x5EED0001, 0x5EEE0001);
        var (exitCode, output, error) = await Tool("gate", "good", "allocates", "--assembly", Fixture.AssemblyPath, "--base", other, "--baseline", _folder["none.json"], "--report", _folder["gate.md"]);
        exitCode.ShouldBe(0, output + error);
        output.ShouldContain("same code");
        error.ShouldContain("measuring in worker process 1 of 1");
        File.ReadAllText(_folder["gate.md"]).ShouldContain("| good | time |  |  | same code |  | pass |");

        var measured = _folder["measured.json"];
        (await Tool("measure", "good", "marked", "--workers", "2", "--assembly", Fixture.AssemblyPath, "--base", other, "--out", measured)).ExitCode.ShouldBe(0);
        var run = MeasuredRunFile.Read(measured);
        run.Cases.Select(c => (c.Name, c.SameCodeAsBase)).ShouldBe([("good", true), ("marked", false)]);
        run.Cases[0].Metrics.ShouldNotContain(metric => metric.Kind == MetricKind.Duet);
        run.Cases[0].Metrics.First(metric => metric.Kind == MetricKind.Ratio).Groups!.Count.ShouldBe(1);
        run.Cases[1].Metrics.Single(metric => metric.Kind == MetricKind.Duet).Groups!.Count.ShouldBeGreaterThanOrEqualTo(6);
    }

    [Fact]
    public async Task A_result_that_differs_from_the_bases_is_a_regression_and_each_side_has_its_own_code()
    {
        var (exitCode, output, error) = await Gate("marked", Fixture.CopyWith(_folder["other"], 0x5EED0001, 0x5EEE0001));
        exitCode.ShouldBe(2, output + error);
        output.ShouldContain($"marked: mark is {0x5EED0001}, was {0x5EEE0001}, ");
    }

    [Fact]
    public void A_worker_pairs_the_two_and_a_base_that_fails_does_not_fail_the_candidate()
    {
        var request = Fixture.Request("paced") with { BatchSeconds = 0.003, BaseAssemblyPath = Fixture.CopyWith(_folder["same"], 0x5EED1000, 0x5EED2000), BaseFirst = true };
        var paced = Fixture.Run(request).OnlyCase();
        paced.Ratios["base"].Count.ShouldBeInRange(8, 40);
        paced.Ratios["base"].Count.ShouldBe(paced.Ratios["base"].Count / 2 * 2);
        Statistics.LogMedian(paced.Ratios["base"]).ShouldBeLessThan(0.8);
        paced.Base!.Absence.ShouldBeNull();
        paced.Base.Figures.ShouldBe(paced.Figures);

        // Alone in its folder, the copy does not find the package that it needs.
        var needy = Fixture.Run(request with { Scenarios = ["uses-package"] }).OnlyCase();
        needy.Failure.ShouldBeNull();
        needy.Ratios.ContainsKey("base").ShouldBeFalse();
        needy.Base!.Absence!.ShouldStartWith("the call threw FileNotFoundException: Could not load file or assembly 'MathNet.Numerics");
    }

    [Fact]
    public async Task Measured_figures_with_a_base_are_judged_later_as_the_gate_does()
    {
        var measured = _folder["measured.json"];
        var slow = Fixture.CopyWith(_folder["slow"], 0x5EED1000, 0x5EED2000);
        (await Tool("measure", "paced", "--assembly", slow, "--base", Fixture.AssemblyPath, "--workers", "12", "--out", measured)).ExitCode.ShouldBe(0);
        var (exitCode, output, _) = await Tool("judge", "--measured", measured, "--baseline", _folder["none.json"]);
        exitCode.ShouldBe(2, output);
        output.ShouldContain("against the base (between ");
    }

    [Fact]
    public async Task A_base_that_cannot_be_used_is_one_line()
    {
        var missing = await Gate("paced", _folder["Missing.dll"]);
        missing.ExitCode.ShouldBe(1);
        missing.Error.TrimEnd().ShouldBe($"nanobragg: error: there is no base assembly '{_folder["Missing.dll"]}'; name the .dll that an earlier build left, or a git revision with --base-ref");

        var other = await Gate("paced", typeof(FactAttribute).Assembly.Location);
        other.ExitCode.ShouldBe(1);
        other.Error.ShouldContain("the base cannot be used: 'xunit.core.dll' declares no benchmark");

        (await Tool("gate", "--base", "a.dll", "--base-ref", "HEAD")).Error.ShouldContain("--base and --base-ref name the same thing; give one of them.");
        (await Tool("gate", "--base", "a.dll", "--project", "a.csproj")).Error.ShouldContain("--project goes with --base-ref.");
    }

    private Task<(int ExitCode, string Output, string Error)> Gate(string scenario, string basePath, params string[] more) =>
        Tool(["gate", scenario, "--assembly", Fixture.AssemblyPath, "--base", basePath, "--baseline", _folder["none.json"], "--json", .. more]);

    // With a lock of its own, a test neither waits for other measurements nor delays them.
    private Task<(int ExitCode, string Output, string Error)> Tool(params string[] arguments) =>
        ToolProcess.Run(new Dictionary<string, string> { ["TMPDIR"] = _folder.Path }, arguments);
}
