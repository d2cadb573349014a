using System.Diagnostics;
using System.Text.Json;
using NanoBragg.Tests.Processes;
using NanoBragg.Tool.Measurement.Processes;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary><c>--base-ref</c> on a real project in a git repository of its own.</summary>
public sealed class BaseRevisionTests : IDisposable
{
    private const int InterruptSignal = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly string _temporary;
    private readonly string _source;

    public BaseRevisionTests()
    {
        _temporary = Directory.CreateDirectory(_folder["temporary"]).FullName;
        var project = Directory.CreateDirectory(_folder["repository/src/Kernels"]).FullName;
        _source = Path.Combine(project, "Kernels.cs");
        File.WriteAllText(_folder["repository/.gitignore"], "bin\nobj\n");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "KernelBenchmark.cs"), Path.Combine(project, "KernelBenchmark.cs"));
        File.WriteAllText(Path.Combine(project, "Kernels.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup></Project>\n");
        Write(figure: 1);
        Git("init", "-q");
        Commit();
    }

    private string Repository => _folder["repository"];

    private string Assembly => _folder["repository/src/Kernels/bin/Release/net10.0/Kernels.dll"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_base_is_built_from_the_revision_and_nothing_of_it_is_left()
    {
        Write(figure: 2);
        Run("dotnet", "build", Path.GetDirectoryName(_source)!, "-c", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false");

        var (exitCode, output, error) = await Gate("HEAD", "--json");

        // The two sides differ in their figure, so each ran its own revision's code.
        exitCode.ShouldBe(2, output + error);
        JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().ShouldContain(f => f.GetProperty("message").GetString()!.StartsWith("sum: figure is 2, was 1, ", StringComparison.Ordinal));
        error.ShouldContain("building the base, HEAD (");
        NothingIsLeft();
    }

    [Fact]
    public async Task A_base_that_does_not_build_shows_what_the_compiler_said()
    {
        File.WriteAllText(_source, "this is no C#");
        Commit();
        AsIfBuilt();

        var (exitCode, _, error) = await Gate("HEAD");

        exitCode.ShouldBe(1);
        error.ShouldContain("Kernels.cs(1,");
        error.ShouldContain("error CS");
        error.ShouldContain("nanobragg: error: the base 'HEAD' does not build (its output is above)");
        NothingIsLeft();
    }

    [Fact]
    public async Task Cancelled_while_it_builds_it_leaves_nothing()
    {
        AsIfBuilt();
        using var tool = ToolProcess.Start(Environment, Arguments("HEAD"));
        await LauncherTests.WaitUntil(() => Directory.GetDirectories(_temporary, "nanobragg-base-*").Any(folder => Directory.Exists(Path.Combine(folder, "worktree", "src"))));

        LinuxCalls.Kill(tool.Id, InterruptSignal).ShouldBe(0);
        var (exitCode, _, error) = await tool.End();

        exitCode.ShouldBe(130);
        error.ShouldContain("nanobragg: cancelled");
        NothingIsLeft();
    }

    [Fact]
    public async Task What_git_does_not_know_is_one_line()
    {
        AsIfBuilt();

        (await Gate("no-such-branch")).Error.TrimEnd().ShouldBe("nanobragg: error: git knows no revision 'no-such-branch' here; `git log --oneline` shows what there is, and a shallow clone may lack it");
        (await Gate("--upload-pack=x")).ExitCode.ShouldBe(1);
        NothingIsLeft();

        Directory.Move(Path.Combine(Repository, ".git"), _folder["moved"]);
        var outside = await Gate("HEAD");
        outside.ExitCode.ShouldBe(1);
        outside.Error.TrimEnd().ShouldEndWith("is in no git repository that can be read; --base-ref needs one, or name a base that is built with --base");
    }

    [Fact]
    public async Task The_project_is_named_where_it_cannot_be_found()
    {
        AsIfBuilt();
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(_source)!, "Second.csproj"), "<Project />");
        (await Gate("HEAD")).Error.ShouldContain("has several projects; say with --project which of them makes Kernels.dll");
        (await Gate("HEAD", "--project", _folder["None.csproj"])).Error.ShouldContain("there is no project");
        (await ToolProcess.Run(Environment, "gate", "--assembly", _folder["Alone.dll"], "--base-ref", "HEAD")).Error.ShouldContain("there is no project (.csproj) above");
    }

    private Dictionary<string, string> Environment => new() { ["TMPDIR"] = _temporary };

    private Task<(int ExitCode, string Output, string Error)> Gate(string revision, params string[] more) => ToolProcess.Run(Environment, Arguments(revision, more));

    private string[] Arguments(string revision, params string[] more) =>
        ["gate", "--assembly", Assembly, $"--base-ref={revision}", "--baseline", _folder["none.json"], .. more];

    private void Write(int figure) => File.WriteAllText(
        _source,
        "using NanoBragg;\ninternal static class Kernels\n{\n    [KernelBenchmark(\"sum\", Measures = \"A sum.\")]\n    internal static KernelRun Sum()\n    {\n        var sum = 0.0;\n"
        + "        return new KernelRun(() => { for (var i = 0; i < 50_000; i++) { sum = Math.Sqrt(i) + (sum * 0.5); } })\n"
        + $"        {{ Check = () => new Dictionary<string, double> {{ [\"figure\"] = {figure} }} }};\n    }}\n}}\n");

    /// <summary>Puts a file where the built assembly would be, for what fails before it is read.</summary>
    private void AsIfBuilt() => File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.GetDirectoryName(Assembly)!).FullName, "Kernels.dll"), "");

    private void Commit()
    {
        Git("add", "-A");
        Git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "x");
    }

    private void NothingIsLeft()
    {
        Directory.GetDirectories(_temporary, "nanobragg*").ShouldBeEmpty();
        Git("worktree", "list").Trim().Split('\n').Length.ShouldBe(1);
    }

    private string Git(params string[] arguments) => Run("git", ["-C", Repository, .. arguments]);

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var (exitCode, output, _) = process.End().GetAwaiter().GetResult();
        exitCode.ShouldBe(0, output);
        return output;
    }
}
