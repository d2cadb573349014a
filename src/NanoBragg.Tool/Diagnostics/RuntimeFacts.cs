using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>
/// Finds the facts of <c>runtime_env.txt</c>: the machine, the limits that it sets this process, the runtime. Names no host, no user, no home folder.
/// A fact that the system does not tell is left out.
/// </summary>
internal static class RuntimeFacts
{
    /// <summary>Renders facts as <c>runtime_env.txt</c>, a heading a section.</summary>
    public static string Render(IReadOnlyList<EnvironmentFact> facts) => string.Join('\n', facts
        .GroupBy(fact => fact.Section)
        .Select(section => $"# {section.Key}\n" + string.Concat(section.Select(fact => $"{fact.Name}: {fact.Value}\n"))));

    /// <summary>Finds the facts now.</summary>
    /// <param name="assemblyPath">The assembly under test.</param>
    public static IReadOnlyList<EnvironmentFact> Capture(string assemblyPath)
    {
        var facts = new List<EnvironmentFact>();
        Add(facts, "System", SystemFacts());
        Add(facts, "Processor", ProcessorFacts());
        Add(facts, "Memory", MemoryFacts());
        Add(facts, "Limits", LimitFacts());
        Add(facts, "Runtime", DotNetFacts());
        Add(facts, "Accelerators", AcceleratorFacts());
        Add(facts, "Versions", VersionFacts(assemblyPath));
        return facts;
    }

