using NanoBragg.Kernels.CLibrary;
using Shouldly;

namespace NanoBragg.Kernels.Tests.CLibrary;

public sealed class CFormatTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(100.0, "100")]
    [InlineData(-0.0001, "-0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.000099999951, "0.0001")]
    [InlineData(123456.0, "123456")]
    [InlineData(1234567.0, "1.23457e+06")]
    [InlineData(999999.5, "1e+06")]
    [InlineData(999998.5, "999998")]
    [InlineData(100000.5, "100000")]
    [InlineData(100001.5, "100002")]
    [InlineData(100000.5000000001, "100001")]
    [InlineData(4.9406564584124654e-324, "4.94066e-324")]
    [InlineData(1.7976931348623157e308, "1.79769e+308")]
    [InlineData(0.1, "0.1")]
    [InlineData(16.25, "16.25")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Numbers_are_printed_as_the_C_library_does(double value, string expected) => CFormat.General(value).ShouldBe(expected);
}
