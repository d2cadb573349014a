using System.Diagnostics;
using System.Text.RegularExpressions;
using NanoBragg.Tests.Processes;

namespace NanoBragg.Tool.Tests.Simulate;

/// <summary>A run of <c>simulate</c> in a folder, as a process of its own.</summary>
internal static class SimulateProcess
{
    /// <summary>Runs to the end. What tells of progress, after two seconds on a busy machine, is taken out of standard error.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> Run(string folder, params string[] words)
    {
        var (exitCode, output, error) = await End(Start(folder, words));
        return (exitCode, output, Regex.Replace(error, @"^nanobragg: \d+ of \d+ rows in \d+ s\n", "", RegexOptions.Multiline));
    }

    public static Process Start(string folder, params string[] words) =>
        Start(folder, "dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "dotnet-nanobragg.dll"), "simulate", .. words]);

    public static Process Start(string folder, string program, string[] words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, words) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["NANOBRAGG"] = $"dotnet exec {Path.Combine(AppContext.BaseDirectory, "dotnet-nanobragg.dll")}";
        return Process.Start(start)!;
    }

    public static async Task<(int ExitCode, string Output, string Error)> End(Process process)
    {
        using (process)
        {
            return await BoundedEnd.End(process);
        }
    }
}
