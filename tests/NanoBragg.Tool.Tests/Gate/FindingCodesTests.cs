using System.Reflection;
using NanoBragg.Tool.Gate;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

public class FindingCodesTests
{
    private static readonly string[] Codes = [.. typeof(FindingCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    private static readonly string Page = Path.Combine(AppContext.BaseDirectory, "codes.md");

    [Fact]
    public void Every_code_has_an_anchor_a_heading_and_a_row_in_the_documentation()
    {
        var page = File.ReadAllText(Page);
        Codes.ShouldBeUnique();
        Codes.Length.ShouldBeGreaterThan(9);
        foreach (var code in Codes)
        {
            var anchor = code.ToLowerInvariant();
            page.ShouldContain($"<a id=\"{anchor}\"></a>\n## {code}: ");
            page.ShouldContain($"| [{code}](#{anchor}) |");
        }
    }

    [Fact]
    public void The_documentation_explains_no_code_that_does_not_exist()
    {
        var explained = File.ReadAllLines(Page).Where(line => line.StartsWith("## NB", StringComparison.Ordinal)).Select(line => line[3..9]);
        explained.ShouldBe(Codes.Order());
    }
}
