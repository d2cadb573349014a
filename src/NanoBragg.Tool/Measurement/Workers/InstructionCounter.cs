using System.Globalization;
using System.Runtime.InteropServices;
using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>
/// The processor's own count of instructions that this thread, and every thread started after <see cref="Open"/>, has retired in user space. Many virtual
/// machines have no such counter; <see cref="NotAvailable"/> then says why, and nothing is counted.
/// </summary>
internal sealed unsafe class InstructionCounter : IDisposable
{
    private const string ParanoidFile = "/proc/sys/kernel/perf_event_paranoid";

    private readonly int _descriptor;

    private InstructionCounter(int descriptor, string? notAvailable) => (_descriptor, NotAvailable) = (descriptor, notAvailable);

    /// <summary>Gets why nothing is counted, or has not been counted all the time; null where all is well.</summary>
    public string? NotAvailable { get; private set; }

    /// <summary>Starts to count, where that can be.</summary>
    /// <returns>The counter; never null.</returns>
    public static InstructionCounter Open()
    {
        // perf_event_open has no function in the C library, and its number differs from processor to processor.
        int? number = RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => 298, Architecture.Arm64 => 241, _ => null };
        if (!OperatingSystem.IsLinux() || number is null)
        {
            return new(-1, $"instructions are counted on Linux for x64 and arm64 only, and this is {RuntimeInformation.RuntimeIdentifier}");
        }

        var attributes = new LinuxCalls.PerfEvent
        {
            Size = (uint)sizeof(LinuxCalls.PerfEvent),
            Config = LinuxCalls.PerfInstructions,
            ReadFormat = LinuxCalls.PerfReadTimes,
            Flags = LinuxCalls.PerfInherit | LinuxCalls.PerfExcludeKernel | LinuxCalls.PerfExcludeHypervisor,
        };
        var descriptor = (int)LinuxCalls.OpenPerfEvent(number.Value, &attributes, processId: 0, processor: -1, group: -1, LinuxCalls.PerfCloseOnExec);
        return descriptor >= 0 ? new(descriptor, null) : new(-1, WhyNot(Marshal.GetLastPInvokeError(), Procfs.ReadAll(ParanoidFile)?.Trim()));
    }

    /// <summary>Says why the system does not count.</summary>
    /// <param name="error">The error number of <c>perf_event_open</c>, as Linux has them on x64 and arm64.</param>
    /// <param name="paranoid">What <c>/proc/sys/kernel/perf_event_paranoid</c> says, or null where it is not there.</param>
    /// <returns>The words, without a full stop.</returns>
    public static string WhyNot(int error, string? paranoid) => error switch
    {
        1 or 13 => $"not permitted: {(paranoid is null ? "the system forbids it" : $"perf_event_paranoid is {paranoid}, and this takes 2 or less")} ({(error == 1 ? "EPERM" : "EACCES")})",
        2 => "this machine has no instruction counter (ENOENT)",
        19 => "this machine has no instruction counter (ENODEV)",
        95 => "this machine has no instruction counter (EOPNOTSUPP)",
        16 => "another program holds the instruction counter (EBUSY)",
        22 => "this kernel does not know how to count instructions (EINVAL)",
        24 => "too many files are open (EMFILE)",
        38 => "this kernel has no performance counters (ENOSYS)",
        _ => string.Create(CultureInfo.InvariantCulture, $"the system refuses to count instructions (error {error})"),
    };

    /// <summary>Reads the count so far.</summary>
    /// <returns>Instructions; null where they are not, or not all the time, counted.</returns>
    public long? Read()
    {
        if (_descriptor < 0)
        {
            return null;
        }

        // The count, and the nanoseconds that it was wanted and that it ran.
        var values = stackalloc long[3];
        if (LinuxCalls.Read(_descriptor, values, 3 * sizeof(long)) != 3 * sizeof(long) || values[1] != values[2])
        {
            NotAvailable ??= "the processor's counters were shared with other programs, so that not every instruction was counted";
        }

        return NotAvailable is null ? values[0] : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = LinuxCalls.Close(_descriptor);
        }
    }
}
