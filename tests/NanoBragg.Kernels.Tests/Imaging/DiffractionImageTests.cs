using NanoBragg.Kernels.Imaging;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Imaging;

public sealed class DiffractionImageTests
{
    [Fact]
    public void The_first_of_equal_maxima_in_row_order_is_reported()
    {
        var statistics = new DiffractionImage(3, 2, [1, 0, 4, 4, 2, 1]).Statistics();

        (statistics.MaximumFast, statistics.MaximumSlow).ShouldBe((2, 0));
        statistics.Maximum.ShouldBe(4);
        statistics.Minimum.ShouldBe(0);
        statistics.NonzeroPixels.ShouldBe(5);
        statistics.Sum.ShouldBe(12);
        statistics.Mean.ShouldBe(2);
        statistics.StandardDeviation.ShouldBe(Math.Sqrt(14.0 / 6.0), 1e-15);
    }

    [Fact]
    public void The_hash_is_that_of_the_little_endian_bytes() =>
        new DiffractionImage(1, 1, [1.0f]).Sha256()
            .ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([0x00, 0x00, 0x80, 0x3f])));

    [Theory]
    [InlineData(2, 2)]
    [InlineData(-1, -3)]
    public void Pixels_that_do_not_fill_the_rows_are_refused(int fast, int slow) =>
        Should.Throw<ArgumentException>(() => new DiffractionImage(fast, slow, new float[3]));
}
