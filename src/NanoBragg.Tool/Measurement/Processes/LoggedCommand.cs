using System.Text;

namespace NanoBragg.Tool.Measurement.Processes;

/// <summary>Runs another program to its end for what it prints. Whatever happens, nothing that it started is left.</summary>
internal static class LoggedCommand
{
    /// <summary>Runs the program.</summary>
    /// <param name="commandLine">The program, found on the search path, and its arguments.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellation">Kills it.</param>
    /// <returns>Its exit code, and what it printed on both streams.</returns>
    /// <exception cref="UserError">It cannot be started, or took too long.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static (int ExitCode, string Log) Run(string[] commandLine, TimeSpan timeout, CancellationToken cancellation)
    {
        var log = Path.GetTempFileName();
        try
        {
            var end = ChildProcess.Run(commandLine, new Dictionary<string, string>(), log, timeout, cancellation);
            if (end.Cancelled)
            {
                throw new OperationCanceledException(cancellation);
            }

            return end.TimedOut
                ? throw new UserError($"timed out while it ran '{string.Join(' ', commandLine.Take(2))}' for the base; allow more with --timeout", ExitCode.TimedOut)
                : (end.ExitCode, File.ReadAllText(log, Encoding.UTF8));
        }
        finally
        {
            File.Delete(log);
        }
    }
}
