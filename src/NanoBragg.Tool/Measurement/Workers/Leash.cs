using System.Diagnostics;
using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>
/// Ends this worker, and everything that its benchmarks started, when the tool is gone, however it went. The tool holds the other end of the worker's
/// standard input and never writes: when that reads as ended, there is nobody left to work for.
/// </summary>
internal static unsafe class Leash
{
    /// <summary>Starts to watch, if a tool started this worker; one that was started by hand runs on without.</summary>
    /// <param name="temporaryFolder">A folder that the tool would have deleted.</param>
    public static void Attach(string temporaryFolder)
    {
        if (Environment.GetEnvironmentVariable(ChildProcess.SpawnTimestampVariable) is null)
        {
            return;
        }

        // Programs started by benchmarks must not think that the tool started them.
        Environment.SetEnvironmentVariable(ChildProcess.SpawnTimestampVariable, null);
        new Thread(() => Watch(temporaryFolder), 256 * 1024) { IsBackground = true, Name = "leash" }.Start();
    }

    private static void Watch(string temporaryFolder)
    {
        WaitForEndOfInput();
        try
        {
            Directory.Delete(temporaryFolder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Someone else deleted it, or holds it open. Ending matters more.
        }

        if (OperatingSystem.IsLinux())
        {
            // Process id 0 is the caller's own group: the worker and its descendants.
            _ = LinuxCalls.Kill(0, LinuxCalls.KillSignal);
        }

        Process.GetCurrentProcess().Kill(entireProcessTree: true);
    }

    private static void WaitForEndOfInput()
    {
        if (OperatingSystem.IsLinux())
        {
            byte ignored;
            nint read;
            do
            {
                read = LinuxCalls.Read(0, &ignored, 1);
            }
            while (read > 0 || (read < 0 && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == LinuxCalls.Interrupted));
            return;
        }

        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }
    }
}
