using System.Diagnostics;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>The baseline at the last release, from a real git repository.</summary>
public sealed class ReleasedBaselineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReleasedBaselineTests()
    {
        Directory.CreateDirectory(_folder["repository/src"]);
        Git("init", "-q");
    }

    private string Baseline => _folder["repository/src/nanobragg.baseline.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Small_steps_since_the_last_release_add_up_to_a_failure()
    {
        var moderate = _folder["moderate.json"];
        foreach (var (slower, tag) in new[] { (1.0, "v0.9.0"), (1.0, "v1.0.0"), (1.045, "not-a-release"), (1.09, null) })
        {
            // Each step is recorded by name, because the gate would pass it.
            MeasuredRunFile.Write(moderate, Sample.Run(Sample.Usual("good", slower: slower)));
            string[] byName = File.Exists(Baseline) ? ["--metric", "time"] : [];
            (await Tool(["baseline", "update", "--measured", moderate, "--baseline", Baseline, .. byName])).ExitCode.ShouldBe(0);
            Commit(tag);
        }

        var (exitCode, output, _) = await Tool("judge", "--measured", moderate, "--baseline", Baseline);
        exitCode.ShouldBe(2, output);
        output.ShouldContain("error NB1016: good: time is 3.499 × fma-1, was 3.21 × fma-1, +9.0 %");
        output.ShouldContain(" since v1.0.0; ");

        // With the tag of a release that has it, all is as it should be.
        Git("tag", "v1.1.0");
        (await Tool("judge", "--measured", moderate, "--baseline", Baseline)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Where_nothing_was_released_or_nothing_can_be_read_there_is_nothing()
    {
        Read().ShouldBeNull();
        File.WriteAllText(_folder["repository/other"], "");
        Commit("v1.0.0");
        Read().ShouldBeNull();

        File.WriteAllText(Baseline, "<<<<<<< broken");
        Commit("v1.1.0");
        Read().ShouldBeNull();

        File.WriteAllText(Baseline, Sample.Full);
        Commit("v1.2.0");
        File.Delete(Baseline);
        Read()!.Tag.ShouldBe("v1.2.0");
        Read()!.Content.Entries.ShouldHaveSingleItem().Scenario.ShouldBe("good");

        ReleasedBaseline.Read(_folder["nowhere/b.json"], CancellationToken.None).ShouldBeNull();
        ReleasedBaseline.Read(_folder["b.json"], CancellationToken.None).ShouldBeNull();
    }

    private ReleasedBaseline? Read() => ReleasedBaseline.Read(Baseline, CancellationToken.None);

    private Task<(int ExitCode, string Output, string Error)> Tool(params string[] arguments) =>
        ToolProcess.Run(new Dictionary<string, string> { ["NANOBRAGG_CACHE"] = _folder["cache"] }, arguments);

    private void Commit(string? tag)
    {
        Git("add", "-A");
        Git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "--allow-empty", "-m", "x");
        if (tag is not null)
        {
            Git("tag", tag);
        }
    }

    private void Git(params string[] arguments)
    {
        using var git = Process.Start("git", ["-C", _folder["repository"], .. arguments]);
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
    }
}
