using System.Diagnostics;

namespace NanoBragg.Tool.Measurement.Processes;

/// <summary>
/// Runs a child process to its end, with a time limit, and counts what it used. Standard output and error go to one file. Standard input is a pipe
/// that nothing is written to: when this process ends, however it ends, the child reads the end of the file (see <see cref="Workers.Leash"/>).
/// </summary>
internal static class ChildProcess
{
    /// <summary>The environment variable that tells a child when it was spawned, as a timestamp of <see cref="Stopwatch"/>, whose clock all processes share.</summary>
    public const string SpawnTimestampVariable = "NANOBRAGG_SPAWN_TIMESTAMP";

    /// <summary>Runs the child and, whatever happens, leaves neither it nor any of its descendants behind.</summary>
    /// <param name="commandLine">The program, found on the search path, and its arguments.</param>
    /// <param name="environment">Variables set beyond this process's own.</param>
    /// <param name="logPath">The file that standard output and error are written to.</param>
    /// <param name="timeout">How long the child may take; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it wants.</param>
    /// <param name="cancellation">Kills the child.</param>
    /// <exception cref="UserError">The program cannot be started.</exception>
    public static ProcessEnd Run(
        IReadOnlyList<string> commandLine,
        IReadOnlyDictionary<string, string> environment,
        string logPath,
        TimeSpan timeout,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var variables = new Dictionary<string, string>(environment)
        {
            [SpawnTimestampVariable] = Stopwatch.GetTimestamp().ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        return OperatingSystem.IsLinux()
            ? LinuxChildProcess.Run(commandLine, variables, logPath, timeout, cancellation)
            : PortableChildProcess.Run(commandLine, variables, logPath, timeout, cancellation);
    }
}
