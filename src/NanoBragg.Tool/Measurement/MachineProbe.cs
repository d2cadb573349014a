using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;

namespace NanoBragg.Tool.Measurement;

/// <summary>Finds the fingerprint of the machine that this process runs on.</summary>
internal static class MachineProbe
{
    /// <summary>Gets the fingerprint: the same in every run on this machine, without any name of host, user or path.</summary>
    public static MachineFingerprint Read() => Create(
        OperatingSystem.IsLinux() ? ProcessorOf(Processes.Procfs.ReadAll("/proc/cpuinfo") ?? "") : PortableProcessor(),
        InstructionSets(),
        Environment.ProcessorCount,
        $"{SystemName()}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}",
        string.Create(CultureInfo.InvariantCulture, $".NET {Environment.Version.Major}.{Environment.Version.Minor}"),
        OperatingSystem.IsLinux() ? GraphicsProcessors.Of("/proc/driver/nvidia") : null);

    /// <summary>Gets the fingerprint of a machine with these properties; its identifier is derived from them.</summary>
    public static MachineFingerprint Create(string processor, string instructionSets, int processors, string platform, string runtime, string? graphics = null)
    {
        var all = string.Create(CultureInfo.InvariantCulture, $"{processor}\n{instructionSets}\n{processors}\n{platform}\n{runtime}{(graphics is null ? "" : "\n" + graphics)}");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..4];
        return new MachineFingerprint
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{ShortName(processor)}-{processors}cpu-{platform}-{hash}"),
            Processor = processor,
            InstructionSets = instructionSets,
            Processors = processors,
            Platform = platform,
            Runtime = runtime,
            Graphics = graphics,
        };
    }

    /// <summary>Gets vendor, family and model, such as <c>AuthenticAMD 25/1</c>, from the text of <c>/proc/cpuinfo</c>.</summary>
    public static string ProcessorOf(string cpuinfo)
    {
        if (Field("vendor_id") is { } vendor)
        {
            return $"{vendor} {Field("cpu family")}/{Field("model")}";
        }

        return Field("CPU implementer") is { } implementer ? $"arm {implementer}/{Field("CPU part")}" : "unknown";

        string? Field(string name)
        {
            foreach (var line in cpuinfo.AsSpan().EnumerateLines())
            {
                var colon = line.IndexOf(':');
                if (colon > 0 && line[..colon].Trim().SequenceEqual(name))
                {
                    return line[(colon + 1)..].Trim().ToString();
                }
            }

            return null;
        }
    }

    private static string PortableProcessor() =>
        Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") is { Length: > 0 } identifier
            ? identifier
            : RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    private static string InstructionSets()
    {
        (string Name, bool Used)[] sets =
        [
            ("avx512", Vector512.IsHardwareAccelerated && Avx512F.IsSupported),
            ("avx2", Avx2.IsSupported),
            ("fma", Fma.IsSupported),
            ("neon", AdvSimd.IsSupported),
        ];
        return string.Join('+', sets.Where(set => set.Used).Select(set => set.Name).DefaultIfEmpty(Vector128.IsHardwareAccelerated ? "vector128" : "scalar"));
    }

    private static string SystemName() =>
        OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "other";

    private static string ShortName(string processor)
    {
        var shortened = processor.Replace("AuthenticAMD", "amd", StringComparison.Ordinal).Replace("GenuineIntel", "intel", StringComparison.Ordinal);
        var name = new StringBuilder();
        foreach (var c in shortened.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(c);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        return name.Length > 24 ? name.ToString(0, 24).TrimEnd('-') : name.ToString().TrimEnd('-');
    }
}
