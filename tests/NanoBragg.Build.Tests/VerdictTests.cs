using Shouldly;
using Xunit;

namespace NanoBragg.Build.Tests;

/// <summary>The path a user walks: record, build, break, accept.</summary>
[Collection(PackedFeed.Collection)]
public sealed class VerdictTests
{
    [Fact]
    public void A_regression_fails_the_build_at_the_line_it_breaks_until_it_is_accepted()
    {
        var project = GatedProject.CreateWithBaseline(PackedFeed.NewFolder("verdict"));
        var before = File.ReadAllLines(project.Baseline);

        var green = project.Build();
        green.ExitCode.ShouldBe(0, green.Output);
        green.Measurements.ShouldBe(0, "the update has just measured this assembly");

        project.AddWork();
        var red = project.Build("-bl:red.binlog");
        red.ExitCode.ShouldBe(1, red.Output);
        red.Measurements.ShouldBe(1);
        var line = project.LineOf("rows", "steps");
        red.Diagnostics.ShouldHaveSingleItem().ShouldStartWith($"{project.Baseline}({line},");
        red.Diagnostics[0].ShouldContain(": error NB1001: ");
        BinaryLog.EmbeddedFiles(Path.Combine(project.Folder, "red.binlog")).ShouldBe(["measured.json", "report.json"], ignoreOrder: true);

        var measured = File.GetLastWriteTimeUtc(project.Measured);
        var stillRed = project.Build();
        stillRed.ExitCode.ShouldBe(1, stillRed.Output);
        stillRed.Diagnostics.ShouldBe(red.Diagnostics);
        stillRed.Measurements.ShouldBe(0);
        File.GetLastWriteTimeUtc(project.Measured).ShouldBe(measured);

        var accepted = project.Build("-p:NanoBraggUpdateBaseline=true", "-p:NanoBraggUpdateReason=%22more%22 rows%2C please");
        accepted.ExitCode.ShouldBe(0, accepted.Output);
        accepted.Measurements.ShouldBe(0);
        var after = File.ReadAllLines(project.Baseline);
        var changed = after.Except(before).ToArray();
        changed.ShouldContain(text => text.Contains("\"steps\"") && text.Contains("130") && text.Contains("rows, please"));
        changed.ShouldAllBe(text => text.Contains("\"steps\"") || text.Contains("\"time\"") || text.Contains("\"base\""), "only what the gate does not call equal may change, and the code that it is measured beside");
        changed.ShouldContain(text => text.Contains("\"base\": { \"assembly\": \"Gated.dll\""));
        after.Length.ShouldBe(before.Length);

        var greenAgain = project.Build();
        greenAgain.ExitCode.ShouldBe(0, greenAgain.Output);
        greenAgain.Measurements.ShouldBe(0);
        File.GetLastWriteTimeUtc(project.Measured).ShouldBe(measured);
    }

    [Fact]
    public void As_a_warning_a_regression_passes_but_stays_red_where_warnings_are_errors()
    {
        var project = GatedProject.CreateWithBaseline(PackedFeed.NewFolder("warning"));
        project.AddWork();

        var warned = project.Build("-p:NanoBraggAsWarning=true");
        warned.ExitCode.ShouldBe(0, warned.Output);
        warned.Diagnostics.ShouldHaveSingleItem().ShouldContain(": warning NB1001: ");

        for (var build = 0; build < 2; build++)
        {
            var promoted = project.Build("-p:NanoBraggAsWarning=true", "-warnaserror");
            promoted.ExitCode.ShouldBe(1, promoted.Output);
            promoted.Diagnostics.ShouldHaveSingleItem().ShouldContain(": error NB1001: ");
            promoted.Measurements.ShouldBe(0);
        }
    }

    [Fact]
    public void Without_a_baseline_the_build_fails_and_says_how_to_record_one()
    {
        var project = GatedProject.Create(PackedFeed.NewFolder("no baseline"));

        var result = project.Build();

        result.ExitCode.ShouldBe(1, result.Output);
        result.Diagnostics.ShouldAllBe(text => text.Contains(": error NB1002: "));
        result.Diagnostics[0].ShouldStartWith(project.Baseline);
        result.Diagnostics[0].ShouldContain("`dotnet build Gated.csproj -p:NanoBraggUpdateBaseline=true`");
        File.Exists(project.Baseline).ShouldBeFalse();
    }

