using Shouldly;
using Xunit;

namespace NanoBragg.Build.Tests;

/// <summary>Which builds measure, how often, and which do not.</summary>
[Collection(PackedFeed.Collection)]
public sealed class WhenItRunsTests
{
    [Fact]
    public void Every_command_that_builds_runs_the_gate_once_and_clean_removes_its_folder()
    {
        var project = GatedProject.CreateWithBaseline(PackedFeed.NewFolder("a path with spaces"));

        foreach (var (command, arguments) in new[] { ("build", "-t:Rebuild"), ("pack", "-p:Configuration=Debug"), ("publish", "-p:Configuration=Debug") })
        {
            File.Delete(project.Measured);
            var result = project.Run(command, arguments);
            result.ExitCode.ShouldBe(0, result.Output);
            result.Measurements.ShouldBe(1, $"{command} {arguments}");
        }

        project.Build("-graph").Measurements.ShouldBe(0, "nothing has changed");
        File.Delete(project.Measured);
        var inGraph = project.Build("-graph", "-mt");
        inGraph.ExitCode.ShouldBe(0, inGraph.Output);
        inGraph.Measurements.ShouldBe(1);

        project.Run("clean").ExitCode.ShouldBe(0);
        Directory.Exists(project.ResultFolder).ShouldBeFalse();
    }

    [Fact]
    public void What_is_no_build_or_asks_for_no_gate_does_not_measure()
    {
        var project = GatedProject.Create(PackedFeed.NewFolder("idle"));
        project.Run("restore").ExitCode.ShouldBe(0);

        foreach (var property in (string[])["DesignTimeBuild=true", "BuildingForLiveUnitTesting=true", "NanoBraggEnabled=false", "NanoBraggOptimize=false"])
        {
            var result = project.Build("-p:" + property, "--no-restore");
            result.ExitCode.ShouldBe(0, result.Output);
            result.Measurements.ShouldBe(0, property);
        }

        project.Build("-t:Compile", "--no-restore").Measurements.ShouldBe(0);
        Directory.Exists(project.ResultFolder).ShouldBeFalse();

        var unoptimised = project.Build("-p:Optimize=false", "--no-restore");
        unoptimised.ExitCode.ShouldBe(0, unoptimised.Output);
        unoptimised.Measurements.ShouldBe(0);
        unoptimised.Diagnostics.ShouldHaveSingleItem().ShouldContain(": warning NB1010: ");
    }

    [Fact]
    public void A_change_of_settings_measures_or_judges_again_and_nothing_else_does()
    {
        var project = GatedProject.CreateWithBaseline(PackedFeed.NewFolder("settings"));

        project.Build().ExitCode.ShouldBe(0);
        var idle = project.Build("-v:d");
        idle.Output.ShouldContain("Skipping target \"NanoBraggMeasure\" because all output files are up-to-date");
        idle.Output.ShouldContain("Skipping target \"NanoBraggJudge\" because all output files are up-to-date");

        var other = project.Build("-v:d", "-p:NanoBraggFailOn=all");
        other.Output.ShouldContain("Skipping target \"NanoBraggMeasure\"");
        other.Output.ShouldNotContain("Skipping target \"NanoBraggJudge\"");

        project.Build("-p:NanoBraggScenarios=rows").Measurements.ShouldBe(1);
        var text = File.ReadAllText(project.Measured);
        text.ShouldContain("\"rows\"");
        text.ShouldNotContain("\"columns\"");

        // A compile error is the user's own business: nothing may be measured behind it.
        File.AppendAllText(project.Source, "oops");
        project.Build().Measurements.ShouldBe(0);
    }

