using System.Globalization;

namespace NanoBragg.Tool.Measurement.Processes;

/// <summary>How long the processor quota of a control group, such as a container's limit, kept the threads in it from running (Linux, control groups of version 1 or 2).</summary>
internal static class CpuQuota
{
    /// <summary>Gets the seconds of this process's own group, all its threads together, since the group was made; null where the system does not tell.</summary>
    public static double? ThrottledSeconds() => ThrottledSeconds(Procfs.ReadAll("/proc/self/cgroup"), "/sys/fs/cgroup");

    /// <summary>Gets the seconds of a group.</summary>
    /// <param name="membership">What <c>/proc/PID/cgroup</c> says: a hierarchy a line, <c>ID:CONTROLLERS:PATH</c>, version 2 without controllers.</param>
    /// <param name="root">Where the hierarchies are mounted.</param>
    internal static double? ThrottledSeconds(string? membership, string root)
    {
        foreach (var line in membership?.Split('\n') ?? [])
        {
            if (line.Split(':', 3) is not [_, var controllers, var path])
            {
                continue;
            }

            // Inside a container the path may be the host's, and the group itself is what is mounted.
            var found = controllers.Length == 0
                ? Field([$"{root}{path}", root], "throttled_usec ", 1e-6)
                : controllers.Split(',').Contains("cpu") ? Field([$"{root}/{controllers}{path}", $"{root}/cpu{path}", $"{root}/{controllers}", $"{root}/cpu"], "throttled_time ", 1e-9)
                : null;
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static double? Field(IEnumerable<string> folders, string name, double unit) => folders
        .Select(folder => Procfs.ReadAll(folder + "/cpu.stat")?.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)))
        .OfType<string>()
        .Select(line => (double?)(double.Parse(line.AsSpan(name.Length), CultureInfo.InvariantCulture) * unit))
        .FirstOrDefault();
}
