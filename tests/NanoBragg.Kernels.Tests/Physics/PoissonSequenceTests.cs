using NanoBragg.Kernels.Physics;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Physics;

/// <summary>The reference program's own figures (physics.md section 23).</summary>
public sealed class PoissonSequenceTests
{
    [Fact]
    public void Counts_of_every_regime_are_the_reference_programs()
    {
        var poisson = Seeded7();

        float[] means = [0, 0.5f, 3.25f, 11.9899998f, 12, 50.5f, 1234.5f, 999999, 1500000, 40000000];
        means.Select(poisson.Next).ShouldBe([0, 0, 3, 15, 10, 32, 1284, 999349, 1500786.75f, 39996892]);
    }

    [Fact]
    public void Counts_of_one_mean_are_the_reference_programs()
    {
        var (many, few) = (Seeded7(), Seeded7());

        Enumerable.Range(0, 8).Select(_ => many.Next(50.5f)).ShouldBe([54, 35, 48, 57, 47, 56, 64, 43]);
        Enumerable.Range(0, 12).Select(_ => few.Next(2.5f)).ShouldBe([1, 3, 4, 5, 1, 3, 5, 3, 1, 1, 2, 4]);
    }

    [Fact]
    public void Gaussian_numbers_are_the_reference_programs()
    {
        var poisson = Seeded7();

        Enumerable.Range(0, 6).Select(_ => poisson.NextGaussian())
            .ShouldBe([-0.19157204f, -1.01012123f, -0.481914014f, 2.15787578f, -0.329030216f, 0.13902913f]);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1.5, -0.120782241)]
    [InlineData(13, 19.987215)]
    [InlineData(100, 359.134216)]
    [InlineData(1e6, 12815505)]
    public void Logarithms_of_the_gamma_function_are_the_reference_programs(float argument, float expected) =>
        PoissonSequence.LogGamma(argument).ShouldBe(expected);

    [Fact]
    public void What_is_no_mean_ends_too()
    {
        Seeded7().Next(float.NaN).ShouldBe(float.NaN);
        Seeded7().Next(-3.0f).ShouldBe(0.0f);
        Seeded7().Next(float.PositiveInfinity).ShouldBe(float.NaN, "infinity less infinity");
    }

    private static PoissonSequence Seeded7()
    {
        var random = new RandomSequence();
        random.Start(7);
        return new(random);
    }
}
