using System.Collections;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NanoBragg.Tool.Measurement.Devices;

namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>What a run is going to measure, as code, and with what.</summary>
/// <param name="Scenarios">The identity of each scenario that is measured, by name.</param>
/// <param name="SameAsBase">Those of them whose code in the base is the same.</param>
/// <param name="Key">A hash of all that the run's figures depend on: code, tool, runtime, its settings, machine. Nothing else is known to change them but noise.</param>
/// <param name="BaseKey">A hash of what they are held against while measuring, the base or none, and of how many processes do.</param>
internal sealed record RunIdentity(IReadOnlyDictionary<string, string> Scenarios, IReadOnlySet<string> SameAsBase, string Key, string BaseKey)
{
    // Variables that the dotnet command sets for itself and others, and that no code runs differently for.
    private static readonly string[] SettingsOfTheHost = ["DOTNET_CLI_", "DOTNET_HOST_", "DOTNET_ROOT", "DOTNET_NOLOGO", "DOTNET_SKIP_", "DOTNET_GENERATE_", "DOTNET_ADD_", "DOTNET_MULTILEVEL_", "DOTNET_LAUNCH_"];

    /// <summary>Reads it.</summary>
    /// <param name="options">What is measured.</param>
    /// <returns>The identity; null where it cannot be read, or must not count.</returns>
    public static RunIdentity? Of(MeasureOptions options)
    {
        if (options.IgnoreIdentity
            || CodeIdentity.Of(options.AssemblyPath) is not { } tested
            || tested.Scenarios.Count == 0
            || options.Scenarios.Any(asked => !tested.Scenarios.ContainsKey(asked)))
        {
            return null;
        }

        var old = options.BaseAssemblyPath is { } path ? CodeIdentity.Of(path) : null;
        if (options.BaseAssemblyPath is not null && old is null)
        {
            return null;
        }

        var scenarios = tested.Scenarios.Where(pair => options.Scenarios.Count == 0 || options.Scenarios.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal);
        var same = scenarios.Where(pair => old?.Scenarios.GetValueOrDefault(pair.Key) == pair.Value).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        string[] lines =
        [
            $"tool {typeof(RunIdentity).Module.ModuleVersionId}",
            $"runtime {RuntimeInformation.FrameworkDescription}",
            $"machine {MachineProbe.Read().Id}",
            $"compilers {PtxCompiler.NotAvailable} {PtxAssembler.NotAvailable}",
            $"assembly {tested.Assembly} {tested.Version}",
            .. Lines("scenario", scenarios),
            .. Settings(),
        ];
        string[] baseLines =
        [
            $"workers {options.Workers}",
            $"base {old?.Assembly} {old?.Version} {options.BasePin} {options.BaseAbsence}",
            .. Lines("base", old?.Scenarios ?? new Dictionary<string, string>()),
        ];
        return new(scenarios, same, Hash(lines), Hash(baseLines));
    }

    /// <summary>Hashes lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Hash(IEnumerable<string> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..32];

    /// <summary>Gives the cases of a finished run the identities of their scenarios.</summary>
    /// <param name="run">The run.</param>
    /// <param name="before">What it was before anything was measured.</param>
    /// <param name="after">What it is now. Where it is not the same a build came between, and nobody knows what was measured.</param>
    /// <returns>The run.</returns>
    public static MeasuredRun Sign(MeasuredRun run, RunIdentity? before, RunIdentity? after) => before is null || (before.Key, before.BaseKey) != (after?.Key, after?.BaseKey) ? run : run with
    {
        Key = before.Key,
        BaseKey = before.BaseKey,
        Cases = [.. run.Cases.Select(measured => measured with { Identity = before.Scenarios.GetValueOrDefault(measured.Name.Split('/')[0]) })],
    };

    private static IEnumerable<string> Lines(string what, IReadOnlyDictionary<string, string> identities) =>
        identities.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{what} {pair.Key} {pair.Value}");

    /// <summary>The settings that workers inherit: the runtime's, and the device of this tool's own kernels.</summary>
    private static IEnumerable<string> Settings() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => $"{variable.Key}={variable.Value}")
        .Where(line => line.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase) || line.StartsWith("COMPlus_", StringComparison.OrdinalIgnoreCase) || line.StartsWith("NANOBRAGG_DEVICE=", StringComparison.Ordinal))
        .Where(line => !Array.Exists(SettingsOfTheHost, prefix => line.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        .Order(StringComparer.Ordinal);
}