    [Fact]
    public void An_edit_that_leaves_the_code_as_it_is_is_judged_and_not_measured()
    {
        var project = GatedProject.CreateWithBaseline(PackedFeed.NewFolder("same code"));
        var assembly = Path.Combine(project.Folder, "bin", "Debug", "net10.0", "Gated.dll");
        var (measured, built) = (File.ReadAllText(project.Measured), File.ReadAllBytes(assembly));

        void Unmeasured(CommandResult result)
        {
            result.ExitCode.ShouldBe(0, result.Output);
            result.Measurements.ShouldBe(0);
            result.Output.ShouldContain("NanoBragg: nothing to measure: same code, runtime and machine as when it was measured last");
            File.ReadAllText(project.Measured).ShouldBe(measured);
        }

        project.Edit("private static KernelRun Add(", "// Adds.\n\n    private static KernelRun Add(");
        Unmeasured(project.Build("-v:n"));
        File.ReadAllBytes(assembly).ShouldNotBe(built, "the comment is in the symbols, whose hash is in the assembly");
        project.Build().Output.ShouldNotContain("nothing to measure", customMessage: "nothing is even asked where no file has changed");

        project.Edit("foreach (var value in values) { sum += value; }", "foreach (var number in values) { sum += number; }");
        project.Edit("AddRows() => Add(Rows)", "AddRows() => Add(Swapped)");
        project.Edit("AddColumns() => Add(Columns)", "AddRows() => Add(Rows)");
        project.Edit("AddRows() => Add(Swapped)", "AddColumns() => Add(Columns)");
        project.Edit("\"rows\", Measures = \"adds up rows\"", "\"swapped\"");
        project.Edit("\"columns\", Measures = \"adds up columns\"", "\"rows\", Measures = \"adds up rows\"");
        project.Edit("\"swapped\"", "\"columns\", Measures = \"adds up columns\"");
        Unmeasured(project.Build());

        // What fails fails on, without being measured again, and a run that fails leaves nothing to judge.
        project.AddWork();
        project.Build().Measurements.ShouldBe(1);
        project.Edit("// Adds.", "// Adds numbers.");
        var red = project.Build();
        red.ExitCode.ShouldBe(1, red.Output);
        red.Measurements.ShouldBe(0);
        red.Diagnostics.ShouldHaveSingleItem().ShouldContain(": error NB1001: rows: steps is 130");
        project.Edit("KernelBenchmark(\"columns\"", "KernelBenchmark(\"No Name\"");
        project.Build("-p:NanoBraggAsWarning=true").Diagnostics.ShouldHaveSingleItem().ShouldContain(": warning NB1009: ");
        File.Exists(project.Measured).ShouldBeFalse();
    }

    [Fact]
    public void Several_target_frameworks_are_measured_once_on_the_first_that_the_tool_can_load()
    {
        var project = GatedProject.Create(PackedFeed.NewFolder("frameworks"), frameworks: "<TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks>");

        var recorded = project.Build("-p:NanoBraggUpdateBaseline=true");
        recorded.ExitCode.ShouldBe(0, recorded.Output);
        recorded.Measurements.ShouldBe(1);
        recorded.Output.ShouldContain($"NanoBragg: measuring {Path.Combine(project.Folder, "bin", "Debug", "net10.0", "Gated.dll")}");

        var idle = project.Build();
        idle.ExitCode.ShouldBe(0, idle.Output);
        idle.Measurements.ShouldBe(0);

        project.AddWork();
        var red = project.Build("-graph");
        red.ExitCode.ShouldBe(1, red.Output);
        red.Measurements.ShouldBe(1);
        red.Diagnostics.ShouldHaveSingleItem().ShouldContain(": error NB1001: ");

        project.RemoveWork();
        var packed = project.Run("pack", "-p:Configuration=Debug");
        packed.ExitCode.ShouldBe(0, packed.Output);
        packed.Measurements.ShouldBe(1);

        project.Run("clean").ExitCode.ShouldBe(0);
        Directory.Exists(project.ResultFolder).ShouldBeFalse();
    }

    [Fact]
    public void Projects_of_a_parallel_solution_build_are_gated_each_on_its_own()
    {
        var folder = PackedFeed.NewFolder("solution");
        var good = GatedProject.CreateWithBaseline(Path.Combine(folder, "Good"), "Good");
        var bad = GatedProject.CreateWithBaseline(Path.Combine(folder, "Bad"), "Bad");
        bad.AddWork();
        File.Delete(good.Measured);
        File.WriteAllText(Path.Combine(folder, "Both.slnx"), """<Solution><Project Path="Good/Good.csproj" /><Project Path="Bad/Bad.csproj" /></Solution>""");

        var result = DotNet.Run(folder, "build", "-m", "-tl:off", "-nodeReuse:false");

        result.ExitCode.ShouldBe(1, result.Output);
        result.Measurements.ShouldBe(2);
        result.Diagnostics.ShouldHaveSingleItem().ShouldStartWith(bad.Baseline);
        File.Exists(Path.Combine(good.ResultFolder, "judged.stamp")).ShouldBeTrue();
        File.Exists(Path.Combine(bad.ResultFolder, "judged.stamp")).ShouldBeFalse();
    }
}
