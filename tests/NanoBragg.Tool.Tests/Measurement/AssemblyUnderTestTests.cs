using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public sealed class AssemblyUnderTestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanobragg-assembly-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_assembly_named_is_the_one_measured_even_where_another_of_its_name_lies_beside_the_tool()
    {
        // The same assembly, name and version, but for one constant.
        var other = Fixture.CopyWith(_folder, 0x5EED0001, 0x5EED0002);

        Fixture.Run("marked").OnlyCase().Figures["mark"].ShouldBe(0x5EED0001);
        Fixture.Run(Fixture.Request("marked") with { AssemblyPath = other }).OnlyCase().Figures["mark"].ShouldBe(0x5EED0002);
    }

    [Fact]
    public void A_dependency_is_found_in_the_packages_folder_where_the_build_did_not_copy_it()
    {
        var alone = CopyAlone(".dll", ".deps.json");

        Fixture.Run(Fixture.Request("uses-package") with { AssemblyPath = alone }).OnlyCase().Figures["erf"].ShouldBe(0.5204998778, 1e-9);
    }

    [Fact]
    public void A_dependency_that_is_missing_is_named_and_never_taken_from_the_tool()
    {
        // Without its dependencies file nothing tells where the package is, and the tool's own copy of it must not serve.
        var alone = CopyAlone(".dll");
        File.Exists(Path.Combine(AppContext.BaseDirectory, "MathNet.Numerics.dll")).ShouldBeTrue();

        var report = Fixture.Run(Fixture.Request("uses-package", "good") with { AssemblyPath = alone }).Report!;

        report.Cases.Single(found => found.Scenario == "uses-package").Failure!.ShouldContain(
            "the call threw FileNotFoundException: Could not load file or assembly 'MathNet.Numerics, Version=5.0.0.0");
        report.Cases.Single(found => found.Scenario == "good").Failure.ShouldBeNull();
    }

    [Fact]
    public void An_assembly_that_does_not_exist_is_said_in_one_line() =>
        FailureOf(Path.Combine(_folder, "Missing.dll")).ShouldBe($"there is no assembly '{Path.Combine(_folder, "Missing.dll")}'; build it first, or name another with --assembly");

    [Fact]
    public void A_folder_is_no_assembly() => FailureOf(_folder).ShouldContain("is a folder");

    [Fact]
    public void A_file_that_is_no_assembly_is_said_in_one_line()
    {
        var text = Path.Combine(_folder, "Text.dll");
        File.WriteAllText(text, "not an assembly");

        FailureOf(text).ShouldContain("is not a .NET assembly");
    }

    [Fact]
    public void An_assembly_without_benchmarks_is_said_in_one_line() =>
        FailureOf(typeof(FactAttribute).Assembly.Location).ShouldContain("declares no benchmark; mark a static method");

    [Fact]
    public void An_unknown_scenario_is_answered_with_the_nearest_names()
    {
        var outcome = Fixture.Run("god");

        outcome.ExitCode.ShouldBe(1);
        outcome.Failure.ShouldBe("there is no scenario 'god' in NanoBragg.Tool.Tests.Kernels; did you mean good? ('dotnet nanobragg list' shows all)");
    }

    [Fact]
    public void An_unknown_scenario_that_resembles_none_is_answered_with_how_to_see_all() =>
        Fixture.Run("something-else").Failure.ShouldBe("there is no scenario 'something-else' in NanoBragg.Tool.Tests.Kernels; 'dotnet nanobragg list' shows all");

    private string CopyAlone(params string[] extensions)
    {
        foreach (var extension in extensions)
        {
            var file = Path.ChangeExtension(Path.GetFileName(Fixture.AssemblyPath), extension);
            File.Copy(Path.Combine(Fixture.BuildFolder, file), Path.Combine(_folder, file));
        }

        return Path.Combine(_folder, Path.GetFileName(Fixture.AssemblyPath));
    }

    private static string FailureOf(string path)
    {
        var outcome = Fixture.Run(Fixture.Request() with { AssemblyPath = path });
        outcome.Failure.ShouldNotBeNull();
        outcome.Failure!.ShouldNotContain("\n");
        return outcome.Failure!;
    }
}