    private static void Add(List<EnvironmentFact> facts, string section, IEnumerable<(string Name, string? Value)> found)
    {
        foreach (var (name, value) in found)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                facts.Add(new EnvironmentFact(section, name, value.Trim()));
            }
        }
    }

    private static IEnumerable<(string, string?)> SystemFacts()
    {
        yield return ("operating system", RuntimeInformation.OSDescription);
        yield return ("distribution", Lines("/etc/os-release").FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?[12..].Trim('"'));
        yield return ("kernel", Line("/proc/sys/kernel/osrelease"));
        yield return ("architecture", RuntimeInformation.OSArchitecture.ToString());
        yield return ("runtime identifier", RuntimeInformation.RuntimeIdentifier);
        yield return ("clock source", Line("/sys/devices/system/clocksource/clocksource0/current_clocksource"));
        yield return ("timer resolution", Text($"{1e9 / Stopwatch.Frequency:0.###} ns"));
        yield return ("page size", Text($"{Environment.SystemPageSize} bytes"));
        yield return ("container", File.Exists("/.dockerenv") ? "docker" : File.Exists("/run/.containerenv") ? "podman" : null);
    }

    private static IEnumerable<(string, string?)> ProcessorFacts()
    {
        var information = Lines("/proc/cpuinfo");
        var model = Field(information, "model name") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        yield return ("processor", model);
        yield return ("family and model", Field(information, "cpu family") is { } family ? $"{Field(information, "vendor_id")} {family}/{Field(information, "model")}" : null);
        yield return ("processors of this process", Text($"{Environment.ProcessorCount}"));
        yield return ("processors of the machine", Line("/sys/devices/system/cpu/online"));
        yield return ("cores in a socket", Field(information, "cpu cores"));
        yield return ("frequency now", Field(information, "cpu MHz") is { } megahertz ? megahertz + " MHz" : null);
        yield return ("governor", Line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor") ?? "not told by this system");
        yield return ("boost", Line("/sys/devices/system/cpu/cpufreq/boost"));
        yield return ("hypervisor", Field(information, "flags")?.Split(' ').Contains("hypervisor") == true ? "yes" : null);
        foreach (var cache in Folders("/sys/devices/system/cpu/cpu0/cache", "index*"))
        {
            yield return (
                $"cache level {Line(Path.Combine(cache, "level"))} {Line(Path.Combine(cache, "type"))?.ToLowerInvariant()}",
                $"{Line(Path.Combine(cache, "size"))}, shared by processors {Line(Path.Combine(cache, "shared_cpu_list"))}");
        }

        yield return ("widest vector", Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : Vector128.IsHardwareAccelerated ? "128 bits" : "none");
        yield return ("instruction sets that the runtime uses", string.Join(' ', InstructionSets()));
    }

    private static IEnumerable<(string, string?)> MemoryFacts()
    {
        var memory = Lines("/proc/meminfo");
        yield return ("memory, total", Field(memory, "MemTotal"));
        yield return ("memory, available", Field(memory, "MemAvailable"));
        yield return ("swap, total", Field(memory, "SwapTotal"));
        yield return ("swap, free", Field(memory, "SwapFree"));
        yield return ("transparent huge pages", Line("/sys/kernel/mm/transparent_hugepage/enabled"));
    }

    private static IEnumerable<(string, string?)> LimitFacts()
    {
        yield return ("memory that the runtime sees", Text($"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes} bytes"));
        yield return ("cgroup processors (v2 quota and period)", Line("/sys/fs/cgroup/cpu.max"));
        yield return ("cgroup processors (v1 quota)", Line("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") is { } quota ? quota + " us" : null);
        yield return ("cgroup processors (v1 period)", Line("/sys/fs/cgroup/cpu/cpu.cfs_period_us") is { } period ? period + " us" : null);
        yield return ("cgroup memory (v2)", Line("/sys/fs/cgroup/memory.max"));
        yield return ("cgroup memory (v1)", Line("/sys/fs/cgroup/memory/memory.limit_in_bytes") is { } limit ? limit + " bytes" : null);
        yield return ("allowed processors", Field(Lines("/proc/self/status"), "Cpus_allowed_list"));
        yield return ("load average before", Line("/proc/loadavg"));
        yield return ("processor pressure before", Line("/proc/pressure/cpu"));
        yield return ("memory pressure before", Line("/proc/pressure/memory"));
    }

    private static IEnumerable<(string, string?)> DotNetFacts()
    {
        yield return (".NET runtime", RuntimeInformation.FrameworkDescription);
        // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>/; the SDKs beside it in <root>/sdk/<version>/.
        var sdks = Folders(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "sdk")), "*");
        yield return (".NET SDKs installed", string.Join(", ", sdks.Select(Path.GetFileName)));
        yield return ("garbage collector", (GCSettings.IsServerGC ? "server" : "workstation") + (Switch("System.GC.Concurrent") == "false" ? ", not concurrent" : ", concurrent"));
        yield return ("garbage collector latency mode", GCSettings.LatencyMode.ToString());
        yield return ("tiered compilation of the tool", Switch("System.Runtime.TieredCompilation") ?? "on (default)");
        yield return ("tiered profile-guided optimisation of the tool", Switch("System.Runtime.TieredPGO") ?? "on (default)");
        yield return ("quick compilation of loops of the tool", Switch("System.Runtime.TieredCompilation.QuickJitForLoops") ?? "on (default)");
        foreach (var name in new[] { "TieredCompilation", "TieredPGO", "TC_QuickJitForLoops", "TC_QuickJit", "ReadyToRun", "EnableAVX2", "EnableAVX512", "gcServer" })
        {
            yield return ("DOTNET_" + name, Environment.GetEnvironmentVariable("DOTNET_" + name));
        }
    }

    private static IEnumerable<(string, string?)> AcceleratorFacts()
    {
        yield return ("NVIDIA driver", Line("/proc/driver/nvidia/version") ?? "none found");
        var drivers = Directory.Exists("/etc/OpenCL/vendors") ? Directory.GetFiles("/etc/OpenCL/vendors", "*.icd") : [];
        yield return ("OpenCL drivers installed", drivers.Length == 0 ? "none found" : string.Join(", ", drivers.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)));
        yield return ("used by this diagnostic", "none");
    }

    private static IEnumerable<(string, string?)> VersionFacts(string assemblyPath)
    {
        yield return ("dotnet-nanobragg", ToolVersion);
        yield return ("assembly under test", Path.GetFileName(assemblyPath));
        yield return ("its file version", File.Exists(assemblyPath) ? FileVersionInfo.GetVersionInfo(assemblyPath).ProductVersion : null);
        yield return ("its size", File.Exists(assemblyPath) ? Text($"{new FileInfo(assemblyPath).Length} bytes") : null);
        yield return ("its SHA-256", File.Exists(assemblyPath) ? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(assemblyPath))) : null);
    }

    /// <summary>Gets the version of this tool, as NuGet writes it.</summary>
    public static string ToolVersion =>
        typeof(RuntimeFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static IEnumerable<string> InstructionSets()
    {
        // Each class of intrinsics says by itself whether the JIT uses it here.
        var classes = new (string Name, bool Supported)[]
        {
            ("sse4.2", System.Runtime.Intrinsics.X86.Sse42.IsSupported), ("avx", System.Runtime.Intrinsics.X86.Avx.IsSupported),
            ("avx2", System.Runtime.Intrinsics.X86.Avx2.IsSupported), ("fma", System.Runtime.Intrinsics.X86.Fma.IsSupported),
            ("bmi2", System.Runtime.Intrinsics.X86.Bmi2.IsSupported), ("avx512f", System.Runtime.Intrinsics.X86.Avx512F.IsSupported),
            ("advsimd", System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported), ("sve", IsSveSupported()),
        };
        return classes.Where(c => c.Supported).Select(c => c.Name);
    }

#pragma warning disable SYSLIB5003 // SVE is a preview interface; only its presence is asked for.
    private static bool IsSveSupported() => System.Runtime.Intrinsics.Arm.Sve.IsSupported;
#pragma warning restore SYSLIB5003

    private static string? Switch(string name) => AppContext.GetData(name)?.ToString()?.ToLowerInvariant();

    private static string? Field(IEnumerable<string> lines, string name) => lines
        .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length..].TrimStart().StartsWith(':'))?
        .Split(':', 2)[1].Trim();

    private static string? Line(string path) => Lines(path).FirstOrDefault();

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Folders(string path, string pattern) =>
        Directory.Exists(path) ? Directory.GetDirectories(path, pattern).Order(StringComparer.Ordinal) : [];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
