using NanoBragg.Tool.Bench;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Bench;

public sealed class PeakTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Peaks_are_positive_on_any_number_of_threads(int threads)
    {
        var peaks = MachinePeaks.Measure(threads);

        peaks.FloatGigaflops.ShouldBeInRange(double.Epsilon, 1e6);
        peaks.DoubleGigaflops.ShouldBeInRange(double.Epsilon, 1e6);
        peaks.TriadGigabytesPerSecond.ShouldBeInRange(double.Epsilon, 1e6);
    }

    [Fact]
    public void Of_two_measurements_each_better_figure_counts() =>
        new MachinePeaks(1, 5, 3).Better(new(2, 4, 3.5)).ShouldBe(new MachinePeaks(2, 5, 3.5));

    [Fact]
    public void Every_thread_works_in_every_round()
    {
        var calls = new int[4];

        Together.BestSeconds(4, 25, thread => calls[thread]++).ShouldBeGreaterThan(0);

        calls.ShouldBe([25, 25, 25, 25]);
    }
}
