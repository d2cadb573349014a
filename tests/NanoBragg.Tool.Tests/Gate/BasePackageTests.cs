using System.Diagnostics;
using NanoBragg.Tests.Processes;
using NanoBragg.Tool.Measurement.Processes;
using NanoBragg.Tool.Tests.Baselines;
using NanoBragg.Tool.Tests.Measurement;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Gate;

/// <summary><c>--base-package</c> with real packages in a feed that only the nuget.config above the assembly names.</summary>
public sealed class BasePackageTests : IClassFixture<BasePackageTests.Packages>, IDisposable
{
    private const int InterruptSignal = 2;

    private readonly Packages _packages;
    private readonly TemporaryFolder _folder = new();
    private readonly string _temporary;

    public BasePackageTests(Packages packages)
    {
        _packages = packages;
        _temporary = Directory.CreateDirectory(_folder["temporary"]).FullName;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("My.Kernels", "My.Kernels 1.5.0", 150)]
    [InlineData("My.Kernels@1.4.0", "My.Kernels 1.4.0", 140)]
    [InlineData("My.Kernels@[1.0,1.5)", "My.Kernels 1.4.0", 140)]
    [InlineData("my.kernels@1.4.*", "my.kernels 1.4.0", 140)]
    public async Task The_highest_version_of_the_range_is_the_base_and_nothing_of_it_is_left(string package, string restored, int figure)
    {
        var (exitCode, output, error) = await Measure(package, "--json");
        exitCode.ShouldBe(0, output + error);
        error.ShouldContain($"the base is {restored}");
        output.ShouldContain($"\"baseVersion\": \"{restored.Split(' ')[1]}\"");
        output.ShouldContain($"\"base\": {figure}");
        NothingIsLeft();
    }

    [Fact]
    public async Task What_cannot_be_had_is_one_line_that_says_what_is_missing()
    {
        (await Measure("No.Such.Package@1.0.0")).Error.TrimEnd().ShouldEndWith("nanobragg: error: no source of packages has 'No.Such.Package' (NuGet's output is above); the nuget.config above the assembly names the sources");
        (await Measure("My.Kernels@9.9.9")).Error.TrimEnd().ShouldEndWith("nanobragg: error: no source of packages has a version of My.Kernels 9.9.9 (NuGet's output, which names what there is, is above)");
        (await Measure("My.Kernels@[1.4.5,1.5)")).Error.TrimEnd().ShouldEndWith("nanobragg: error: no source of packages has a version of My.Kernels [1.4.5,1.5); the highest below its end is 1.4.0");
        NothingIsLeft();

        var other = Path.Combine(Path.GetDirectoryName(_packages.Assembly)!, "Other.dll");
        File.Copy(_packages.Assembly, other, overwrite: true);
        (await ToolProcess.Run(Environment, "measure", "--assembly", other, "--base-package", "My.Kernels")).Error.TrimEnd().ShouldEndWith("nanobragg: error: the package My.Kernels 1.5.0 has no 'Other.dll' for .NET 10; there is My.Kernels.dll");
        NothingIsLeft();
    }

    [Fact]
    public async Task Cancelled_while_it_restores_it_leaves_nothing()
    {
        using var tool = ToolProcess.Start(Environment, "measure", "--assembly", _packages.Assembly, "--base-package", "My.Kernels");
        await LauncherTests.WaitUntil(() => Directory.GetDirectories(_temporary, "nanobragg-base-*").Any(folder => Directory.Exists(Path.Combine(folder, "obj"))));
        LinuxCalls.Kill(tool.Id, InterruptSignal).ShouldBe(0);
        (await tool.End()).ExitCode.ShouldBe(130);
        NothingIsLeft();
    }

    private Dictionary<string, string> Environment => new() { ["TMPDIR"] = _temporary, ["NUGET_PACKAGES"] = _packages.Folder };

    private Task<(int ExitCode, string Output, string Error)> Measure(string package, params string[] more) =>
        ToolProcess.Run(Environment, ["measure", "--workers", "1", "--assembly", _packages.Assembly, "--base-package", package, .. more]);

    private void NothingIsLeft() => Directory.GetDirectories(_temporary, "nanobragg-base-*").ShouldBeEmpty();

    /// <summary>Two stable versions and a later preview of one package, and the assembly that comes after them.</summary>
    public sealed class Packages : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        /// <summary>Packs them.</summary>
        public Packages()
        {
            var project = Directory.CreateDirectory(_folder["project"]).FullName;
            File.Copy(Path.Combine(AppContext.BaseDirectory, "KernelBenchmark.cs"), Path.Combine(project, "KernelBenchmark.cs"));
            File.WriteAllText(Path.Combine(project, "My.Kernels.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup></Project>\n");
            File.WriteAllText(
                Path.Combine(project, "nuget.config"),
                $"<configuration><packageSources><clear /><add key=\"feed\" value=\"{_folder["feed"]}\" /></packageSources><auditSources><clear /></auditSources><fallbackPackageFolders><clear /></fallbackPackageFolders></configuration>\n");
            Directory.CreateDirectory(_folder["feed"]);
            foreach (var (figure, version) in new[] { (140, "1.4.0"), (150, "1.5.0"), (160, "1.6.0-preview.1") })
            {
                Write(project, figure);
                Run("pack", project, "-c", "Release", $"-p:Version={version}", "-o", _folder["feed"], "-nodeReuse:false", "-p:UseSharedCompilation=false");
            }

            Write(project, 170);
            Run("build", project, "-c", "Release", "-p:Version=1.7.0", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        }

        /// <summary>Gets the assembly under test.</summary>
        public string Assembly => _folder["project/bin/Release/net10.0/My.Kernels.dll"];

        /// <summary>Gets where packages are unpacked to.</summary>
        public string Folder => _folder["packages"];

        /// <inheritdoc/>
        public void Dispose() => _folder.Dispose();

        private static void Write(string project, int figure) => File.WriteAllText(
            Path.Combine(project, "Kernels.cs"),
            "using NanoBragg;\ninternal static class Kernels\n{\n    [KernelBenchmark(\"sum\", Measures = \"A sum.\")]\n    internal static KernelRun Sum()\n    {\n        var sum = 0.0;\n"
            + "        return new KernelRun(() => { for (var i = 0; i < 50_000; i++) { sum = Math.Sqrt(i) + (sum * 0.5); } })\n"
            + $"        {{ Check = () => new Dictionary<string, double> {{ [\"figure\"] = {figure} }} }};\n    }}\n}}\n");

        private static void Run(params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
            var (exitCode, output, _) = process.End().GetAwaiter().GetResult();
            exitCode.ShouldBe(0, output);
        }
    }
}
