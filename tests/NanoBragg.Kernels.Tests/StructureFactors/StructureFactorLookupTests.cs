using System.Text.Json.Nodes;
using NanoBragg.Kernels.StructureFactors;
using Shouldly;

namespace NanoBragg.Kernels.Tests.StructureFactors;

public sealed class StructureFactorLookupTests
{
    private static readonly StructureFactorGrid Generated = HklFileTests.Grid(GeneratedReflections.Text(JsonNode.Parse("{}")!));

    [Fact]
    public void Interpolation_has_the_bits_of_the_reference_program() =>
        // The trace of golden p27's pixel 83, 35.
        CubicInterpolation.Of(Generated, 0.069548722283604814, 3.0194285372627641, 2.044284371817211).ShouldBe(137.23950109057151);

    [Fact]
    public void A_cubic_is_interpolated_by_itself()
    {
        static double Cubic(double x) => (((2.0 * x) - 3.0) * x + 0.5) * x - 7.0;

        CubicInterpolation.Of(-1, [Cubic(-1), Cubic(0), Cubic(1), Cubic(2)], 0.3).ShouldBe(Cubic(0.3), 1e-14);
        CubicInterpolation.Of(-1, [4.0, 5.0, 6.0, 8.0], 1.0).ShouldBe(6.0);
    }

    [Theory]
    [InlineData(2.5, 2)]
    [InlineData(-2.5, -3)]
    [InlineData(2.500001, 3)]
    [InlineData(-0.5, -1)]
    [InlineData(0.5, 0)]
    [InlineData(0.4, 0)]
    public void The_nearest_reflection_is_that_below_a_half(double h, int nearest) =>
        new StructureFactorLookup(Generated, -1.0, false).At(h, 1.0, 2.0).ShouldBe(Generated[nearest, 1, 2]);

    [Theory]
    [InlineData(20.5, 0.0, 0.0, true)]
    [InlineData(20.6, 0.0, 0.0, false)]
    [InlineData(0.0, -20.4, 0.0, true)]
    [InlineData(0.0, -20.5, 0.0, false)]
    [InlineData(0.0, 0.0, 1e300, false)]
    [InlineData(0.0, 0.0, double.NegativeInfinity, false)]
    public void Outside_the_grid_the_default_holds(double h, double k, double l, bool inside)
    {
        var value = new StructureFactorLookup(Generated, -1.0, false).At(h, k, l);

        (value == -1.0).ShouldBe(!inside);
    }

    [Fact]
    public void Without_a_grid_the_default_holds_everywhere() => new StructureFactorLookup(null, 5.0, true).At(0.3, 0.3, 0.3).ShouldBe(5.0);

    [Theory]
    [InlineData(18.0, true)]
    [InlineData(18.000001, false)]
    [InlineData(-18.0, true)]
    [InlineData(-18.000001, false)]
    [InlineData(double.NaN, false)]
    public void A_place_that_the_grid_does_not_surround_ends_interpolation_for_good(double index, bool surrounded)
    {
        foreach (var place in new (double H, double K, double L)[] { (index, 0.3, 0.3), (0.3, index, 0.3), (0.3, 0.3, index) })
        {
            var lookup = new StructureFactorLookup(Generated, -1.0, true);
            lookup.At(0.3, 0.3, 0.3).ShouldBe(CubicInterpolation.Of(Generated, 0.3, 0.3, 0.3));

            lookup.At(place.H, place.K, place.L);

            lookup.Interpolates.ShouldBe(surrounded);
            lookup.At(0.3, 0.3, 0.3).ShouldBe(surrounded ? CubicInterpolation.Of(Generated, 0.3, 0.3, 0.3) : Generated[0, 0, 0]);
        }
    }
}
