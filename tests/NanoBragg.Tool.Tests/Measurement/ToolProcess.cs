using System.Diagnostics;
using NanoBragg.Tests.Processes;

namespace NanoBragg.Tool.Tests.Measurement;

/// <summary>The tool as its users start it: a process of its own.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ToolProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public static ToolProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "dotnet-nanobragg.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ToolProcess(Process.Start(start)!);
    }

    public static async Task<(int ExitCode, string Output, string Error)> Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var tool = Start(environment, arguments);
        return await tool.End();
    }

    public Task<(int ExitCode, string Output, string Error)> End() => _process.End(_output, _error);

    /// <summary>Ends the tool's process as <c>kill -9</c> does: it has no chance to do anything, and its children are left to themselves.</summary>
    public void KillAlone() => _process.Kill(entireProcessTree: false);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
