using System.Diagnostics;

namespace NanoBragg.Tests.Processes;

/// <summary>The end of a process that a test started: one that hangs fails its test with what it had printed, and does not hang the tests.</summary>
internal static class BoundedEnd
{
    // Several times what the longest of them takes on a slow machine, and less than the silence after which CI ends all tests.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    // What a process that was ended had still to say; a stream that a stranger holds open is not waited for.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>Reads what a process prints and waits for its end.</summary>
    /// <param name="process">A process whose standard output is redirected.</param>
    /// <returns>How it ended, and what it printed.</returns>
    /// <exception cref="TimeoutException">It ran longer than eight minutes, or something kept its streams open; it and all that it started are ended.</exception>
    public static Task<(int ExitCode, string Output, string Error)> End(this Process process) => End(
        process,
        process.StandardOutput.ReadToEndAsync(),
        process.StartInfo.RedirectStandardError ? process.StandardError.ReadToEndAsync() : Task.FromResult(""));

    /// <summary>Waits for the end of a process whose streams are being read.</summary>
    /// <param name="process">The process.</param>
    /// <param name="output">What it prints on standard output.</param>
    /// <param name="error">What it prints on standard error.</param>
    /// <returns>How it ended, and what it printed.</returns>
    /// <exception cref="TimeoutException">As above.</exception>
    public static async Task<(int ExitCode, string Output, string Error)> End(this Process process, Task<string> output, Task<string> error)
    {
        var all = Task.WhenAll(output, error, process.WaitForExitAsync());
        if (await Task.WhenAny(all, Task.Delay(Limit)) == all)
        {
            await all;
            return (process.ExitCode, await output, await error);
        }

        var state = process.HasExited ? "has ended, but something keeps its output open" : "runs";
        process.Kill(entireProcessTree: true);
        await Task.WhenAny(all, Task.Delay(Rest));
        throw new TimeoutException(
            $"after {Limit.TotalMinutes} min '{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}' {state}\n{Printed(output)}\n{Printed(error)}");
    }

    private static string Printed(Task<string> stream) => stream.IsCompletedSuccessfully ? stream.Result : "(not to be had)";
}
