using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

public class ExactJudgementTests
{
    [Theory]
    [InlineData(nameof(Better.Lower), 100, 100, nameof(Outcome.Pass))]
    [InlineData(nameof(Better.Lower), 100, 101, nameof(Outcome.Regressed))]
    [InlineData(nameof(Better.Lower), 100, 99, nameof(Outcome.Improved))]
    [InlineData(nameof(Better.Higher), 100, 99, nameof(Outcome.Regressed))]
    [InlineData(nameof(Better.Higher), 100, 101, nameof(Outcome.Improved))]
    [InlineData(nameof(Better.Equal), 100, 99, nameof(Outcome.Regressed))]
    [InlineData(nameof(Better.Equal), 100, 101, nameof(Outcome.Regressed))]
    [InlineData(nameof(Better.Equal), 100, double.NaN, nameof(Outcome.Regressed))]
    [InlineData(nameof(Better.Lower), -100, -101, nameof(Outcome.Improved))]
    public void Any_change_past_the_tolerance_counts(string better, double then, double now, string expected) =>
        Judge(new() { Value = then, Unit = "B", Better = Enum.Parse<Better>(better) }, now).Outcome.ToString().ShouldBe(expected);

    [Theory]
    [InlineData(256.0, null, 256, nameof(Outcome.Pass))]
    [InlineData(256.0, null, 257, nameof(Outcome.Regressed))]
    [InlineData(null, 0.01, 0, nameof(Outcome.Pass))]
    [InlineData(1.0, 0.01, 1.5, nameof(Outcome.Regressed))]
    public void The_larger_tolerance_rules_and_a_relative_one_is_nothing_at_zero(double? absolute, double? relative, double now, string expected) =>
        Judge(new() { Value = 0, Unit = "B", Better = Better.Lower, AbsoluteTolerance = absolute, RelativeTolerance = relative }, now).Outcome.ToString().ShouldBe(expected);

    [Fact]
    public void A_figure_with_more_digits_than_the_file_keeps_equals_itself()
    {
        const double Value = 123456789.123456789;
        Judge(new() { Value = SignificantDigits.Round(Value, SignificantDigits.Exact), Unit = "B", Better = Better.Equal }, Value).Outcome.ShouldBe(Outcome.Pass);
    }

    [Fact]
    public void Another_unit_is_a_change_even_with_the_same_number()
    {
        var comparison = ExactJudgement.Judge("good", new() { Value = 5, Unit = "B", Better = Better.Lower }, Sample.Exact("x", 5, "KiB"));
        comparison.Outcome.ShouldBe(Outcome.Regressed);
        Words.ThenAndNow(comparison).ShouldBe("good: x is 5 KiB, was 5 B, allowed no change");
    }

    private static Comparison Judge(ExactFigure then, double now) => ExactJudgement.Judge("good", then, Sample.Exact("x", now));
}
