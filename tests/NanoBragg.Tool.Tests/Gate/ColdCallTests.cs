using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

public sealed class ColdCallTests
{
    // The candidate comes first in workers 0, 3 and 4, and waits there for code that both need.
    [Theory]
    [InlineData(new[] { 3.0, 0.34, 0.33, 3.1, 2.9, 0.33 }, 0.010, null)]
    [InlineData(new[] { 4.5, 0.51, 0.50, 4.6, 4.4, 0.49 }, 0.010, 0.5)]
    [InlineData(new[] { 4.5, 0.51, 0.50, 4.6, 4.4, 0.49 }, 0.0005, null)]
    [InlineData(new[] { 4.5, 0.51, 0.50, 4.6, 2.0, 0.49 }, 0.010, null)]
    [InlineData(new[] { 2.0, 0.8 }, 0.010, null)]
    public void Only_a_first_call_that_is_slower_in_both_orders_is_told(double[] ratios, double seconds, double? expected)
    {
        var slowdown = ColdCall.Slowdown(Case(ratios, seconds));

        if (expected is null)
        {
            slowdown.ShouldBeNull();
        }
        else
        {
            slowdown!.Value.ShouldBe(expected.Value, 0.02);
        }
    }

    [Fact]
    public void Without_a_base_there_is_nothing_to_tell() => ColdCall.Slowdown(new() { Name = "k", Metrics = [] }).ShouldBeNull();

    private static MeasuredCase Case(double[] ratios, double seconds) => new()
    {
        Name = "k",
        Metrics =
        [
            new() { Name = CaseMetrics.FirstCall, Kind = MetricKind.Info, Unit = "×", Better = Better.Lower, Value = 1, Groups = ratios },
            new() { Name = "firstCallSeconds", Kind = MetricKind.Info, Unit = "s", Better = Better.Lower, Value = seconds },
        ],
    };
}
