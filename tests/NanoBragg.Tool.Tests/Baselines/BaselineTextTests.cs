using System.Text;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;
using NuGet.Versioning;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Baselines;

public class BaselineTextTests
{
    [Fact]
    public void The_canonical_text_is_read_and_written_byte_for_byte_with_unknown_members_and_notes() =>
        BaselineText.Write(Sample.File(Sample.Full).Content).ShouldBe(Sample.Full);

    [Fact]
    public void Comments_trailing_commas_a_byte_order_mark_and_other_line_ends_are_tolerated()
    {
        var text = Sample.Full.Replace("\"formatVersion\": 1,", "// a remark\n\"formatVersion\": 1, /* and more */", StringComparison.Ordinal)
            .Replace("[\"kept\"]", "[\"kept\",],", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        var file = BaselineFile.Parse("b.json", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);
        BaselineText.Write(file.Content).ShouldBe(Sample.Full);
    }

    [Fact]
    public void Entries_and_metrics_are_sorted_by_ordinal_whatever_the_order_of_the_file()
    {
        BaselineEntry Entry(string scenario, string kernel) => new()
        {
            Scenario = scenario,
            Kernel = VersionRange.Parse(kernel),
            Exact = Baseline.Ordinal<ExactFigure>()
                .Add("b", new() { Value = 1, Unit = "B", Better = Better.Lower })
                .Add("B", new() { Value = 1, Unit = "B", Better = Better.Lower })
                .Add("a", new() { Value = 1, Unit = "B", Better = Better.Lower }),
        };
        var text = BaselineText.Write(new Baseline { Entries = [Entry("b", "[2.0.0, 3.0.0)"), Entry("b", "[1.0.0, 2.0.0)"), Entry("B", "1.0.0"), Entry("a/10", "1.0.0")] });
        string[] marks = ["\"B\"", "\"a/10\"", "\"[1.0.0, 2.0.0)\"", "\"[2.0.0, 3.0.0)\""];
        marks.Select(mark => text.IndexOf(mark, StringComparison.Ordinal)).ShouldBe(marks.Select(mark => text.IndexOf(mark, StringComparison.Ordinal)).Order());
        text.ShouldNotContain("\r");
        text.ShouldEndWith("}\n");
        Sample.File(text).Content.Entries.Select(entry => entry.Scenario).ShouldBe(["B", "a/10", "b", "b"]);
    }

    [Fact]
    public void Version_ranges_are_written_as_the_user_wrote_them()
    {
        var text = Sample.Full.Replace("[1.0.0-0, 2.0.0-0)", "[1.0,2.0)", StringComparison.Ordinal);
        BaselineText.Write(Sample.File(text).Content).ShouldBe(text);
    }

    [Theory]
    [InlineData(0.1 + 0.2, 12, 0.3)]
    [InlineData(3.2141592, 6, 3.21416)]
    [InlineData(123456789, 6, 123457000)]
    [InlineData(-1.23456789e-20, 6, -1.23457e-20)]
    [InlineData(0, 6, 0)]
    [InlineData(999999.95, 6, 1000000)]
    public void Numbers_are_rounded_to_significant_digits(double value, int digits, double expected) =>
        SignificantDigits.Round(value, digits).ShouldBe(expected);

    [Fact]
    public void Negative_zero_becomes_zero() => double.IsNegative(SignificantDigits.Round(-0.0, 6)).ShouldBeFalse();
}
