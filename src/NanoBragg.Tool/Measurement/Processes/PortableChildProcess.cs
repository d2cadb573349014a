using System.Diagnostics;

namespace NanoBragg.Tool.Measurement.Processes;

/// <summary>A child on systems other than Linux, through <see cref="Process"/>: CPU time and peak memory are known, the rest is not.</summary>
internal static class PortableChildProcess
{
    /// <inheritdoc cref="ChildProcess.Run"/>
    public static ProcessEnd Run(
        IReadOnlyList<string> commandLine,
        IReadOnlyDictionary<string, string> environment,
        string logPath,
        TimeSpan timeout,
        CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var log = TextWriter.Synchronized(new StreamWriter(logPath) { NewLine = "\n" });
        var started = Stopwatch.GetTimestamp();
        using var process = Start(start);
        process.OutputDataReceived += (_, line) => Write(log, line.Data);
        process.ErrorDataReceived += (_, line) => Write(log, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        // The last figures read before the end: most systems forget them with the process.
        TimeSpan? user = null, system = null;
        long? peak = null;
        var timedOut = false;
        var cancelled = false;
        while (!process.WaitForExit(20))
        {
            try
            {
                process.Refresh();
                (user, system, peak) = (process.UserProcessorTime, process.PrivilegedProcessorTime, process.PeakWorkingSet64);
            }
            catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It ended between the two calls.
            }

            timedOut = timeout != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(started) >= timeout;
            cancelled = !timedOut && cancellation.IsCancellationRequested;
            if (timedOut || cancelled)
            {
                process.Kill(entireProcessTree: true);
                break;
            }
        }

        process.WaitForExit();
        return new ProcessEnd(process.ExitCode, timedOut, cancelled, new ProcessUsage
        {
            WallSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            UserSeconds = user?.TotalSeconds,
            SystemSeconds = system?.TotalSeconds,
            MaxResidentBytes = peak is > 0 ? peak : null,
        });
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new UserError($"cannot start '{start.FileName}': {e.Message}", ExitCode.Failure, e);
        }
    }

    private static void Write(TextWriter log, string? line)
    {
        if (line is not null)
        {
            log.WriteLine(line);
        }
    }
}
