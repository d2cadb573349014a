using System.Diagnostics;
using System.Globalization;

namespace NanoBragg.Tool.Measurement;

/// <summary>Lets one process at a time measure on this machine: two at once would disturb each other. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class MachineLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private MachineLock(FileStream file) => _file = file;

    private static string LockPath => Path.Combine(Path.GetTempPath(), "nanobragg.lock");

    // Beside the lock and not in it: some systems do not let others read a locked file.
    private static string HolderPath => Path.Combine(Path.GetTempPath(), "nanobragg.lock-holder");

    /// <summary>Waits for the lock.</summary>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="progress">Is told who holds it, once, when there is somebody to wait for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="UserError">The lock was not free in time, or its file cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static MachineLock Acquire(TimeSpan timeout, IProgress<string> progress, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var told = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryAcquire() is { } taken)
            {
                return taken;
            }

            if (!told)
            {
                progress.Report($"waiting for another measurement on this machine: {Holder()}");
                told = true;
            }

            if (Stopwatch.GetElapsedTime(started) >= timeout)
            {
                throw new UserError(
                    string.Create(CultureInfo.InvariantCulture, $"another measurement held this machine for {timeout.TotalSeconds:F0} s: {Holder()}; wait for it to end, or allow more time with --timeout"),
                    ExitCode.TimedOut);
            }

            cancellation.WaitHandle.WaitOne(PollInterval);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static MachineLock? TryAcquire()
    {
        try
        {
            // Opened for reading only, so that the file of another user serves as well.
            if (!File.Exists(LockPath))
            {
                File.Open(LockPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            }

            var taken = new MachineLock(File.Open(LockPath, FileMode.Open, FileAccess.Read, FileShare.None));
            WriteHolder();
            return taken;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UserError($"cannot open the lock file '{LockPath}': {e.Message}; delete it, or set TMPDIR to a folder of your own", ExitCode.Failure, e);
        }
        catch (IOException)
        {
            // Held by another process, or made by it in this moment.
            return null;
        }
    }

    private static void WriteHolder()
    {
        try
        {
            var command = string.Join(' ', Environment.GetCommandLineArgs().Skip(1));
            File.WriteAllText(HolderPath, string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} (nanobragg {command})"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only a courtesy to those who wait.
        }
    }

    private static string Holder() => Processes.Procfs.ReadAll(HolderPath) ?? "unknown process";
}
