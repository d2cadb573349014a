using System.Text;
using NanoBragg.Tool.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Baselines;

public class BaselineReadingTests
{
    [Theory]
    [InlineData("", 1, "not contain any JSON")]
    [InlineData("{", 1, "end of the JSON")]
    [InlineData("[]", 1, "must be an object")]
    [InlineData("{}", 1, "\"formatVersion\"")]
    [InlineData("{ \"formatVersion\": 1 }", 1, "\"entries\"")]
    [InlineData("{ \"formatVersion\": 2, \"entries\": [] }", 1, "dotnet tool update")]
    [InlineData("{ \"formatVersion\": \"1\", \"entries\": [] }", 1, "must be a number")]
    [InlineData("{ \"formatVersion\": 1.5, \"entries\": [] }", 1, "whole number")]
    [InlineData("{\n\"formatVersion\": 1,\n\"entries\": {}\n}", 3, "list in brackets")]
    [InlineData("{\n\"formatVersion\": 1,\n\"entries\": [ 7 ]\n}", 3, "must be an object")]
    [InlineData("{\n\"formatVersion\": 1,\n\"entries\": [],\n\"formatVersion\": 1 }", 4, "second time; the first is on line 2")]
    [InlineData("{\n\"formatVersion\": 1,\n\"entries\": [],\n\"x\": \"\\uD800\", \"\\uD800\": 1 }", 4, "surrogate")]
    public void A_corrupt_file_is_refused_in_one_line_that_names_the_line(string text, int line, string says) => Refuses(text, line, says);

