using System.IO.Compression;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace NanoBragg.Build.Tests;

/// <summary>What the packages hold.</summary>
[Collection(PackedFeed.Collection)]
public sealed class PackageTests
{
    [Fact]
    public void The_build_package_holds_what_was_agreed_and_nothing_else()
    {
        using var package = ZipFile.OpenRead(Path.Combine(PackedFeed.FeedFolder, "NanoBragg.Build.0.1.0.nupkg"));
        var content = package.Entries
            .Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal);

        content.ShouldBe(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "package-content.txt")));
    }

    [Fact]
    public void The_build_package_is_a_development_dependency_that_brings_no_other_package()
    {
        using var package = ZipFile.OpenRead(Path.Combine(PackedFeed.FeedFolder, "NanoBragg.Build.0.1.0.nupkg"));
        using var stream = package.GetEntry("NanoBragg.Build.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();

        metadata.Elements().Single(element => element.Name.LocalName == "developmentDependency").Value.ShouldBe("true");
        metadata.Descendants().ShouldNotContain(element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public void Every_code_that_the_build_logs_has_an_anchor_on_the_packed_page()
    {
        using var package = ZipFile.OpenRead(Path.Combine(PackedFeed.FeedFolder, "NanoBragg.Build.0.1.0.nupkg"));
        using var reader = new StreamReader(package.GetEntry("docs/codes.md")!.Open());
        var page = reader.ReadToEnd();

        for (var code = 1000; code <= 1011; code++)
        {
            page.ShouldMatch($@"(?m)^#+ NB{code}\b|id=""nb{code}""");
        }
    }
}
