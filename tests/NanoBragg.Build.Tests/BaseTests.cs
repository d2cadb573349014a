using Shouldly;
using Xunit;

namespace NanoBragg.Build.Tests;

/// <summary>Builds whose kernels are held against released or recorded code.</summary>
[Collection(PackedFeed.Collection)]
public sealed class BaseTests
{
    [Theory]
    [InlineData("<TargetFramework>net10.0</TargetFramework>", "released")]
    [InlineData("<TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks>", "released for several")]
    public void A_released_package_is_the_base_without_any_baseline(string frameworks, string name)
    {
        var folder = PackedFeed.NewFolder(name);
        var feed = Directory.CreateDirectory(Path.Combine(folder, "released")).FullName;
        var configuration = Path.Combine(folder, "nuget.config");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace("</packageSources>", $"<add key=\"released\" value=\"{feed}\" /></packageSources>", StringComparison.Ordinal));
        var project = GatedProject.Create(Path.Combine(folder, "Gated"), frameworks: frameworks);
        var id = "Released." + name.Replace(" ", ".", StringComparison.Ordinal);
        var packed = project.Run("pack", "-p:Version=1.0.0", $"-p:PackageId={id}", "-p:NanoBraggEnabled=false", "-o", feed);
        packed.ExitCode.ShouldBe(0, packed.Output);

        string[] asBase = [$"-p:NanoBraggBasePackage={id}", "-p:NanoBraggBasePackageVersion=1.0.0"];
        project.AddWork();
        var red = project.Build(asBase);
        red.ExitCode.ShouldBe(1, red.Output);
        red.Measurements.ShouldBe(1);
        red.Diagnostics.ShouldContain(text => text.Contains(": error NB1001: rows: steps is 130", StringComparison.Ordinal) && text.Contains(", was 100", StringComparison.Ordinal) && text.Contains(" in the base; ", StringComparison.Ordinal));
        File.ReadAllText(project.Measured).ShouldContain("\"baseVersion\": \"1.0.0\"");

        project.RemoveWork();
        var green = project.Build(asBase);
        green.ExitCode.ShouldBe(0, green.Output);
        green.Measurements.ShouldBe(1);

        // What is not changed is neither restored nor measured again.
        var idle = project.Build([.. asBase, "-v:n"]);
        idle.ExitCode.ShouldBe(0, idle.Output);
        idle.Output.ShouldNotContain("NanoBraggBase.csproj");
        idle.Measurements.ShouldBe(0);
    }

    [Fact]
    public void A_base_package_that_is_not_there_or_has_no_version_is_an_error_that_says_so()
    {
        var project = GatedProject.Create(PackedFeed.NewFolder("no package"));

        var unnamed = project.Build("-p:NanoBraggBasePackage=Gated");
        unnamed.ExitCode.ShouldBe(1, unnamed.Output);
        unnamed.Output.ShouldContain("NanoBraggBasePackage needs the exact version of Gated, in NanoBraggBasePackageVersion");

        var missing = project.Build("-p:NanoBraggBasePackage=No.Such.Package", "-p:NanoBraggBasePackageVersion=1.0.0");
        missing.ExitCode.ShouldBe(1, missing.Output);
        missing.Output.ShouldContain("error NU1101: ");

        var other = project.Build("-p:NanoBraggBasePackage=NanoBragg.Kernels", "-p:NanoBraggBasePackageVersion=0.1.0");
        other.ExitCode.ShouldBe(1, other.Output);
        other.Output.ShouldContain("NanoBragg.Kernels 0.1.0 has no Gated.dll for net10.0, so it cannot be the base of the gate");
    }

    [Fact]
    public void An_update_keeps_the_code_and_the_next_measurement_runs_beside_it()
    {
        var project = GatedProject.CreateWithBaseline(PackedFeed.NewFolder("kept"));
        File.ReadAllText(project.Baseline).ShouldContain("\"base\": { \"assembly\": \"Gated.dll\", \"version\": \"1.0.0\", \"sha256\": \"");

        project.Edit("sum += value;", "sum += 1.0 * value;");
        var beside = project.Build();
        beside.ExitCode.ShouldBe(0, beside.Output);
        var measured = File.ReadAllText(project.Measured);
        measured.ShouldContain("\"basePin\": ");
        measured.ShouldContain("\"kind\": \"duet\"");

        File.Delete(project.Measured);
        project.Build("-p:NanoBraggNoBase=true").ExitCode.ShouldBe(0);
        File.ReadAllText(project.Measured).ShouldNotContain("\"kind\": \"duet\"");

        var committed = project.Build("-p:NanoBraggUpdateBaseline=true", "-p:NanoBraggKeepBase=beside");
        committed.ExitCode.ShouldBe(0, committed.Output);
        File.Exists(Path.Combine(project.Folder, "nanobragg.base.zip")).ShouldBeTrue();
    }
}
