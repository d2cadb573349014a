using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NanoBragg.Tool.Measurement.Processes;

/// <summary>
/// A child started by <c>posix_spawn</c> in a process group of its own and reaped by <c>wait4</c>, which tells what it used.
/// <see cref="Process"/> cannot: it reaps its children itself and drops their usage.
/// </summary>
internal sealed unsafe class LinuxChildProcess
{
    // Peak memory is read this often while the child runs.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly int _processId;
    private readonly long _started;
    private readonly Lock _reaping = new();
    private bool _reaped;
    private int _status;
    private long _stopped;
    private LinuxCalls.Usage _usage;

    private LinuxChildProcess(int processId, long started) => (_processId, _started) = (processId, started);

    /// <inheritdoc cref="ChildProcess.Run"/>
    public static ProcessEnd Run(
        IReadOnlyList<string> commandLine,
        IReadOnlyDictionary<string, string> environment,
        string logPath,
        TimeSpan timeout,
        CancellationToken cancellation)
    {
        var leash = stackalloc int[2];
        if (LinuxCalls.CreatePipe(leash, LinuxCalls.CloseOnExec) != 0)
        {
            throw new UserError($"cannot create a pipe: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        try
        {
            var started = Stopwatch.GetTimestamp();
            var child = new LinuxChildProcess(Spawn(commandLine, environment, logPath, leash[0]), started);
            return child.WaitForEnd(timeout, cancellation);
        }
        finally
        {
            _ = LinuxCalls.Close(leash[0]);
            _ = LinuxCalls.Close(leash[1]);
        }
    }

    private ProcessEnd WaitForEnd(TimeSpan timeout, CancellationToken cancellation)
    {
        // A thread of its own waits, so that the moment of the end is exact while this one watches the clock, the peak memory and the caller's wish.
        var reaper = new Thread(Reap, 128 * 1024) { IsBackground = true, Name = "reaper" };
        reaper.Start();
        var timedOut = false;
        long? peak = null;
        while (!reaper.Join(PollInterval))
        {
            peak = Procfs.PeakResidentBytes(_processId) ?? peak;
            timedOut = timeout != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(_started) >= timeout;
            if (timedOut || cancellation.IsCancellationRequested)
            {
                KillTree();
                reaper.Join();
                break;
            }
        }

        return new ProcessEnd(ExitCodeOf(_status), timedOut, !timedOut && cancellation.IsCancellationRequested, ToUsage(peak));
    }

    private void Reap()
    {
        // First wait without reaping: while the zombie holds its process id, the whole group can be killed without hitting a stranger.
        var information = stackalloc byte[128];
        while (LinuxCalls.WaitWithoutReaping(LinuxCalls.WaitForPid, _processId, information, LinuxCalls.WaitExited | LinuxCalls.LeaveZombie) != 0
            && Marshal.GetLastPInvokeError() == LinuxCalls.Interrupted)
        {
        }

        _stopped = Stopwatch.GetTimestamp();
        lock (_reaping)
        {
            _ = LinuxCalls.Kill(-_processId, LinuxCalls.KillSignal);
            int status;
            LinuxCalls.Usage usage;
            while (LinuxCalls.Wait(_processId, &status, 0, &usage) < 0 && Marshal.GetLastPInvokeError() == LinuxCalls.Interrupted)
            {
            }

            (_status, _usage, _reaped) = (status, usage, true);
        }
    }

    private void KillTree()
    {
        lock (_reaping)
        {
            if (_reaped)
            {
                return;
            }

            // Descendants that left the group (setsid) are found through /proc, before their parents are gone.
            var descendants = Procfs.Descendants(_processId);
            _ = LinuxCalls.Kill(-_processId, LinuxCalls.KillSignal);
            foreach (var descendant in descendants)
            {
                _ = LinuxCalls.Kill(descendant, LinuxCalls.KillSignal);
            }
        }
    }

    private ProcessUsage ToUsage(long? peak) => new()
    {
        WallSeconds = Stopwatch.GetElapsedTime(_started, _stopped).TotalSeconds,
        UserSeconds = _usage.UserSeconds + (_usage.UserMicroseconds * 1e-6),
        SystemSeconds = _usage.SystemSeconds + (_usage.SystemMicroseconds * 1e-6),
        MaxResidentBytes = peak ?? (_usage.MaxResidentKibibytes * 1024L),
        MinorFaults = _usage.MinorFaults,
        MajorFaults = _usage.MajorFaults,
        VoluntarySwitches = _usage.VoluntarySwitches,
        InvoluntarySwitches = _usage.InvoluntarySwitches,
        InputBlocks = _usage.InputBlocks,
        OutputBlocks = _usage.OutputBlocks,
        Swaps = _usage.Swaps,
    };

    private static int ExitCodeOf(int status) => (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);

    private static int Spawn(IReadOnlyList<string> commandLine, IReadOnlyDictionary<string, string> environment, string logPath, int standardInput)
    {
        var variables = Environment.GetEnvironmentVariables();
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        var settings = new List<string>(variables.Count);
        foreach (System.Collections.DictionaryEntry variable in variables)
        {
            settings.Add(string.Create(CultureInfo.InvariantCulture, $"{variable.Key}={variable.Value}"));
        }

        var arguments = NativeStrings(commandLine);
        var environmentBlock = NativeStrings(settings);
        var log = Marshal.StringToCoTaskMemUTF8(logPath);

        // Larger than the C library's structures (glibc: 80, 336 and 128 bytes).
        var actions = stackalloc byte[512];
        var attributes = stackalloc byte[1024];
        var signals = stackalloc byte[256];
        _ = LinuxCalls.InitFileActions(actions);
        _ = LinuxCalls.InitAttributes(attributes);
        try
        {
            _ = LinuxCalls.AddDuplicate(actions, standardInput, 0);
            _ = LinuxCalls.AddOpen(actions, 1, (byte*)log, LinuxCalls.CreateTruncateWrite, 0x180 /* 0600 */);
            _ = LinuxCalls.AddDuplicate(actions, 1, 2);

            // A new group (the default pgroup 0 means the child's own id), and none of the .NET runtime's signal settings.
            _ = LinuxCalls.SetFlags(
                attributes,
                LinuxCalls.SpawnSetProcessGroup | LinuxCalls.SpawnSetSignalDefaults | LinuxCalls.SpawnSetSignalMask);
            _ = LinuxCalls.FillSignals(signals);
            _ = LinuxCalls.SetSignalDefaults(attributes, signals);
            _ = LinuxCalls.EmptySignals(signals);
            _ = LinuxCalls.SetSignalMask(attributes, signals);

            int processId;
            fixed (nint* argumentPointers = arguments, environmentPointers = environmentBlock)
            {
                var error = LinuxCalls.Spawn(
                    &processId, (byte*)argumentPointers[0], actions, attributes, (byte**)argumentPointers, (byte**)environmentPointers);
                return error == 0
                    ? processId
                    : throw new UserError($"cannot start '{commandLine[0]}': {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
        finally
        {
            _ = LinuxCalls.DestroyFileActions(actions);
            _ = LinuxCalls.DestroyAttributes(attributes);
            Marshal.FreeCoTaskMem(log);
            Array.ForEach(arguments, Marshal.FreeCoTaskMem);
            Array.ForEach(environmentBlock, Marshal.FreeCoTaskMem);
        }
    }

    private static nint[] NativeStrings(IReadOnlyList<string> strings)
    {
        var pointers = new nint[strings.Count + 1];
        for (var i = 0; i < strings.Count; i++)
        {
            pointers[i] = Marshal.StringToCoTaskMemUTF8(strings[i]);
        }

        return pointers;
    }
}
