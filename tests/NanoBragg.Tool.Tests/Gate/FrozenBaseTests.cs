using System.Text.Json;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Processes;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary>The base that an update keeps and a gate finds again, in real processes.</summary>
public sealed class FrozenBaseTests : IDisposable
{
    private const int InterruptSignal = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly string _temporary;
    private readonly string _old;
    private readonly string _new;

    public FrozenBaseTests()
    {
        _temporary = Directory.CreateDirectory(_folder["temporary"]).FullName;
        _old = Fixture.CopyWith(_folder["old"], 0x5EED0001, 0x5EED0001);
        _new = Fixture.CopyWith(_folder["new"], 0x5EED0001, 0x5EED0003);
    }

    private string Baseline => _folder["nanobragg.baseline.json"];

    private string Archive => _folder["nanobragg.base.zip"];

    private string Bases => _folder["cache/bases"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_update_keeps_the_code_and_the_gate_times_against_it_by_itself()
    {
        (await Update(_old)).ExitCode.ShouldBe(0);
        var pin = Line();
        pin.ShouldContain("\"base\": { \"assembly\": \"NanoBragg.Tool.Tests.Kernels.dll\", \"version\": \"1.2.3-beta.4\", \"sha256\": \"");
        var kept = Directory.GetDirectories(Bases).ShouldHaveSingleItem();
        pin.ShouldContain(Path.GetFileName(kept));

        var (report, error) = await Gate(_old);
        report.GetProperty("baseVersion").GetString().ShouldBe("1.2.3-beta.4");
        report.GetProperty("comparisons").EnumerateArray().ShouldContain(c => c.GetProperty("kind").GetString() == "duet");
        error.ShouldContain("timing beside the baseline's own base");

        WithoutBase(await Gate(_old, "--no-base"), null);

        // The copy is a working assembly with its own name, but not the one that is pinned.
        File.Copy(_new, Path.Combine(kept, Path.GetFileName(_new)), overwrite: true);
        WithoutBase(await Gate(_old), "the copy in the cache of this machine is not the base that the baseline pins and was not loaded: its hash is ");
        Directory.Delete(kept, recursive: true);
        WithoutBase(await Gate(_old), "the base NanoBragg.Tool.Tests.Kernels.dll 1.2.3-beta.4 is neither beside the baseline nor in the cache of this machine");
    }

    [Fact]
    public async Task Beside_the_baseline_it_works_on_every_machine_and_nothing_unpacked_is_left()
    {
        (await Update(_old, "--keep-base", "beside")).ExitCode.ShouldBe(0);
        Directory.Exists(Bases).ShouldBeFalse();
        File.Exists(Archive).ShouldBeTrue();

        var (report, _) = await Gate(_old);
        report.GetProperty("baseVersion").GetString().ShouldBe("1.2.3-beta.4");
        NothingIsLeft();

        var bytes = File.ReadAllBytes(Archive);
        File.WriteAllBytes(Archive, bytes[..^10]);
        WithoutBase(await Gate(_old), "nanobragg.base.zip beside the baseline is not the base that the baseline pins and was not loaded: ");
        File.WriteAllBytes(Archive, bytes);

        using var tool = ToolProcess.Start(Environment, "gate", "endless", "--assembly", _old, "--baseline", Baseline);
        await LauncherTests.WaitUntil(() => Directory.GetDirectories(_temporary, "nanobragg-base-*").Length > 0);
        LinuxCalls.Kill(tool.Id, InterruptSignal).ShouldBe(0);
        (await tool.End()).ExitCode.ShouldBe(130);
        NothingIsLeft();
    }

    [Fact]
    public async Task An_update_that_changes_no_figure_leaves_the_base_and_one_that_does_replaces_it()
    {
        var measured = Measured();
        (await Accept(measured, _old)).Output.ShouldContain("+ base: NanoBragg.Tool.Tests.Kernels.dll 1.2.3 (");
        var before = File.ReadAllText(Baseline);

        // Other code, but nothing that the gate would not pass.
        (await Accept(measured, _new)).Output.ShouldBe($"{Baseline}: nothing to change\n");
        File.ReadAllText(Baseline).ShouldBe(before);
        Directory.GetDirectories(Bases).ShouldHaveSingleItem();

        // A copy that is gone comes back with the same code, to where it is asked for.
        Directory.Delete(Bases, recursive: true);
        (await Accept(measured, _old)).ExitCode.ShouldBe(0);
        Directory.GetDirectories(Bases).ShouldHaveSingleItem();
        (await Accept(measured, _new, "--keep-base", "beside")).ExitCode.ShouldBe(0);
        File.Exists(Archive).ShouldBeTrue();
        File.ReadAllText(Baseline).ShouldBe(before);

        // From then on it stays there without being asked for.
        (await Accept(Measured(slower: 2), _new, "--dry-run")).Output.ShouldContain("~ base: ");
        (await Accept(Measured(slower: 2), _new, "--reason", "why")).Output.ShouldContain("~ base: ");
        Line().ShouldNotBe(before.Split('\n').Single(line => line.Contains("\"base\"", StringComparison.Ordinal)));
        Directory.GetDirectories(Bases).ShouldHaveSingleItem();
        (await Gate(_new, "marked")).Report.GetProperty("baseVersion").GetString().ShouldBe("1.2.3-beta.4");

        (await Accept(Measured(slower: 3), null, "--reason", "why")).Output.ShouldContain("note: the baseline keeps no base now, because the assembly that was measured is not known; name it with --assembly beside --measured");
        File.ReadAllText(Baseline).ShouldNotContain("\"base\"");
        (await Accept(Measured(slower: 3), _old)).Output.ShouldContain("+ base: ");
        (await Accept(Measured(slower: 3), _old, "--keep-base", "none")).Output.ShouldContain("- base: ");
        File.ReadAllText(Baseline).ShouldNotContain("\"base\"");
    }

    [Fact]
    public async Task What_was_disturbed_leaves_the_base_as_it_is()
    {
        await Accept(Measured(), _old);
        var pin = Line();
        MeasuredRunFile.Write(_folder["measured.json"], Run(2) with { Contention = new() { CpuPressure = 0.9 } });
        (await Accept(_folder["measured.json"], _new, "--reason", "why")).ExitCode.ShouldBe(4);
        Line().ShouldBe(pin);
    }

    [Fact]
    public async Task A_file_that_is_not_ours_is_never_written_over_and_nothing_else_is_done_either()
    {
        _folder.Write("nanobragg.base.zip", "mine");
        var refused = await Accept(Measured(), _old, "--keep-base", "beside");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldBe($"nanobragg: error: '{Archive}' was not written by this tool and is left as it is; move it away, or keep the base with --keep-base cache\n");
        File.ReadAllText(Archive).ShouldBe("mine");
        File.Exists(Baseline).ShouldBeFalse();

        // By itself the tool does not go there at all.
        (await Accept(Measured(), _old)).ExitCode.ShouldBe(0);
        File.ReadAllText(Archive).ShouldBe("mine");
    }

    [Fact]
    public async Task A_base_that_is_too_large_to_be_committed_is_refused()
    {
        // With MathNet.Numerics beside it, it is.
        var refused = await Accept(Measured(), Fixture.AssemblyPath, "--keep-base", "beside");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("MathNet.Numerics.dll");
        refused.Error.ShouldContain("at most 200 kB are kept");
        File.Exists(Baseline).ShouldBeFalse();
    }

    [Fact]
    public async Task Figures_of_another_assembly_are_refused()
    {
        (await Accept(Measured(), typeof(FactAttribute).Assembly.Location)).Error.ShouldContain("the figures are of NanoBragg.Tool.Tests.Kernels, and --assembly names '");
        (await Accept(Measured(), _folder["None.dll"])).Error.ShouldContain("there is no assembly '");
    }

    [Fact]
    public async Task The_options_that_name_a_base_exclude_one_another()
    {
        (await Tool("gate", "--base", "a.dll", "--no-base")).Error.ShouldContain("--base and --no-base name the same thing; give one of them.");
        (await Tool("measure", "--base-ref", "HEAD", "--base-package", "A")).Error.ShouldContain("--base-ref and --base-package name the same thing; give one of them.");
    }

    private Dictionary<string, string> Environment => new() { ["TMPDIR"] = _temporary, ["NANOBRAGG_CACHE"] = _folder["cache"] };

    private Task<(int ExitCode, string Output, string Error)> Tool(params string[] arguments) => ToolProcess.Run(Environment, arguments);

    private Task<(int ExitCode, string Output, string Error)> Update(string assembly, params string[] more) =>
        Tool(["baseline", "update", "--scenario", "marked", "--workers", "3", "--despite-interference", "--assembly", assembly, "--baseline", Baseline, .. more]);

    private Task<(int ExitCode, string Output, string Error)> Accept(string measured, string? assembly, params string[] more) =>
        Tool(["baseline", "update", "--measured", measured, $"--baseline={Baseline}", .. assembly is null ? more : [$"--assembly={assembly}", .. more]]);

    private async Task<(JsonElement Report, string Error)> Gate(string assembly, params string[] more)
    {
        var (_, output, error) = await Tool(["gate", "marked", "--workers", "1", "--assembly", assembly, "--baseline", Baseline, "--json", .. more]);
        return (JsonDocument.Parse(output).RootElement, error);
    }

    private static void WithoutBase((JsonElement Report, string Error) gate, string? why)
    {
        gate.Report.GetProperty("comparisons").EnumerateArray().ShouldAllBe(c => c.GetProperty("kind").GetString() != "duet");
        var told = gate.Report.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("code").GetString() == "NB1017").ToList();
        if (why is null)
        {
            told.ShouldBeEmpty();
            return;
        }

        var finding = told.ShouldHaveSingleItem();
        finding.GetProperty("severity").GetString().ShouldBe("info");
        finding.GetProperty("message").GetString()!.ShouldStartWith($"time is judged against yardsticks only, which finds about +20 % rather than +5 %: {why}");
    }

    private string Measured(double slower = 1)
    {
        MeasuredRunFile.Write(_folder["measured.json"], Run(slower));
        return _folder["measured.json"];
    }

    private static MeasuredRun Run(double slower) => Sample.Run(Sample.Usual("marked", slower: slower)) with { Assembly = "NanoBragg.Tool.Tests.Kernels" };

    private string Line() => File.ReadAllLines(Baseline).Single(line => line.Contains("\"base\":", StringComparison.Ordinal));

    private void NothingIsLeft() => Directory.GetDirectories(_temporary, "nanobragg-base-*").ShouldBeEmpty();
}
