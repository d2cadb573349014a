using System.Globalization;
using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>Which processors this process may run on. Does nothing where the system is not Linux, or refuses: pinning lessens noise, it is not needed.</summary>
internal static unsafe class ProcessorAffinity
{
    private const int MaskWords = 16; // 1024 processors

    /// <summary>Gets the processors that this process may use; empty where the system does not tell.</summary>
    public static IReadOnlyList<int> Allowed()
    {
        var allowed = new List<int>();
        var mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        if (OperatingSystem.IsLinux() && LinuxCalls.GetAffinity(0, MaskWords * sizeof(ulong), mask) == 0)
        {
            for (var processor = 0; processor < MaskWords * 64; processor++)
            {
                if ((mask[processor / 64] >> (processor % 64) & 1) != 0)
                {
                    allowed.Add(processor);
                }
            }
        }

        return allowed;
    }

    /// <summary>Lets every thread of this process, and those that they start, run on these processors only.</summary>
    public static void Restrict(IReadOnlyList<int> processors)
    {
        if (!OperatingSystem.IsLinux() || processors.Count == 0)
        {
            return;
        }

        var mask = stackalloc ulong[MaskWords];
        new Span<ulong>(mask, MaskWords).Clear();
        foreach (var processor in processors)
        {
            mask[processor / 64] |= 1UL << (processor % 64);
        }

        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            _ = LinuxCalls.SetAffinity(int.Parse(Path.GetFileName(thread.AsSpan()), CultureInfo.InvariantCulture), MaskWords * sizeof(ulong), mask);
        }
    }
}
