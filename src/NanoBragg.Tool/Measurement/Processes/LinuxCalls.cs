using System.Runtime.InteropServices;

namespace NanoBragg.Tool.Measurement.Processes;

/// <summary>The C library's functions that .NET has no counterpart for. Linux only (glibc and musl, 64 bit).</summary>
internal static unsafe partial class LinuxCalls
{
    public const int ProcessCpuClock = 2; // CLOCK_PROCESS_CPUTIME_ID
    public const int SelfUsage = 0; // RUSAGE_SELF
    public const int WaitForPid = 1; // P_PID
    public const int WaitExited = 4; // WEXITED
    public const int LeaveZombie = 0x01000000; // WNOWAIT
    public const int Interrupted = 4; // EINTR
    public const int KillSignal = 9; // SIGKILL
    public const int ContinueSignal = 18; // SIGCONT
    public const int StopSignal = 19; // SIGSTOP
    public const int CloseOnExec = 0x80000; // O_CLOEXEC
    public const int ReadOnly = 0; // O_RDONLY
    public const int CreateTruncateWrite = 0x241; // O_WRONLY | O_CREAT | O_TRUNC
    public const short SpawnSetProcessGroup = 0x02; // POSIX_SPAWN_SETPGROUP
    public const short SpawnSetSignalDefaults = 0x04; // POSIX_SPAWN_SETSIGDEF
    public const short SpawnSetSignalMask = 0x08; // POSIX_SPAWN_SETSIGMASK

    public const ulong PerfInstructions = 1; // PERF_COUNT_HW_INSTRUCTIONS, of type 0, PERF_TYPE_HARDWARE
    public const ulong PerfReadTimes = 3; // PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING
    public const ulong PerfInherit = 1 << 1;
    public const ulong PerfExcludeKernel = 1 << 5;
    public const ulong PerfExcludeHypervisor = 1 << 6;
    public const nuint PerfCloseOnExec = 8; // PERF_FLAG_FD_CLOEXEC

    /// <summary>struct perf_event_attr in its first version, of 64 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PerfEvent
    {
        public uint Type;
        public uint Size;
        public ulong Config, SamplePeriod, SampleType, ReadFormat, Flags;
        public uint WakeupEvents, BreakpointType;
        public ulong BreakpointAddress;
    }

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary>struct rusage; times in seconds and microseconds, memory in KiB, block counts in 512-byte blocks.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Usage
    {
        public long UserSeconds, UserMicroseconds, SystemSeconds, SystemMicroseconds;
        public nint MaxResidentKibibytes, SharedText, SharedData, Stack, MinorFaults, MajorFaults, Swaps, InputBlocks, OutputBlocks;
        public nint MessagesSent, MessagesReceived, Signals, VoluntarySwitches, InvoluntarySwitches;
    }

    // No GC transition: the call takes some 100 ns (vDSO or one short system call), and it stands right beside the measured code.
    [LibraryImport("libc", EntryPoint = "clock_gettime"), SuppressGCTransition]
    public static partial int ReadClock(int clock, TimeSpec* time);

    [LibraryImport("libc", EntryPoint = "getrusage"), SuppressGCTransition]
    public static partial int GetUsage(int who, Usage* usage);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int threadId, nint maskBytes, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    public static partial int GetAffinity(int threadId, nint maskBytes, ulong* mask);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    public static partial int Wait(int processId, int* status, int options, Usage* usage);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitWithoutReaping(int idType, int id, void* information, int options);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    public static partial int CreatePipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint OpenPerfEvent(nint number, PerfEvent* attributes, nint processId, nint processor, nint group, nuint flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "posix_spawnp")]
    public static partial int Spawn(int* processId, byte* file, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitFileActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(void* actions, int descriptor, int newDescriptor);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    public static partial int AddOpen(void* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyFileActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial int InitAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetSignalDefaults(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSignalMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroyAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    public static partial int FillSignals(void* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    public static partial int EmptySignals(void* signals);
}
