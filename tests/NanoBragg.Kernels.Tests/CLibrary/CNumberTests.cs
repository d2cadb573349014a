using NanoBragg.Kernels.CLibrary;
using Shouldly;

namespace NanoBragg.Kernels.Tests.CLibrary;

public sealed class CNumberTests
{
    [Theory]
    [InlineData("6.2", 6.2)]
    [InlineData("  -.5mm", -0.5)]
    [InlineData("1e2x", 100.0)]
    [InlineData("1e", 1.0)]
    [InlineData("3.", 3.0)]
    [InlineData("+7e-3", 0.007)]
    [InlineData("mm", 0.0)]
    [InlineData("", 0.0)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("+INFinity", double.PositiveInfinity)]
    [InlineData("\v\f\r7", 7.0)]
    [InlineData("5..3", 5.0)]
    [InlineData("1.E+2", 100.0)]
    [InlineData("1e+", 1.0)]
    [InlineData("e5", 0.0)]
    [InlineData("-.", 0.0)]
    [InlineData("- 1", 0.0)]
    [InlineData("0x10", 0.0)]
    [InlineData("٣", 0.0)]
    public void Real_numbers_are_read_as_far_as_they_go(string word, double expected) => CNumber.ToDouble(word).ShouldBe(expected);

    [Theory]
    [InlineData("12", 12)]
    [InlineData("-3.9", -3)]
    [InlineData("4abc", 4)]
    [InlineData("1e3", 1)]
    [InlineData("x", 0)]
    [InlineData("4294967297", 1)]
    [InlineData("99999999999999999999", -1)]
    [InlineData("-99999999999999999999", 0)]
    [InlineData("\t+5", 5)]
    [InlineData("+-5", 0)]
    [InlineData("", 0)]
    public void Whole_numbers_are_read_as_far_as_they_go_and_cut_to_32_bits(string word, int expected) => CNumber.ToInt32(word).ShouldBe(expected);
}
