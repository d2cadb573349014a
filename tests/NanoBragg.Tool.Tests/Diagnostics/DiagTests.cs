using System.Text.Json;
using NanoBragg.Tool.Commands;
using NanoBragg.Tool.Diagnostics;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Diagnostics;

/// <summary>The real command, real worker processes, real files.</summary>
public sealed class DiagTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanobragg-diag-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_scenario_that_passes_leaves_its_seven_files_in_the_named_folder_and_exits_0()
    {
        var (code, output, _) = Run("good", "--repeats", "2");
        code.ShouldBe(0);
        output.ShouldContain("good: PASS");
        output.ShouldContain($"Bundle: {_folder}");
        FilesIn(_folder).ShouldBe(Summary.Artefacts.Select(a => a.File).Order(StringComparer.Ordinal));
        Read("exit_code.txt").ShouldBe("0\n");
        Read("run.log").ShouldContain("good: process 2: PASS, exit code 0");
        Read("summary.md").ShouldContain("## Alone and under load\n");
        Read("summary.md").ShouldContain("| under load |");
    }

    [Fact]
    public void The_process_figures_are_in_the_metrics_and_above_zero()
    {
        Run("touches-memory", "--repeats", "1", "--no-load");
        using var metrics = JsonDocument.Parse(Read("metrics.json"));
        var main = metrics.RootElement.GetProperty("alone")[0];
        var usage = main.GetProperty("usage");
        foreach (var figure in new[] { "wallSeconds", "userSeconds", "systemSeconds", "maxResidentBytes", "minorFaults", "voluntarySwitches", "cpuShare" })
        {
            usage.GetProperty(figure).GetDouble().ShouldBeGreaterThan(0, figure);
        }

        foreach (var figure in new[] { "majorFaults", "involuntarySwitches", "inputBlocks", "outputBlocks", "swaps" })
        {
            usage.GetProperty(figure).GetDouble().ShouldBeGreaterThanOrEqualTo(0, figure);
        }

        // It touches 200 MiB anew in each call, which the process's figures must show.
        usage.GetProperty("maxResidentBytes").GetInt64().ShouldBeGreaterThan(200L << 20);
        usage.GetProperty("minorFaults").GetInt64().ShouldBeGreaterThan(51_200);
        main.GetProperty("cases")[0].GetProperty("gigabytesPerSecond").GetDouble().ShouldBeGreaterThan(0);
        main.GetProperty("sessionSeconds").GetDouble().ShouldBeLessThanOrEqualTo(usage.GetProperty("wallSeconds").GetDouble());
    }

    [Fact]
    public void The_stages_add_up_to_the_process()
    {
        Run("good", "--repeats", "1", "--no-load");
        var main = MetricsJson.Parse(Read("metrics.json")).Main!;
        main.Stages.Select(s => s.Stage).ShouldBe(
            ["runtime start", "loading the assembly", "between samples", "preparing", "first calls", "warming up", "timed calls", "checks", "between cases", StageTimes.Rest], ignoreOrder: true);
        main.Stages.Sum(s => s.WallSeconds).ShouldBe(main.Usage.WallSeconds, 1e-6);
        main.Stages.Sum(s => s.CpuSeconds ?? 0).ShouldBe(main.Usage.UserSeconds!.Value + main.Usage.SystemSeconds!.Value, 0.02);
        main.Stages.ShouldAllBe(s => s.WallSeconds >= 0);
    }

    [Fact]
    public void A_check_out_of_its_bounds_exits_2_and_is_tested_alone_and_under_load()
    {
        var (code, output, _) = Run("with-cases", "--repeats", "2");
        code.ShouldBe(2);
        output.ShouldContain("FAIL (threshold): impossible is ");
        var summary = Read("summary.md");
        summary.ShouldContain("**Fails alone and under load");
        Read("exit_code.txt").ShouldBe("2\n");
        var report = MetricsJson.Parse(Read("metrics.json"));
        report.Comparisons.Single(c => c.Name == "impossible").PassesAlone.ShouldBe(false);
        report.Comparisons.Single(c => c.Name == "impossible").UnderLoad.ShouldNotBeNull();
        report.Comparisons.Single(c => c.Name == "speed-ratio").AlonePerProcess.Count.ShouldBe(2);
    }

    [Fact]
    public void A_wrong_result_exits_2_and_says_what_is_wrong()
    {
        var (code, output, _) = Run("wrong-result", "--repeats", "1", "--no-load");
        code.ShouldBe(2);
        output.ShouldContain("FAIL (wrong result)");
        Read("summary.md").ShouldContain("the picture's sum is 1, expected 2");
        Read("exit_code.txt").ShouldBe("2\n");
    }

    [Fact]
    public void A_crash_exits_1_and_the_bundle_has_what_the_worker_wrote()
    {
        var (code, output, _) = Run("crashes", "--no-load");
        code.ShouldBe(1);
        output.ShouldContain("CRASHED");
        Read("run.log").ShouldContain("the kernel gave up");
        Read("exit_code.txt").ShouldBe("1\n");
    }

    [Fact]
    public void Past_the_time_limit_the_worker_is_killed_the_bundle_written_and_the_exit_code_5()
    {
        var (code, output, _) = Run("endless", "--timeout", "2");
        code.ShouldBe(5);
        output.ShouldContain("timed out after 2 s; killed the worker and its children");
        FilesIn(_folder).Length.ShouldBe(7);
        Read("exit_code.txt").ShouldBe("5\n");
        Read("run.log").ShouldContain("timed out after 2 s");
        var report = MetricsJson.Parse(Read("metrics.json"));
        report.Alone.Count.ShouldBe(1);
        report.UnderLoad.ShouldBeNull();
        report.Main!.Usage.UserSeconds!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void When_cancelled_the_bundle_is_written_and_the_exit_code_130()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));
        var options = new DiagnosticOptions { Scenarios = ["endless"], AssemblyPath = Fixture.AssemblyPath, OutFolder = _folder };
        var (report, folder) = new Diagnosis(options, new EnvironmentText([]), new Progress<string>()).Run("endless", "", cancellation.Token);
        report.ExitCode.ShouldBe(130);
        folder.ShouldBe(_folder);
        FilesIn(_folder).Length.ShouldBe(7);
        Read("exit_code.txt").ShouldBe("130\n");
        Read("run.log").ShouldContain("cancelled by the user");
    }

    [Fact]
    public void The_second_bundle_stands_beside_the_first_and_is_compared_with_it()
    {
        Run("good", "--repeats", "1", "--no-load").Code.ShouldBe(0);
        Run("good", "--repeats", "1", "--no-load").Code.ShouldBe(0);
        var second = Directory.GetDirectories(_folder).ShouldHaveSingleItem();
        Path.GetFileName(second).ShouldEndWith("-good");
        FilesIn(second).Length.ShouldBe(7);
        var summary = File.ReadAllText(Path.Combine(second, "summary.md"));
        summary.ShouldContain("Compared with the bundle of ");
        summary.ShouldContain("| good: wall time of a call, ms");
    }

    [Fact]
    public void Several_scenarios_get_a_bundle_each_and_a_closing_table()
    {
        var (code, output, _) = Run("good", "allocates", "--repeats", "1", "--no-load");
        code.ShouldBe(0);
        Directory.GetDirectories(_folder).Length.ShouldBe(2);
        Directory.GetFiles(_folder).ShouldBeEmpty();
        output.ShouldContain("| scenario ");
    }

    [Fact]
    public void No_secret_of_the_environment_is_in_any_file_of_the_bundle()
    {
        // A kernel that fails with a message that holds the secret, in a folder whose name holds nothing.
        var secrets = RedactionTests.PlantedSecrets.Select(row => (Name: (string)row[0], Value: (string)row[1]))
            .Where(s => s.Name is not ("LANG" or "TERM" or "CI" or "SHELL" or "USER" or "HOSTNAME" or "HTTPS_PROXY" or "DOTNET_STARTUP_HOOKS")).ToList();
        var environment = new EnvironmentText(secrets.Select(s => KeyValuePair.Create(s.Name, s.Value)));
        var options = new DiagnosticOptions { Scenarios = ["wrong-result"], AssemblyPath = Fixture.AssemblyPath, OutFolder = _folder, Repeats = 1, Load = false };
        new Diagnosis(options, environment, new Progress<string>()).Run("wrong-result", "", CancellationToken.None);
        foreach (var file in Directory.GetFiles(_folder))
        {
            var text = File.ReadAllText(file);
            foreach (var (name, value) in secrets.Where(s => s.Value.Length > 5 && !s.Value.All(char.IsAsciiDigit)))
            {
                text.ShouldNotContain(value, Case.Sensitive, $"{name} in {Path.GetFileName(file)}");
            }
        }
    }

    [Fact]
    public void What_a_kernel_says_is_scrubbed_of_secrets()
    {
        var environment = new EnvironmentText([new("MY_TOKEN", "expected 2")]);
        var options = new DiagnosticOptions { Scenarios = ["wrong-result"], AssemblyPath = Fixture.AssemblyPath, OutFolder = _folder, Repeats = 1, Load = false };
        new Diagnosis(options, environment, new Progress<string>()).Run("wrong-result", "", CancellationToken.None);
        foreach (var file in Directory.GetFiles(_folder))
        {
            File.ReadAllText(file).ShouldNotContain("expected 2", Case.Sensitive, file);
        }

        Read("run.log").ShouldContain("<hidden, 10 characters>");
    }

    [Fact]
    public void The_guards_reach_the_worker_and_the_bundle()
    {
        Run("good", "--repeats", "1", "--no-load", "--no-jit-tiering", "--device", "reference", "--timeout", "77");
        var report = MetricsJson.Parse(Read("metrics.json"));
        report.Guards.ShouldBe(new DiagnosticGuards { TimeoutSeconds = 77, Device = "reference", JitTiering = false, Repeats = 1, LoadThreads = 0 });
        report.Main!.EnvironmentOverrides["DOTNET_TieredCompilation"].ShouldBe("0");
        report.Main.EnvironmentOverrides["NANOBRAGG_DEVICE"].ShouldBe("reference");
        Read("summary.md").ShouldContain("JIT tiering: off");
        Read("commands.txt").ShouldContain("--no-jit-tiering");
        Read("commands.txt").ShouldContain("NANOBRAGG_DEVICE=reference");
    }

    [Theory]
    [InlineData("there is no device 'gpu'; the devices are cpu, reference", "good", "--device", "gpu")]
    [InlineData("there is no scenario 'goood'", "goood")]
    [InlineData("--repeats is 0", "good", "--repeats", "0")]
    [InlineData("--timeout is 0", "good", "--timeout", "0")]
    [InlineData("cannot compare with 'nowhere'", "good", "--compare", "nowhere")]
    [InlineData("there is no baseline 'nowhere.json'", "good", "--baseline", "nowhere.json")]
    public void A_wrong_command_line_is_one_clear_line_and_nothing_is_written(string message, params string[] arguments)
    {
        var (code, output, error) = Run(arguments);
        code.ShouldBe(message.Contains("baseline", StringComparison.Ordinal) ? 3 : 1);
        output.ShouldBeEmpty();
        error.TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldContain(message);
        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty();
    }

    private static string[] FilesIn(string folder) => [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Root.Run(["diag", .. arguments, "--assembly", Fixture.AssemblyPath, "--out", _folder], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));
}
