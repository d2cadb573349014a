using System.Diagnostics;
using NanoBragg.Tests.Processes;
using Shouldly;
using Xunit;

namespace NanoBragg.Build.Tests;

/// <summary>The tool, installed as users install it.</summary>
[Collection(PackedFeed.Collection)]
public sealed class ToolPackageTests
{
    [Fact]
    public async Task Installed_to_a_tool_path_it_lists_the_scenarios()
    {
        var folder = PackedFeed.NewFolder("tool path");
        var install = DotNet.Run(folder, "tool", "install", "NanoBragg.Tool", "--version", "0.1.0", "--tool-path", "tools");
        install.ExitCode.ShouldBe(0, install.Output);

        var start = new ProcessStartInfo(Path.Combine(folder, "tools", OperatingSystem.IsWindows() ? "dotnet-nanobragg.exe" : "dotnet-nanobragg"), "list")
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var (exitCode, output, _) = await process.End();

        exitCode.ShouldBe(0, output);
        output.ShouldContain("at-perf-003");
    }

    [Fact]
    public void As_a_local_tool_it_lists_the_scenarios_from_a_folder_below_the_manifest()
    {
        var folder = PackedFeed.NewFolder("local tool");
        DotNet.Run(folder, "new", "tool-manifest").ExitCode.ShouldBe(0);
        var install = DotNet.Run(folder, "tool", "install", "NanoBragg.Tool", "--version", "0.1.0");
        install.ExitCode.ShouldBe(0, install.Output);
        var below = Directory.CreateDirectory(Path.Combine(folder, "below")).FullName;

        var list = DotNet.Run(below, "nanobragg", "list");

        list.ExitCode.ShouldBe(0, list.Output);
        list.Output.ShouldContain("at-perf-003");
    }
}