    [Theory]
    [InlineData("\"value\": 0,", "\"value\": NaN,", "'N' is an invalid start")]
    [InlineData("\"value\": 0,", "\"value\": 1e999,", "too large for a number")]
    [InlineData("\"value\": 0,", "\"value\": \"Infinity\",", "must be a number, not a text")]
    [InlineData("\"value\": 0,", "\"value\": null,", "must be a number, not null")]
    [InlineData("\"value\": 0,", "", "has no \"value\"")]
    [InlineData("\"value\": 0,", "\"value\": 0, \"value\": 1,", "second time")]
    [InlineData("\"absoluteTolerance\": 256", "\"absoluteTolerance\": -1", "at least 0")]
    [InlineData("\"better\": \"lower\", \"absoluteTolerance\"", "\"better\": \"less\", \"absoluteTolerance\"", "\"lower\" or \"higher\" or \"equal\", not \"less\"")]
    [InlineData("\"value\": 3.21", "\"value\": 0", "\"value\" must be at least")]
    [InlineData("\"groups\": 5", "\"groups\": 0", "at least 1")]
    [InlineData("\"yardstick\": \"fma-1\", \"spread\": 0.005", "\"spread\": 0.005", "has no \"yardstick\"")]
    [InlineData("\"spread\": 0.005, ", "", "has no \"spread\"")]
    [InlineData("\"scenario\": \"good\"", "\"scenario\": \" \"", "must not be blank")]
    [InlineData("\"scenario\": \"good\"", "\"scenario\": 1", "must be a text in quotes, not a number")]
    [InlineData("[1.0.0-0, 2.0.0-0)", "[2.0.0, 1.0", "range of versions")]
    [InlineData("[1.0.0-0, 2.0.0-0)", "1.*", "range of versions")]
    [InlineData("\"kernel\": \"[1.0.0-0, 2.0.0-0)\",", "", "has no \"kernel\"")]
    [InlineData("\"platform\": \"linux-x64\", ", "", "has no \"platform\"")]
    [InlineData("\"ceiling\": 1.25", "\"ceiling\": 0.9", "at least 1")]
    [InlineData("\"2027-01-31\"", "\"31.1.2027\"", "must be a date such as \"2027-01-31\", not \"31.1.2027\"")]
    [InlineData("\"[1.0.0, 2.0.0)\"", "\"[2\"", "range of versions")]
    [InlineData("\"metric\": \"time\", ", "", "has no \"metric\"")]
    [InlineData("\"expires\": \"2027-01-31\", \"until\": \"[1.0.0, 2.0.0)\", ", "", "never ends")]
    [InlineData("\"reason\": \"new lattice\", \"futureWaiver\"", "\"reason\": \"\", \"futureWaiver\"", "must not be blank")]
    [InlineData("\"My.Kernels.dll\"", "\"../My.Kernels.dll\"", "\"assembly\" must be the name of a .dll without its folder")]
    [InlineData("\"My.Kernels.dll\"", "\"C:My.Kernels.dll\"", "without its folder")]
    [InlineData("\"My.Kernels.dll\"", "\"My.Kernels\"", "must be the name of a .dll")]
    [InlineData("\"sha256\": \"0123456789a", "\"sha256\": \"0123456789A", "\"sha256\" must be 64 lower-case hexadecimal digits")]
    [InlineData("\"sha256\": \"0123456789a", "\"sha256\": \"0123456789", "must be 64 lower-case")]
    [InlineData("\"version\": \"1.2.0\", ", "", "has no \"version\"")]
    public void A_wrong_member_is_named_with_its_line(string right, string wrong, string says)
    {
        var line = Sample.Full[..Sample.Full.IndexOf(right, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        if (wrong.Length == 0 && right.StartsWith("\"kernel\"", StringComparison.Ordinal))
        {
            line = 8; // The line of the entry that lacks the member.
        }

        Refuses(Sample.Full.Replace(right, wrong, StringComparison.Ordinal), line, says);
    }

    [Theory]
    [InlineData("<<<<<<< HEAD")]
    [InlineData("=======")]
    [InlineData(">>>>>>> feature/faster")]
    [InlineData("||||||| 1234567")]
    public void A_merge_conflict_marker_is_called_by_its_name(string marker)
    {
        var lines = Sample.Full.Split('\n').ToList();
        lines.Insert(11, marker);
        Refuses(string.Join('\n', lines), 12, "line 12 is a merge-conflict marker");
    }

    [Fact]
    public void Two_entries_for_the_same_versions_are_named_with_both_lines()
    {
        var text = """
            { "formatVersion": 1, "entries": [
              { "scenario": "a", "kernel": "[1.0.0, 2.0.0)" },
              { "scenario": "b", "kernel": "[1.0.0, 2.0.0)" },
              { "scenario": "a", "kernel": "[2.0.0, 3.0.0)" },
              { "scenario": "a", "kernel": "[2.5.0, 4.0.0)" }
            ] }
            """;
        Refuses(text, 5, "lines 4 and 5");
    }

    [Fact]
    public void Two_waivers_for_one_metric_are_named_with_both_lines()
    {
        var text = """
            { "formatVersion": 1, "entries": [], "waivers": [
              { "scenario": "a", "metric": "time", "ceiling": 1.1, "until": "1.0.0", "reason": "x" },
              { "scenario": "a", "metric": "steps", "ceiling": 1.1, "until": "1.0.0", "reason": "x" },
              { "scenario": "a", "metric": "time", "ceiling": 1.2, "until": "2.0.0", "reason": "x" }
            ] }
            """;
        Refuses(text, 4, "time of \"a\" has two waivers, on lines 2 and 4");
    }

    [Fact]
    public void A_folder_is_not_a_baseline()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<BaselineException>(() => BaselineFile.Read(folder.Path)).Message.ShouldContain("folder");
    }

    [Fact]
    public void A_file_past_the_size_limit_is_not_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("b.json", new string(' ', (int)BaselineFile.MaxBytes + 1));
        Should.Throw<BaselineException>(() => BaselineFile.Read(path)).Message.ShouldContain("1024 KiB");
    }

    [Fact]
    public void Text_in_another_encoding_is_named()
    {
        Should.Throw<BaselineException>(() => BaselineFile.Parse("b.json", Encoding.Unicode.GetPreamble())).Message.ShouldContain("UTF-8");
    }

    [Fact]
    public void Nesting_without_end_is_refused_like_any_other_corrupt_text() =>
        Refuses(new string('[', 100_000), 1, "depth");

    [Fact]
    public void No_file_is_an_empty_baseline_that_does_not_exist()
    {
        var file = BaselineFile.Read("/nowhere/at/all.json");
        file.Exists.ShouldBeFalse();
        file.Content.Entries.ShouldBeEmpty();
    }

    private static void Refuses(string text, int line, string says)
    {
        var problem = Should.Throw<BaselineException>(() => Sample.File(text));
        problem.Position.Line.ShouldBe(line, problem.Message);
        problem.Message.ShouldContain(says);
        problem.Message.ShouldContain($"line {line}");
        problem.Message.ShouldNotContain("\n");
        problem.Message.ShouldNotContain("System.");
    }
}
