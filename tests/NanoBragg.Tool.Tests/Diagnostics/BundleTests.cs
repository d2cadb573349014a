using System.Diagnostics;
using System.Text.Json;
using NanoBragg.Tests.Processes;
using NanoBragg.Tool.Diagnostics;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Diagnostics;

public sealed class BundleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanobragg-bundle-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_bundle_is_exactly_the_seven_files_with_LF_and_without_byte_order_mark()
    {
        Write(_folder, MadeUpReport.Passing);
        Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["commands.txt", "env.txt", "exit_code.txt", "metrics.json", "run.log", "runtime_env.txt", "summary.md"]);
        foreach (var file in Directory.GetFiles(_folder))
        {
            var bytes = File.ReadAllBytes(file);
            bytes.ShouldNotContain((byte)'\r', file);
            bytes[0].ShouldNotBe((byte)0xEF, file);
            bytes[^1].ShouldBe((byte)'\n', file);
        }

        File.ReadAllText(Path.Combine(_folder, "exit_code.txt")).ShouldBe("0\n");
    }

    [Theory]
    [InlineData(DiagnosticStatus.Passed, 0)]
    [InlineData(DiagnosticStatus.ThresholdFailed, 2)]
    [InlineData(DiagnosticStatus.WrongResult, 2)]
    [InlineData(DiagnosticStatus.Crashed, 1)]
    [InlineData(DiagnosticStatus.TimedOut, 5)]
    [InlineData(DiagnosticStatus.Cancelled, 130)]
    internal void The_exit_code_says_how_it_ended(DiagnosticStatus status, int code) => (MadeUpReport.Passing with { Status = status }).ExitCode.ShouldBe(code);

    [Fact]
    public void The_metrics_read_back_as_the_report_that_they_were_written_from()
    {
        var text = MetricsJson.Render(MadeUpReport.Passing);
        MetricsJson.Render(MetricsJson.Parse(text)).ShouldBe(text);
    }

    [Fact]
    public void The_metrics_name_every_figure_with_its_unit()
    {
        using var metrics = JsonDocument.Parse(MetricsJson.Render(MadeUpReport.Passing));
        var main = metrics.RootElement.GetProperty("alone")[0];
        main.GetProperty("usage").GetProperty("maxResidentBytes").GetInt64().ShouldBe(65_536_000);
        main.GetProperty("usage").GetProperty("wallSeconds").GetDouble().ShouldBe(0.4);
        main.GetProperty("usage").GetProperty("cpuShare").GetDouble().ShouldBe(1.5, 1e-12);
        main.GetProperty("fileSystemOutputBytes").GetInt64().ShouldBe(98_304);
        main.GetProperty("cases")[1].GetProperty("gigabytesPerSecond").GetDouble().ShouldBe(5.0, 1e-12);
        main.GetProperty("cases")[0].GetProperty("wall").GetProperty("coefficientOfVariation").GetDouble().ShouldBe(0.4330127, 1e-6);
        metrics.RootElement.GetProperty("comparisons")[0].GetProperty("passesAlone").GetBoolean().ShouldBeTrue();
        metrics.RootElement.GetProperty("status").GetString().ShouldBe("passed");
        metrics.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(0);
    }

    [Fact]
    public void A_single_scenario_goes_straight_into_the_folder_that_the_user_named()
    {
        var named = Path.Combine(_folder, "new one");
        Bundle.CreateFolder(named, "S", "a", onlyScenario: true).ShouldBe(named);
        Bundle.CreateFolder(named, "S", "a", onlyScenario: false).ShouldBe(Path.Combine(named, "S-a"));
    }

    [Fact]
    public void No_bundle_is_overwritten()
    {
        Write(_folder, MadeUpReport.Passing);
        Bundle.CreateFolder(_folder, "S", "a", onlyScenario: true).ShouldBe(Path.Combine(_folder, "S-a"));
        Bundle.CreateFolder(_folder, "S", "a", onlyScenario: true).ShouldBe(Path.Combine(_folder, "S-a-2"));
    }

    [Fact]
    public void A_scenario_name_cannot_lead_out_of_the_folder() =>
        Path.GetDirectoryName(Bundle.CreateFolder(_folder, "S", "../../x/y", onlyScenario: false)).ShouldBe(_folder);

    [Fact]
    public void A_folder_that_cannot_be_made_is_said_in_one_line()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var error = Should.Throw<UserError>(() => Bundle.CreateFolder(Path.Combine(file, "x"), "S", "a", onlyScenario: true));
        error.Message.ShouldContain("--out");
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void The_second_bundle_is_compared_with_the_first_beside_it()
    {
        Write(Directory.CreateDirectory(Path.Combine(_folder, "first")).FullName, MadeUpReport.Passing);
        var slower = MadeUpReport.Passing with { Stamp = "20261123T000000Z", Alone = [MadeUpReport.Run("process 1", 3), MadeUpReport.Run("process 2", 3)] };
        var table = EarlierBundle.CompareWithNewest(Path.Combine(_folder, "second"), _folder, slower);
        table.With.ShouldContain("bundle of 20261122T203304Z");
        var row = table.Rows.Single(r => r.Figure == "2048: bandwidth, GB/s");
        row.Before.ShouldBe(4.7727, 1e-3);
        row.Now.ShouldBe(1.6667, 1e-3);
        row.Verdict.ShouldBe("every process lower");
    }

    [Fact]
    public void A_bundle_of_another_scenario_or_of_later_is_not_compared_with()
    {
        Write(Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName, MadeUpReport.Passing with { Scenario = "other" });
        Write(Directory.CreateDirectory(Path.Combine(_folder, "later")).FullName, MadeUpReport.Passing with { Stamp = "29991231T000000Z" });
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "broken")).FullName, "metrics.json"), "{");
        EarlierBundle.CompareWithNewest(Path.Combine(_folder, "new"), _folder, MadeUpReport.Passing).Rows.ShouldBeEmpty();
    }

    [Fact]
    public void Different_conditions_are_named_beside_the_comparison()
    {
        var reference = MadeUpReport.Passing with { Guards = MadeUpReport.Passing.Guards with { Device = "reference" } };
        EarlierBundle.Compare(reference, MadeUpReport.Passing).With.ShouldContain("The conditions differ: device reference, now cpu");
    }

    [Fact]
    public void A_bundle_that_the_user_named_must_be_one() =>
        Should.Throw<UserError>(() => EarlierBundle.Read(_folder)).Message.ShouldContain("--compare");

    [Fact]
    public async Task The_commands_run_in_a_shell_with_the_request_and_the_variables()
    {
        // The program of the worker is replaced by one that shows its arguments, its environment and the request.
        var show = Path.Combine(_folder, "show it.sh");
        File.WriteAllText(show, "#!/bin/sh\necho \"$NANOBRAGG_DEVICE|$2|$4\"\ncat \"$4\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(show, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var run = MadeUpReport.Run("process 1", 1) with { CommandLine = [show, "exec", "tool's.dll", "worker", "/tmp/gone/request.json"] };
        var commands = CommandsText.Render(MadeUpReport.Passing with { Command = ["true"], Alone = [run], UnderLoad = null });
        File.WriteAllText(Path.Combine(_folder, "commands.txt"), commands);
        using var shell = Process.Start(new ProcessStartInfo("sh", "commands.txt") { WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        var (_, output, _) = await shell.End();
        output.ShouldStartWith("cpu|tool's.dll|request-1.json\n{");
        using var request = JsonDocument.Parse(output[output.IndexOf('{')..]);
        request.RootElement.GetProperty("assemblyPath").GetString().ShouldBe("/it's/here/Kernels.dll");
        request.RootElement.GetProperty("reportPath").GetString().ShouldBe("report-1.json");
    }

    [Fact]
    public void The_load_keeps_processors_busy_and_ends_when_told()
    {
        var before = Environment.CpuUsage.UserTime;
        using (new MachineLoad(2))
        {
            // Ends by itself only if the threads burn CPU time.
            SpinWait.SpinUntil(() => Environment.CpuUsage.UserTime - before > TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)).ShouldBeTrue();
        }
    }

    [Fact]
    public void The_facts_of_this_machine_name_no_host_and_no_user()
    {
        var text = RuntimeFacts.Render(RuntimeFacts.Capture(typeof(BundleTests).Assembly.Location));
        text.ShouldContain(".NET runtime: .NET 10");
        text.ShouldContain("# Processor\n");
        text.ShouldContain("governor: ");
        text.ShouldNotContain(Environment.MachineName);
        text.ShouldNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/");
    }

    private static void Write(string where, DiagnosticReport report) => Bundle.Write(where, report, new EnvironmentText([]), "[0.000 s] begun\n");
}