    [Fact]
    public void A_corrupt_baseline_fails_the_build_and_an_update_leaves_it_alone()
    {
        var project = GatedProject.CreateWithBaseline(PackedFeed.NewFolder("corrupt"));
        var text = File.ReadAllText(project.Baseline);
        var corrupt = "<<<<<<< HEAD\n" + text;
        File.WriteAllText(project.Baseline, corrupt);

        var judged = project.Build();
        judged.ExitCode.ShouldBe(1, judged.Output);
        judged.Diagnostics.ShouldHaveSingleItem().ShouldContain("error NB1000: ");
        judged.Output.ShouldNotContain("MSB6006");

        var updated = project.Build("-p:NanoBraggUpdateBaseline=true");
        updated.ExitCode.ShouldBe(1, updated.Output);
        updated.Diagnostics.ShouldHaveSingleItem().ShouldContain("error NB1000: ");
        File.ReadAllText(project.Baseline).ShouldBe(corrupt);

        File.WriteAllText(project.Baseline, text);
        var mended = project.Build();
        mended.ExitCode.ShouldBe(0, mended.Output);
        mended.Measurements.ShouldBe(0);
    }

    [Fact]
    public void The_ratchet_asks_for_a_gain_to_be_banked_and_a_regression_is_accepted_with_its_own_reason()
    {
        var project = GatedProject.CreateWithBaseline(PackedFeed.NewFolder("ratchet"));
        var text = File.ReadAllText(project.Baseline);
        File.WriteAllText(project.Baseline, text.Replace("\"steps\": { \"value\": 100,", "\"steps\": { \"value\": 150,", StringComparison.Ordinal));

        var free = project.Build();
        free.ExitCode.ShouldBe(0, free.Output);
        var ratchet = project.Build("-p:NanoBraggRatchet=true");
        ratchet.ExitCode.ShouldBe(1, ratchet.Output);
        ratchet.Diagnostics.ShouldHaveSingleItem().ShouldContain(": error NB1007: rows: steps is 100");
        ratchet.Measurements.ShouldBe(0);

        File.WriteAllText(project.Baseline, text.Replace("\"steps\": { \"value\": 100,", "\"steps\": { \"value\": 50,", StringComparison.Ordinal));
        var accepted = project.Build("-p:NanoBraggUpdateBaseline=true", "-p:NanoBraggAcceptRegression=more rows");
        accepted.ExitCode.ShouldBe(0, accepted.Output);
        var line = File.ReadAllLines(project.Baseline)[project.LineOf("rows", "steps") - 1];
        line.ShouldContain("\"value\": 100,");
        line.ShouldContain("\"reason\": \"more rows\"");
    }

    [Fact]
    public void A_project_without_benchmarks_fails_rather_than_passing_untested()
    {
        var project = GatedProject.Create(PackedFeed.NewFolder("nothing"), kernels: "internal static class Nothing;");

        var result = project.Build();

        result.ExitCode.ShouldBe(1, result.Output);
        var diagnostic = result.Diagnostics.ShouldHaveSingleItem();
        diagnostic.ShouldContain("Gated.csproj : error NB1009: ");
        diagnostic.ShouldContain("NanoBraggEnabled=false");
        project.Build("-p:NanoBraggEnabled=false").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_kernel_that_does_not_end_is_stopped_at_the_time_limit()
    {
        var project = GatedProject.Create(PackedFeed.NewFolder("endless"), kernels: EndlessKernel.Source);

        var result = project.Build("-p:NanoBraggTimeoutSeconds=3");

        result.ExitCode.ShouldBe(1, result.Output);
        result.Diagnostics.ShouldHaveSingleItem().ShouldContain("error NB1005: ");
        File.Exists(project.Measured).ShouldBeFalse();
    }
}
