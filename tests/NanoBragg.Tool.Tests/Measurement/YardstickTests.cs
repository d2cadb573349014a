using NanoBragg.Tool.Measurement.Yardsticks;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

/// <summary>Committed baselines count in these: a yardstick whose result changes here needs a new version, not a new expectation.</summary>
public sealed class YardstickTests
{
    [Theory]
    [InlineData("scalar-1", 1, 201596.84377936093)]
    [InlineData("scalar-1", 3, 604791.2822768535)]
    [InlineData("fma-1", 1, -70.70992279052734)]
    [InlineData("fma-1", 3, -70.70992279052734)]
    [InlineData("stream-1", 1, 1.5)]
    [InlineData("stream-1", 3, 1.875)]
    [InlineData("gather-1", 1, 102351867)]
    [InlineData("gather-1", 3, 307266115)]
    [InlineData("mix-1", 1, -5.446035137654744)]
    [InlineData("mix-1", 3, -5.446035137654744)]
    public void Version_1_computes_what_it_always_has(string name, int units, double checksum)
    {
        using var yardstick = YardstickCatalogue.Create(name);

        // Mathematical libraries may differ in the last digits of a sine, vector units in the order of a sum.
        yardstick.Run(units).ShouldBe(checksum, Math.Abs(checksum) * 1e-6);
    }

    [Fact]
    public void A_yardstick_that_is_not_there_is_refused_with_the_names_of_those_that_are()
    {
        var error = Should.Throw<UserError>(() => YardstickCatalogue.Create("fma-9"));

        error.Message.ShouldBe("there is no yardstick 'fma-9'; this tool has scalar-1, fma-1, mix-1, gather-1, stream-1");
    }
}
