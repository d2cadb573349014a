using System.CommandLine;
using NanoBragg.Tool.Diagnostics;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Workers;

namespace NanoBragg.Tool.Commands;

/// <summary><c>dotnet nanobragg diag</c>: parse, diagnose each scenario, print.</summary>
internal static class Diag
{
    private const string DefaultScenario = "at-perf-003";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var scenarios = new Argument<string[]>("scenario")
        {
            Description = $"The scenarios to diagnose ({DefaultScenario} where none is named); 'dotnet nanobragg list' shows all.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var output = new Option<string>("--out")
        {
            Description = $"The folder for the bundle. The files of a single scenario go straight into it, unless it already holds a bundle; otherwise, and for several "
                + $"scenarios, each bundle gets a folder of its own in it, <UTC stamp>-<scenario>. Without this option: {Bundle.DefaultRoot}/<UTC stamp>-<scenario>.",
            HelpName = "DIR",
        };
        var assembly = MeasuringArguments.Assembly();
        var timeout = new Option<double>("--timeout") { Description = "How long each worker process may take; past it, it is killed with its children and the exit code is 5.", HelpName = "SECONDS", DefaultValueFactory = _ => 900 };
        var device = new Option<string>("--device")
        {
            Description = "What the kernels run on: " + string.Join("; ", DiagnosticOptions.Devices.Select(d => $"{d.Key} ({d.Value})")) + ".",
            HelpName = string.Join('|', DiagnosticOptions.Devices.Keys),
            DefaultValueFactory = _ => "cpu",
        };
        var noTiering = new Option<bool>("--no-jit-tiering") { Description = "Compile every method fully at its first call, to tell the JIT's effects from the kernel's." };
        var repeats = new Option<int>("--repeats") { Description = "How many fresh worker processes run alone.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var baseline = new Option<string>("--baseline") { Description = "The baseline to compare with; without it, nanobragg.baseline.json of the current folder, if there is one.", HelpName = "FILE" };
        var compare = new Option<string>("--compare") { Description = "The folder of an earlier bundle to compare with; without it, the newest of the same scenario beside the new one.", HelpName = "DIR" };
        var noLoad = new Option<bool>("--no-load") { Description = "Do not run the scenario once more with every processor busy." };

        var command = new Command("diag", "Run scenarios in fresh processes and write a diagnostic bundle: summary, metrics, commands, environment, log, exit code.")
        {
            scenarios, output, assembly, timeout, device, noTiering, repeats, baseline, compare, noLoad,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => (int)Run(
                new DiagnosticOptions
                {
                    Scenarios = parsed.GetValue(scenarios) is { Length: > 0 } named ? [.. named.Distinct(StringComparer.Ordinal)] : [DefaultScenario],
                    AssemblyPath = MeasuringArguments.AssemblyPath(parsed, assembly),
                    AssemblyArgument = parsed.GetValue(assembly),
                    OutFolder = parsed.GetValue(output),
                    Timeout = SecondsOf(parsed.GetValue(timeout)),
                    Device = DeviceOf(parsed.GetValue(device)),
                    JitTiering = !parsed.GetValue(noTiering),
                    Repeats = RepeatsOf(parsed.GetValue(repeats)),
                    BaselinePath = parsed.GetValue(baseline),
                    CompareFolder = parsed.GetValue(compare),
                    Load = !parsed.GetValue(noLoad),
                },
                parsed.InvocationConfiguration.Output,
                parsed.InvocationConfiguration.Error,
                cancellation),
            CancellationToken.None));
        return command;
    }

    private static ExitCode Run(DiagnosticOptions options, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        // Names are checked, and sentences read, before anything is written; no code of the assembly runs here.
        var benchmarks = BenchmarkAssembly.Load(options.AssemblyPath).Select(options.Scenarios).ToDictionary(b => b.Scenario, b => b.Measures, StringComparer.Ordinal);
        var progress = new ErrorProgress(error);
        var diagnosis = new Diagnosis(options, EnvironmentText.OfThisProcess(), progress);

        // --timeout limits a worker, not the waiting for other measurements to end.
        using var machine = MachineLock.Acquire(TimeSpan.FromSeconds(Math.Max(900, options.Timeout.TotalSeconds)), progress, cancellation);
        var done = new List<(DiagnosticReport Report, string Folder)>();
        foreach (var scenario in options.Scenarios)
        {
            var (report, folder) = diagnosis.Run(scenario, benchmarks[scenario], cancellation);
            output.Write(ConsoleSummary.Render(report, folder) + "\n");
            done.Add((report, folder));
            if (report.Status == DiagnosticStatus.Cancelled)
            {
                break;
            }
        }

        if (options.Scenarios.Count > 1)
        {
            output.Write(ConsoleSummary.RenderAll(done));
        }

        return done.Select(d => d.Report.Status).Max().ToExitCode();
    }

    private static TimeSpan SecondsOf(double seconds) => seconds is > 0 and <= 1e6
        ? TimeSpan.FromSeconds(seconds)
        : throw new UserError(FormattableString.Invariant($"--timeout is {seconds}; give seconds above 0, such as --timeout 900"));

    private static string DeviceOf(string? device) => device is not null && DiagnosticOptions.Devices.ContainsKey(device)
        ? device
        : throw new UserError($"there is no device '{device}'; the devices are {string.Join(", ", DiagnosticOptions.Devices.Keys)}");

    private static int RepeatsOf(int repeats) => repeats is >= 1 and <= 1000
        ? repeats
        : throw new UserError(FormattableString.Invariant($"--repeats is {repeats}; give a number from 1 to 1000"));
}
