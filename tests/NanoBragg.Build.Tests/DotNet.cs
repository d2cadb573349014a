using System.Diagnostics;
using NanoBragg.Tests.Processes;

namespace NanoBragg.Build.Tests;

/// <summary>How a command ended, and what it printed on both streams.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>Gets how many times the gate measured.</summary>
    public int Measurements => Output.Split("NanoBragg: measuring ").Length - 1;

    /// <summary>Gets the lines that report a diagnostic of the gate, without the repetition in the build's summary.</summary>
    public IReadOnlyList<string> Diagnostics =>
        [.. Output.Split('\n').Select(line => line.Trim()).Where(line => line.Contains(" NB", StringComparison.Ordinal) && (line.Contains(": error", StringComparison.Ordinal) || line.Contains(": warning", StringComparison.Ordinal))).Distinct()];
}

/// <summary>Runs the <c>dotnet</c> command as a user would, isolated from this machine's packages and from the build that runs the tests.</summary>
internal static class DotNet
{
    /// <summary>Runs a command to its end.</summary>
    public static CommandResult Run(string folder, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, arguments);
        var (exitCode, output, error) = process.End().GetAwaiter().GetResult();
        return new CommandResult(exitCode, output + error);
    }

    /// <summary>Starts a command.</summary>
    public static Process Start(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // These leak from "dotnet test" into the child and change how it builds.
        foreach (var name in start.Environment.Keys.Where(IsOfTheOuterBuild).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["NUGET_PACKAGES"] = PackedFeed.PackagesFolder;
        start.Environment["DOTNET_CLI_HOME"] = PackedFeed.HomeFolder;
        start.Environment["NANOBRAGG_CACHE"] = PackedFeed.CacheFolder;
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "0";
        return Process.Start(start)!;
    }

    private static bool IsOfTheOuterBuild(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("NanoBragg", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Configuration", StringComparison.OrdinalIgnoreCase)
        || name.Equals("CI", StringComparison.OrdinalIgnoreCase);
}
