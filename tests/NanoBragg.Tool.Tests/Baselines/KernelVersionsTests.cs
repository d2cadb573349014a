using NanoBragg.Tool.Baselines;
using NuGet.Versioning;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Baselines;

public class KernelVersionsTests
{
    [Theory]
    [InlineData("[1.0.0, 2.0.0)", "[2.0.0, 3.0.0)", false)]
    [InlineData("[1.0.0, 2.0.0]", "[2.0.0, 3.0.0)", true)]
    [InlineData("[1.0.0, 2.0.0)", "[2.0.0-0, 3.0.0)", true)]
    [InlineData("[1.0.0, 2.0.0-0)", "[2.0.0-0, 3.0.0)", false)]
    [InlineData("1.0.0", "[5.0.0]", true)]
    [InlineData("(, 1.0.0)", "1.0.0", false)]
    [InlineData("(, )", "[0.1.0]", true)]
    public void Ranges_overlap_where_a_version_is_in_both(string first, string second, bool overlap)
    {
        KernelVersions.Overlap(VersionRange.Parse(first), VersionRange.Parse(second)).ShouldBe(overlap);
        KernelVersions.Overlap(VersionRange.Parse(second), VersionRange.Parse(first)).ShouldBe(overlap);
    }

    [Theory]
    [InlineData("1.2.3", "[1.2.3-0, 2.0.0-0)")]
    [InlineData("0.1.0", "[0.1.0-0, 1.0.0-0)")]
    [InlineData("0.1.0-dev.3", "[0.1.0-0, 1.0.0-0)")]
    [InlineData("2.0.0-rc.1+abc", "[2.0.0-0, 3.0.0-0)")]
    [InlineData("1.2.3.4", "[1.2.3.4-0, 2.0.0-0)")]
    [InlineData("1.4.0", "[1.4.0-0, 1.5.0-0)", "[1.5.0-0, 2.0.0-0)")]
    [InlineData("1.4.0", "[1.4.0, 2.0.0-0)", "[1.0.0, 1.4.0)")]
    [InlineData("1.4.0", "[1.4.0, 1.5.0)", "[1.0.0, 1.4.0)", "[1.5.0, 2.0.0)")]
    public void A_new_entry_reaches_to_the_next_major_version_and_gives_way_to_others(string current, string expected, params string[] existing)
    {
        var range = KernelVersions.ForNewEntry(NuGetVersion.Parse(current), [.. existing.Select(VersionRange.Parse)]);
        range.OriginalString.ShouldBe(expected);
        range.Satisfies(NuGetVersion.Parse(current)).ShouldBeTrue();
    }

    [Fact]
    public void An_entry_applies_to_the_versions_that_it_names()
    {
        var baseline = Sample.File("""
            { "formatVersion": 1, "entries": [
              { "scenario": "a", "kernel": "[0.1.0-0, 1.0.0-0)" },
              { "scenario": "a", "kernel": "[1.0.0-0, 2.0.0-0)" }
            ] }
            """).Content;
        baseline.IndexOf("a", NuGetVersion.Parse("0.1.0-dev")).ShouldBe(0);
        baseline.IndexOf("a", NuGetVersion.Parse("1.0.0-rc.1")).ShouldBe(1);
        baseline.IndexOf("a", NuGetVersion.Parse("1.9.9+build")).ShouldBe(1);
        baseline.IndexOf("a", NuGetVersion.Parse("2.0.0")).ShouldBe(-1);
        baseline.IndexOf("b", NuGetVersion.Parse("1.0.0")).ShouldBe(-1);
    }
}
