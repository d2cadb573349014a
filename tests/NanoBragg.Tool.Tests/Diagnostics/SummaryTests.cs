using NanoBragg.Tool.Diagnostics;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Diagnostics;

public class SummaryTests
{
    private static readonly string Page = Summary.Render(MadeUpReport.Passing);

    [Theory]
    [InlineData("Status", "PASS")]
    [InlineData("Exit code", "0")]
    [InlineData("Call time (first and timed calls)", "0.128 s")]
    [InlineData("Session time (process start to report)", "0.380 s")]
    [InlineData("Wall time (spawn to end)", "0.400 s")]
    [InlineData("CPU", "150.0 % of one processor")]
    [InlineData("User time", "0.500 s")]
    [InlineData("System time", "0.100 s")]
    [InlineData("Maximum RSS", "65,536,000 bytes (65.5 MB)")]
    [InlineData("Minor page faults", "12,345")]
    [InlineData("Major page faults", "2")]
    [InlineData("Voluntary context switches", "131")]
    [InlineData("Involuntary context switches", "160")]
    [InlineData("Context switches, total", "291")]
    [InlineData("File-system inputs", "8 blocks of 512 bytes = 4,096 bytes")]
    [InlineData("File-system outputs", "192 blocks of 512 bytes = 98,304 bytes")]
    [InlineData("Swaps", "0")]
    public void Every_process_figure_has_its_row_with_its_unit(string figure, string value) => RowOf(Page, "Process", figure).ShouldBe([figure, value]);

    [Fact]
    public void The_bandwidth_of_each_case_is_in_the_table_in_both_units()
    {
        // 6 MB in 2 ms; 100 MB in 20 ms.
        RowOf(Page, "Cases", "512")[^2..].ShouldBe(["3.000", "2.794"]);
        RowOf(Page, "Cases", "2048")[^2..].ShouldBe(["5.000", "4.657"]);
        Page.ShouldContain("1 GB = 10⁹ bytes, 1 GiB = 2³⁰ bytes");
    }

    [Fact]
    public void Spread_of_samples_is_minimum_median_maximum_and_CV()
    {
        var row = RowOf(Page, "Cases", "512");
        row[5..9].ShouldBe(["2.000", "2.000", "4.000", "43.3 %"]);
    }

    [Fact]
    public void Kernel_cost_stands_apart_from_process_cost_and_the_stages_add_up_to_the_process()
    {
        var rows = RowsOf(Page, "Kernel cost and process cost");
        rows.ShouldContain(row => row[0] == StageTimes.TimedCalls && row[1] == "68.00" && row[2] == "17.0 %" && row[3] == "120.0");
        rows[^1][..2].ShouldBe(["whole process", "400.0"]);
        MadeUpReport.Passing.Main!.Stages.Sum(s => s.WallSeconds).ShouldBe(0.4, 1e-9);
    }

    [Fact]
    public void Repeats_show_each_process_and_the_spread_over_them()
    {
        var row = RowOf(Page, "Repeats", "wall time, s");
        row.ShouldBe(["wall time, s", "0.4000", "0.4400", "0.4000", "0.4200", "0.4400", "6.7 %"]);
    }

    [Fact]
    public void Alone_stands_beside_under_load_with_a_conclusion()
    {
        RowsOf(Page, "Alone and under load").ShouldContain(row => row[0] == "2048: bandwidth, GB/s" && row[2] == "2.500");
        Page.ShouldContain("**Passes alone and under load");
    }

    [Theory]
    [InlineData(0.9, 0.4, "Passes alone, fails under load (bandwidth-ratio is 0.4000 against 0.9000 alone)")]
    [InlineData(0.4, 0.3, "Fails alone and under load (bandwidth-ratio")]
    [InlineData(0.4, 0.9, "Fails alone, passes under load")]
    [InlineData(0.9, 0.9, "Passes alone and under load (1.492 times the call time)")]
    public void The_conclusion_about_load_follows_from_the_checks(double alone, double underLoad, string conclusion) =>
        LoadConclusion.Of(MadeUpReport.Passing with { Comparisons = [MadeUpReport.Ratio(alone, underLoad)] }).ShouldStartWith(conclusion);

    [Fact]
    public void A_wrong_result_under_load_is_a_failure_under_load()
    {
        var wrong = MadeUpReport.Run("under load", 2) with { Status = DiagnosticStatus.WrongResult };
        LoadConclusion.Of(MadeUpReport.Passing with { UnderLoad = wrong }).ShouldStartWith("Passes alone, fails under load (FAIL (wrong result)");
    }

    [Fact]
    public void A_check_shows_its_bound_and_both_verdicts()
    {
        var page = Summary.Render(MadeUpReport.Passing with { Comparisons = [MadeUpReport.Ratio(0.9, 0.4)] });
        RowOf(page, "Checks", "bandwidth-ratio").ShouldBe(
            ["bandwidth-ratio", "bytes of 2048 / 512", "at least 0.5000", "0.9000", "0.9000, 0.9000", "pass", "0.4000", "FAIL"]);
    }

    [Fact]
    public void The_page_has_every_section_of_the_reference_diagnostic()
    {
        foreach (var heading in new[] { "Process", "Key observations", "Environment", "Comparison with the committed baseline", "Comparison with an earlier bundle", "Guards", "Artefacts", "Next actions" })
        {
            Page.ShouldContain($"\n## {heading}\n");
        }

        Page.ShouldContain("Timeout: 900.0 s");
        Page.ShouldContain("JIT tiering: on");
        Page.ShouldContain("Device: cpu");
        Page.ShouldContain("Imaginary 9000");
        foreach (var (file, _) in Summary.Artefacts)
        {
            Page.ShouldContain($"`{file}`");
        }
    }

    [Fact]
    public void Without_any_process_the_page_says_why()
    {
        var page = Summary.Render(MadeUpReport.Passing with
        {
            Status = DiagnosticStatus.Cancelled,
            StatusReason = "cancelled by the user",
            Alone = [],
            UnderLoad = null,
            Comparisons = [],
        });
        page.ShouldContain("**CANCELLED**: cancelled by the user");
        page.ShouldContain("No worker process ended");
        page.ShouldContain("Run it again to the end");
    }

    [Fact]
    public void Figures_that_the_system_does_not_tell_are_not_shown_as_zero()
    {
        var main = MadeUpReport.Run("process 1", 1);
        var page = Summary.Render(MadeUpReport.Passing with { Alone = [main with { Usage = new() { WallSeconds = 1 } }], UnderLoad = null });
        RowOf(page, "Process", "Major page faults")[1].ShouldBe("not told by this system");
        RowOf(page, "Process", "File-system outputs")[1].ShouldBe("not told by this system");
    }

    [Fact]
    public void A_bar_or_line_break_in_a_message_does_not_break_the_table()
    {
        var main = MadeUpReport.Run("process 1", 1);
        var page = Summary.Render(MadeUpReport.Passing with { Alone = [main with { Cases = [main.Cases[0] with { Failure = "a | b\nc" }] }] });
        page.ShouldContain("wrong: a \\| b c");
    }

    [Fact]
    public void The_page_ends_lines_with_LF_only() => Page.ShouldNotContain("\r");

    private static string[] RowOf(string page, string heading, string first) => RowsOf(page, heading).Single(row => row[0] == first);

    private static List<string[]> RowsOf(string page, string heading) => [.. page[(page.IndexOf($"## {heading}\n", StringComparison.Ordinal) + 4 + heading.Length)..]
        .Split("\n## ")[0].Split('\n').Where(line => line.StartsWith('|')).Skip(2)
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
}
