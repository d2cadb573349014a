using NanoBragg.Kernels.Physics;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Physics;

public sealed class RandomSequenceTests
{
    [Theory]
    [InlineData(12345678, new[] { 0.765989304f, 0.023453664f, 0.589726627f, 0.535101593f, 0.982231438f, 0.693016112f, 0.328146875f, 0.29564169f })]
    [InlineData(42, new[] { 0.471973002f, 0.539009392f, 0.737019002f, 0.18827413f, 0.993509591f, 0.530449033f, 0.0783327818f, 0.769240439f })]
    [InlineData(1, new[] { 0.415999353f, 0.091964893f, 0.75641048f, 0.52970022f, 0.930436492f, 0.383502066f, 0.653918982f, 0.0668422356f })]
    [InlineData(5, new[] { 0.172860548f, 0.680409431f, 0.917078257f, 0.91751039f, 0.766779184f, 0.648500979f, 0.3342112f, 0.505952954f })]
    [InlineData(7, new[] { 0.1228365f, 0.428469986f, 0.643754244f, 0.467895657f, 0.688501418f, 0.0538873039f, 0.937261701f, 0.684514523f })]
    public void A_seed_starts_the_reference_programs_sequence(int seed, float[] expected)
    {
        var random = new RandomSequence();
        random.Start(seed);

        expected.Select(_ => random.Next()).ShouldBe(expected);
    }

    [Fact]
    public void A_positive_seed_forgets_what_was_drawn_before()
    {
        var random = new RandomSequence();
        random.Start(5);
        random.Next();
        random.Start(42);

        random.Next().ShouldBe(0.471973002f);
    }

    [Fact]
    public void A_negative_seed_goes_on_with_the_table_of_the_sequence_before()
    {
        var fresh = new RandomSequence();
        fresh.Start(-9);
        var continued = new RandomSequence();
        continued.Start(42);
        continued.Next();
        continued.Start(-9);

        continued.Next().ShouldNotBe(fresh.Next());
    }

    [Fact]
    public void A_negative_first_seed_counts_as_one()
    {
        var random = new RandomSequence();
        random.Start(-9);

        random.Next().ShouldBe(0.415999353f);
    }
}
