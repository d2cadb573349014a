using System.Globalization;

namespace NanoBragg.Tool.Measurement.Processes;

/// <summary>What <c>/proc</c> tells of processes; null or empty where there is no <c>/proc</c> or the process is gone.</summary>
internal static class Procfs
{
    /// <summary>Gets the peak resident memory (VmHWM) of a process, bytes.</summary>
    public static long? PeakResidentBytes(int processId) => StatusBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"), "VmHWM:");

    /// <summary>Gets the peak resident memory (VmHWM) of this process, bytes.</summary>
    public static long? PeakResidentBytes() => StatusBytes("/proc/self/status", "VmHWM:");

    /// <summary>Gets the resident memory (VmRSS) of this process, bytes.</summary>
    public static long? ResidentBytes() => StatusBytes("/proc/self/status", "VmRSS:");

    /// <summary>Gets the seconds for which this process's main thread was ready to run and waited for a processor.</summary>
    public static double? RunQueueWaitSeconds() =>
        ReadAll("/proc/self/schedstat")?.Split(' ') is [_, var waited, ..] ? double.Parse(waited, CultureInfo.InvariantCulture) * 1e-9 : null;

    /// <summary>Gets the ids of all processes that descend from one.</summary>
    public static IReadOnlyList<int> Descendants(int processId)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            // The name in parentheses may itself hold spaces and parentheses; state and parent follow the last one.
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && ReadAll(folder + "/stat") is { } line
                && line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var parent, ..])
            {
                parents[id] = int.Parse(parent, CultureInfo.InvariantCulture);
            }
        }

        var found = new List<int>();
        var pending = new Queue<int>([processId]);
        while (pending.TryDequeue(out var ancestor))
        {
            foreach (var (child, parent) in parents)
            {
                if (parent == ancestor && !found.Contains(child))
                {
                    found.Add(child);
                    pending.Enqueue(child);
                }
            }
        }

        return found;
    }

    /// <summary>Gets the whole of a small file, or null where it cannot be read.</summary>
    public static string? ReadAll(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? StatusBytes(string path, string field)
    {
        if (ReadAll(path) is not { } status)
        {
            return null;
        }

        // "VmHWM:	  353236 kB"; a zombie has no such line.
        var at = status.IndexOf(field, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var value = status.AsSpan(at + field.Length);
        value = value[..value.IndexOf(" kB", StringComparison.Ordinal)].Trim();
        return long.Parse(value, CultureInfo.InvariantCulture) * 1024;
    }
}
