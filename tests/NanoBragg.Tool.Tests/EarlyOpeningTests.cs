using NanoBragg.Tool.Commands;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests;

public sealed class EarlyOpeningTests
{
    [Theory]
    [InlineData(true, "simulate", "--device", "cpu")]
    [InlineData(true, "simulate", "--device=cpu", "--precision", "float")]
    [InlineData(false, "simulate", "--device", "cpu", "--precision", "float-fast")]
    [InlineData(false, "simulate", "--device", "reference")]
    [InlineData(false, "simulate")]
    [InlineData(false, "bench", "--device", "cpu")]
    public async Task The_processor_s_loops_are_compiled_while_flags_are_read_if_there_is_a_second_processor(bool isWoken, params string[] words)
    {
        using var early = EarlyOpening.Of(words);

        (early.Waking is not null).ShouldBe(isWoken && Environment.ProcessorCount > 1);
        await (early.Waking ?? Task.CompletedTask);
    }
}
