using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Physics;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Physics;

/// <summary>What devices compute without functions of the system's, beside those.</summary>
public sealed class PlainArithmeticTests
{
    [Fact]
    public void Sine_and_cosine_of_half_turns_are_within_roundings()
    {
        for (var i = -5000; i <= 5000; i++)
        {
            var r = i / 10000.0;
            Math.Abs(HalfTurns.Sine(r) - Math.Sin(Math.PI * r)).ShouldBeLessThanOrEqualTo(5e-16 * Math.Abs(Math.Sin(Math.PI * r)), $"sin {r}");
            Math.Abs(HalfTurns.Cosine(r) - Math.Cos(Math.PI * r)).ShouldBeLessThanOrEqualTo(5e-16, $"cos {r}");
        }
    }

    [Theory]
    [InlineData(3.25, 0.25)]
    [InlineData(-3.25, -0.25)]
    [InlineData(2.5, 0.5)]
    [InlineData(-2.5, 0.5)]
    [InlineData(7.0, 0.0)]
    public void A_fraction_is_from_the_nearest_whole_number_a_half_rounded_down(double x, double fraction) => HalfTurns.Fraction(x).ShouldBe(fraction);

    [Fact]
    public void Powers_of_e_are_within_roundings_over_the_whole_range()
    {
        for (var x = -707.0; x < 709.0; x += 0.317)
        {
            Math.Abs(Exponential.Of(x) - Math.Exp(x)).ShouldBeLessThanOrEqualTo(1e-15 * Math.Exp(x), $"e^{x}");
        }

        Exponential.Of(0.0).ShouldBe(1.0);
        Exponential.Of(-800.0).ShouldBe(0.0);
        Exponential.Of(double.NegativeInfinity).ShouldBe(0.0);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 5, 12)]
    [InlineData(7, 50, 300)]
    public void A_block_is_that_of_sines_of_the_system(int a, int b, int c)
    {
        foreach (var (h, k, l) in Fractions())
        {
            Math.Abs(FractionLattice.Block(h, k, l, a, b, c)).ShouldBe(Math.Abs(LatticeFactor.Block(h, k, l, a, b, c)), 1e-12 * a * b * c, $"{h} {k} {l}");
        }

        FractionLattice.Block(0.0, 0.0, 0.0, a, b, c).ShouldBe((double)a * b * c, 1e-15 * a * b * c);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 40)]
    public void An_ellipsoid_and_a_Gaussian_spot_are_those_of_the_system_s_functions(int a, int b, int c)
    {
        var lattice = new ReciprocalLattice(new(0.014, 0.0, 0.0), new(0.001, 0.0125, 0.0), new(-0.001, 0.002, 0.011));
        foreach (var (h, k, l) in Fractions())
        {
            // The system's form cancels in the middle, by the square of what its sine is of.
            var cancelled = 1e-15 / (Math.PI * Math.PI * 1.2 * ((h * h * a * a) + (k * k * b * b) + (l * l * c * c)));
            Math.Abs(FractionLattice.Ellipsoid(h, k, l, a, b, c, 1.2)).ShouldBe(Math.Abs(LatticeFactor.Ellipsoid(h, k, l, a, b, c, 1.2)), (1e-14 + cancelled) * a * b * c, $"{h} {k} {l}");
            var squared = lattice.SquaredLength(h, k, l);
            FractionLattice.Gaussian(squared, a, b, c, 0.8).ShouldBe(LatticeFactor.Gaussian(squared, a, b, c, 0.8), 1e-13 * a * b * c, $"{h} {k} {l}");
        }

        FractionLattice.Ellipsoid(0.0, 0.0, 0.0, a, b, c, 1.2).ShouldBe(a * b * c * 0.723601254558268);
    }

    [Fact]
    public void Polarisation_without_angles_is_that_with_them()
    {
        Vector3D axis = new(0.1, -0.2, 0.97), incident = new Vector3D(1.0, 0.002, -0.001).Unitised();
        foreach (var (x, y, z) in Fractions())
        {
            var diffracted = new Vector3D(x + 0.3, y, z).Unitised();
            foreach (var kahn in new[] { -0.5, 0.0, 0.8, 1.0 })
            {
                Polarisation.FactorWithoutAngles(kahn, incident, diffracted, axis.Unitised()).ShouldBe(Polarisation.Factor(kahn, incident, diffracted, axis.Unitised()), 1e-14);
                Polarisation.FactorWithoutAngles(kahn, incident, diffracted, incident).ShouldBe(Polarisation.Factor(kahn, incident, diffracted, incident), 1e-14);
            }
        }

        Polarisation.FactorWithoutAngles(0.8, incident, incident, axis.Unitised()).ShouldBe(1.0, 1e-14);
    }

    private static IEnumerable<(double H, double K, double L)> Fractions() =>
        Enumerable.Range(1, 400).Select(i => ((i * 0.37 % 1.0) - 0.4999, (i * 0.61 % 1.0) - 0.4998, (i * 0.83 % 1.0) - 0.4997));
}
