using System.Text.Json;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Commands;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>The command line around the baseline, on real files.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Baseline => _folder["nanobragg.baseline.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Updating_twice_leaves_the_same_bytes_and_the_gate_then_passes()
    {
        var measured = Measured(Sample.Usual("good"));
        var first = Update(measured);
        first.ExitCode.ShouldBe(0, first.Error);
        first.Output.ShouldContain("+ good: time: 3.21 × fma-1");
        var bytes = File.ReadAllBytes(Baseline);
        bytes[0].ShouldBe((byte)'{');
        bytes[^1].ShouldBe((byte)'\n');
        Update(measured).Output.ShouldBe($"{Baseline}: nothing to change\n");
        File.ReadAllBytes(Baseline).ShouldBe(bytes);
        var judged = Run("judge", "--measured", measured, "--baseline", Baseline);
        judged.ExitCode.ShouldBe(0);
        judged.Output.ShouldContain("gate: pass (3 pass)");
        judged.Output.ShouldNotContain("error");
    }

    [Fact]
    public void A_regression_is_one_line_in_the_canonical_form_and_a_table()
    {
        Update(Measured(Sample.Usual("good")));
        var judged = Run("judge", "--measured", Measured(Sample.Usual("good", allocated: 4096)), "--baseline", Baseline);
        judged.ExitCode.ShouldBe(2);
        var finding = judged.Output.Split('\n')[0];
        var line = Array.FindIndex(File.ReadAllLines(Baseline), text => text.Contains("allocatedBytes", StringComparison.Ordinal)) + 1;
        finding.ShouldStartWith($"{Baseline}({line},38): error NB1001: good: allocatedBytes is 4096 B, was 0 B");
        judged.Output.ShouldContain("regressed");
        judged.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public void The_report_and_the_json_on_standard_output_are_the_same_and_complete()
    {
        Update(Measured(Sample.Usual("good")));
        var judged = Run("judge", "--measured", Measured(Sample.Usual("good", slower: 1.4)), "--baseline", Baseline, "--report", _folder["report.json"], "--json");
        judged.ExitCode.ShouldBe(2);
        judged.Output.ShouldBe(File.ReadAllText(_folder["report.json"]));
        var report = JsonDocument.Parse(judged.Output).RootElement;
        report.GetProperty("formatVersion").GetInt32().ShouldBe(1);
        report.GetProperty("verdict").GetString().ShouldBe("regressed");
        report.GetProperty("exitCode").GetInt32().ShouldBe(2);
        var finding = report.GetProperty("findings")[0];
        finding.GetProperty("code").GetString().ShouldBe("NB1001");
        finding.GetProperty("severity").GetString().ShouldBe("error");
        finding.GetProperty("scenario").GetString().ShouldBe("good");
        finding.GetProperty("metric").GetString().ShouldBe("time");
        finding.GetProperty("file").GetString().ShouldBe(Baseline);
        foreach (var number in new[] { "line", "column", "endColumn" })
        {
            finding.GetProperty(number).GetInt32().ShouldBeGreaterThan(1);
        }

        finding.GetProperty("message").GetString()!.ShouldContain("allowed 10 %");
        var comparison = report.GetProperty("comparisons").EnumerateArray().Single(c => c.GetProperty("metric").GetString() == "time");
        comparison.GetProperty("outcome").GetString().ShouldBe("regressed");
        comparison.GetProperty("kind").GetString().ShouldBe("ratio");
        comparison.GetProperty("change").GetDouble().ShouldBe(0.4, 1e-9);
    }

    [Fact]
    public void One_judgement_is_reported_in_as_many_forms_as_were_asked_for()
    {
        Update(Measured(Sample.Usual("good")));
        var slow = Measured(Sample.Usual("good", slower: 1.4));
        string[] files = [_folder["r.json"], _folder["r.xml"], _folder["r.sarif"], _folder["r.md"], _folder["r.html"]];
        Run(["judge", "--measured", slow, "--baseline", Baseline, .. files.SelectMany(file => new[] { "--report", file })]).ExitCode.ShouldBe(2);
        files.ShouldAllBe(file => File.ReadAllText(file).Contains("NB1001"));
        Directory.GetFiles(_folder.Path).Length.ShouldBe(2 + files.Length);
    }

    [Fact]
    public void A_report_of_an_unknown_form_is_refused_before_anything_is_done()
    {
        var result = Run("judge", "--measured", _folder["absent.json"], "--baseline", Baseline, "--report", _folder["r.json"], "--report", _folder["r.pdf"]);
        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("r.pdf: a report's name ends in .json, .xml, .sarif, .md or .html.");
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Failing_on_exact_metrics_only_is_an_option()
    {
        Update(Measured(Sample.Usual("good")));
        var slow = Measured(Sample.Usual("good", slower: 1.4));
        Run("judge", "--measured", slow, "--baseline", Baseline, "--fail-on", "exact").ShouldSatisfyAllConditions(
            judged => judged.ExitCode.ShouldBe(0),
            judged => judged.Output.ShouldContain(": warning NB1001: "));
        Run("judge", "--measured", slow, "--baseline", Baseline, "--fail-on", "nothing").ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("{ \"formatVersion\": 1,\n oops }", 2)]
    [InlineData("{\n<<<<<<< ours\n}", 2)]
    [InlineData("", 1)]
    public void A_corrupt_baseline_is_one_line_with_exit_code_3_and_is_never_overwritten(string text, int line)
    {
        File.WriteAllText(Baseline, text);
        var measured = Measured(Sample.Usual("good"));
        var start = $"{Baseline}({line},";
        foreach (var result in new[] { Update(measured), Run("baseline", "diff", "--measured", measured, "--baseline", Baseline), Run("baseline", "show", "--baseline", Baseline) })
        {
            result.ExitCode.ShouldBe(3);
            result.Output.ShouldBeEmpty();
            result.Error.ShouldStartWith(start);
            result.Error.ShouldContain(": error NB1000: ");
            result.Error.TrimEnd('\n').ShouldNotContain("\n");
        }

        var judged = Run("judge", "--measured", measured, "--baseline", Baseline, "--json");
        judged.ExitCode.ShouldBe(3);
        JsonDocument.Parse(judged.Output).RootElement.GetProperty("findings")[0].GetProperty("code").GetString().ShouldBe("NB1000");
        var gate = Run("gate", "--baseline", Baseline);
        gate.ExitCode.ShouldBe(3);
        gate.Output.ShouldStartWith(start);
        File.ReadAllText(Baseline).ShouldBe(text);
        Directory.GetFiles(_folder.Path).Length.ShouldBe(2);
    }

    [Fact]
    public void Without_a_baseline_the_gate_names_the_command_that_records_one()
    {
        var gate = Run("gate", "--baseline", Baseline);
        gate.ExitCode.ShouldBe(3);
        gate.Output.ShouldContain($"error NB1002: there is no baseline yet; record one with `dotnet nanobragg baseline update --baseline {Baseline}`");
        Run("baseline", "show", "--baseline", Baseline).ExitCode.ShouldBe(3);
        File.Exists(Baseline).ShouldBeFalse();
    }

    [Fact]
    public void Measured_figures_that_cannot_be_read_are_one_line_with_exit_code_1()
    {
        foreach (var path in new[] { _folder["absent.json"], _folder.Write("broken.json", "{"), _folder.Write("other.json", "{ \"a\": 1 }") })
        {
            var result = Run("judge", "--measured", path, "--baseline", Baseline);
            result.ExitCode.ShouldBe(1, path);
            result.Error.ShouldContain(path);
            result.Error.TrimEnd('\n').ShouldNotContain("\n");
        }
    }

    [Fact]
    public void A_dry_run_and_diff_say_what_would_change_and_change_nothing()
    {
        Update(Measured(Sample.Usual("good")));
        var bytes = File.ReadAllBytes(Baseline);
        var slow = Measured(Sample.Usual("good", slower: 2));
        var diff = Run("baseline", "diff", "--measured", slow, "--baseline", Baseline);
        diff.ExitCode.ShouldBe(0);
        diff.Output.ShouldBe($"~ good: time: 3.21 × fma-1 -> 6.42 × fma-1\n{Baseline}: 1 change, not written\nnote: worse than the baseline, so that 'baseline update' asks for --accept-regression TEXT: good: time\n");
        Update(slow, "--dry-run").Output.ShouldBe(diff.Output);
        Update(slow, "--dry-run", "--reason", "why").Output.ShouldBe($"~ good: time: 3.21 × fma-1 -> 6.42 × fma-1\n{Baseline}: 1 change, not written\n");
        File.ReadAllBytes(Baseline).ShouldBe(bytes);
    }

    [Fact]
    public void The_reason_is_recorded_on_the_line_that_changed_and_on_no_other()
    {
        Update(Measured(Sample.Usual("good"), Sample.Usual("other")));
        var before = File.ReadAllLines(Baseline);
        Update(Measured(Sample.Usual("good"), Sample.Usual("other", sum: 5)), "--reason", "a finer\nlattice").ExitCode.ShouldBe(0);
        var after = File.ReadAllLines(Baseline);
        after.Except(before).ShouldHaveSingleItem().ShouldContain("\"sum\": { \"value\": 5, \"unit\": \"photons\", \"better\": \"equal\", \"relativeTolerance\": 1E-06, \"reason\": \"a finer lattice\" }");
    }

    [Fact]
    public void A_failed_check_is_refused_with_exit_code_2_and_nothing_is_written()
    {
        var result = Update(Measured(Sample.Usual("good") with { Failure = "pixel 7 is wrong", Metrics = [] }));
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("good: pixel 7 is wrong");
        File.Exists(Baseline).ShouldBeFalse();
    }

    [Fact]
    public void A_worse_value_is_refused_with_a_line_and_a_command_each_until_somebody_says_why()
    {
        Update(Measured(Sample.Usual("good", allocated: 8192), Sample.Usual("other")));
        var before = File.ReadAllText(Baseline);
        var worse = Measured(Sample.Usual("good", allocated: 0, slower: 1.5), Sample.Usual("other", sum: 5));
        foreach (var result in new[] { Update(worse), Update(worse, "--reason", " "), Update(worse, "--accept-regression", "") })
        {
            result.ExitCode.ShouldBe(2);
            result.Output.ShouldBeEmpty();
            var lines = result.Error.TrimEnd('\n').Split('\n');
            lines.Length.ShouldBe(2);
            lines[0].ShouldStartWith("nanobragg: error: good: time is 4.815 × fma-1, was 3.21 × fma-1, +50.0 %");
            lines[0].ShouldEndWith($"to accept it: `dotnet nanobragg baseline update --scenario good --metric time --accept-regression \"why\" --measured {worse} --baseline {Baseline}`");
            lines[1].ShouldStartWith("nanobragg: error: other: sum is 5 photons, was 12345.6789 photons");
            File.ReadAllText(Baseline).ShouldBe(before);
        }

        // The command that the first line names takes that line and no other.
        Update(worse, "--scenario", "good", "--metric", "time", "--accept-regression", "why").ExitCode.ShouldBe(0);
        File.ReadAllText(Baseline).ShouldContain("\"value\": 4.815");
        Update(worse, "--reason", "a new lattice").ExitCode.ShouldBe(0);
        File.ReadAllText(Baseline).ShouldContain("\"reason\": \"a new lattice\"");
    }

    [Fact]
    public void An_improvement_needs_no_word()
    {
        Update(Measured(Sample.Usual("good", allocated: 8192)));
        Update(Measured(Sample.Usual("good", slower: 0.5), Sample.Usual("fresh"))).ExitCode.ShouldBe(0);
        File.ReadAllText(Baseline).ShouldContain("\"value\": 1.605");
    }

    [Fact]
    public void Under_interference_times_are_left_out_with_an_exit_code_of_their_own()
    {
        MeasuredRunFile.Write(_folder["measured.json"], Sample.Run(Sample.Usual("good")) with { Contention = new() { CpuPressure = 0.4 } });
        var result = Update(_folder["measured.json"]);
        result.ExitCode.ShouldBe(4);
        result.Error.ShouldBe("nanobragg: error: not recorded, because other work disturbed it: good: time (some task waited for a processor 40 % of the time, allowed 25 %); run the command again when the machine is quieter, or record it all the same with --despite-interference\n");
        File.ReadAllText(Baseline).ShouldContain("\"allocatedBytes\"");
        File.ReadAllText(Baseline).ShouldNotContain("\"time\"");
        Update(_folder["measured.json"], "--despite-interference").ExitCode.ShouldBe(0);
        File.ReadAllText(Baseline).ShouldContain("\"time\"");
    }

    [Fact]
    public void The_ratchet_is_an_option()
    {
        Update(Measured(Sample.Usual("good")));
        var fast = Measured(Sample.Usual("good", slower: 0.5));
        Run("judge", "--measured", fast, "--baseline", Baseline).ExitCode.ShouldBe(0);
        var judged = Run("judge", "--measured", fast, "--baseline", Baseline, "--ratchet");
        judged.ExitCode.ShouldBe(2);
        judged.Output.ShouldContain(": error NB1007: good: time is");
        judged.Output.ShouldContain("gate: unbanked (2 pass, 1 improved)");
    }

    [Fact]
    public void Show_prints_every_figure()
    {
        File.WriteAllText(Baseline, Sample.Full);
        var shown = Run("baseline", "show", "--baseline", Baseline);
        shown.ExitCode.ShouldBe(0);
        foreach (var part in new[] { "allocatedBytes", "12345.6789 photons", "3.21 × fma-1", "5 × fma-1", "[1.0.0-0, 2.0.0-0)", "wider vectors", "±256 B", "20 %", "waived: good: time up to 1.25 times until 2027-01-31 for kernel versions [1.0.0, 2.0.0): new lattice" })
        {
            shown.Output.ShouldContain(part);
        }
    }

    [Fact]
    public void The_schema_is_printed_as_it_is_committed() => Run("schema").Output.ShouldBe(BaselineSchema.Text());

    private (int ExitCode, string Output, string Error) Update(string measured, params string[] more) =>
        Run(["baseline", "update", "--measured", measured, "--baseline", Baseline, .. more]);

    private string Measured(params MeasuredCase[] cases)
    {
        MeasuredRunFile.Write(_folder["measured.json"], Sample.Run(cases));
        return _folder["measured.json"];
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = Root.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
