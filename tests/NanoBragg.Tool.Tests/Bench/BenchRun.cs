using NanoBragg.Tool.Commands;

namespace NanoBragg.Tool.Tests.Bench;

/// <summary>A run of <c>bench</c> in this process.</summary>
internal static class BenchRun
{
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = Root.Run(["bench", .. arguments], output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
