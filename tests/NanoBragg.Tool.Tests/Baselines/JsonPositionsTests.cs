using System.Text;
using NanoBragg.Tool.Baselines;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Baselines;

public class JsonPositionsTests
{
    [Fact]
    public void Columns_count_UTF_16_units_from_one()
    {
        var positions = Of("{\n  \"×😀\": [ 10, { \"b\": \"yes\" } ]\n}");
        positions.Find("").ShouldBe(new(1, 1, 2));
        positions.Find("/×😀/0").ShouldBe(new(2, 12, 14));
        positions.Find("/×😀/1/b").ShouldBe(new(2, 23, 28));
    }

    [Fact]
    public void Names_with_slashes_and_tildes_are_escaped()
    {
        var positions = Of("{ \"a/b~c\": 1 }");
        positions.Find(JsonPositions.Child("", "a/b~c")).ShouldBe(new(1, 12, 13));
        positions.Has("/a~1b~0c").ShouldBeTrue();
    }

    [Fact]
    public void What_is_not_there_is_found_at_the_nearest_value_around_it()
    {
        var positions = Of("{\n\"a\": {\n} }");
        positions.Find("/a/b/c").ShouldBe(new(2, 6, 7));
        JsonPositions.None.Find("/a").ShouldBe(JsonPosition.Start);
    }

    [Fact]
    public void Carriage_returns_do_not_shift_lines() => Of("{\r\n\r\n \"a\": 1 }").Find("/a").ShouldBe(new(3, 7, 8));

    private static JsonPositions Of(string text) => JsonPositions.Of(Encoding.UTF8.GetBytes(text));
}
