using System.CommandLine;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Tool.Bench;
using NanoBragg.Tool.Bench.Cold;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Commands;

/// <summary><c>bench</c>: how fast the kernels are, and how right, as one table.</summary>
internal static class Bench
{
    private const int MostThreads = 1024;

    private const string Help = """
        Measures how fast the kernels draw, and how right: each case in each arithmetic, on the processor beside what the machine does at most.

        Examples:
          dotnet nanobragg bench --suite cpu                   all cases, in about a minute
          dotnet nanobragg bench --suite cpu --case A --case B --threads 1
                                                               two cases on one thread
          dotnet nanobragg bench --suite cpu --case B --steps 0
                                                               the whole picture of B instead of its middle
          dotnet nanobragg bench --suite cpu --json > cpu.json the figures for a program
          dotnet nanobragg bench --suite scaling               what a step costs as pictures and crystals grow
          dotnet nanobragg bench --suite cold                  how long a process takes to its first picture
          dotnet nanobragg bench --suite gpu --device opencl:1 the OpenCL back end, kernels by the device's own clock
          dotnet nanobragg bench --suite gpu --device ilgpu    the ILGPU back end, in a build with -p:UseIlgpu=true

        It draws in this process and judges no times: 'gate' does. Where a picture is wrong the exit code is 2. docs/performance.md has more.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var suite = new Option<string>("--suite") { Description = $"What is measured: {CpuSuite.Name}, the SIMD back end; {ScalingCases.Suite}, the same as one quantity at a time grows; {ColdSuite.Name}, fresh processes from their start to the first picture; {GpuSuite.Name}, the OpenCL back end, or the ILGPU one.", HelpName = $"{CpuSuite.Name}|{ScalingCases.Suite}|{ColdSuite.Name}|{GpuSuite.Name}", DefaultValueFactory = _ => CpuSuite.Name };
        var device = new Option<string?>("--device") { Description = $"Of the suite {GpuSuite.Name}: who draws, gpu (the usual one), gpus, opencl:N or opencl:N,M, as 'devices' counts, or ilgpu, ilgpu:cuda, ilgpu:opencl or ilgpu:cpu, in a build with -p:UseIlgpu=true.", HelpName = "gpu|gpus|opencl[:N[,M]]|ilgpu[:KIND]" };
        var cases = new Option<string[]>("--case")
        {
            Description = $"A case, and may be given several times; all when none is named. Of {CpuSuite.Name}: {Shown(CpuCases.All)}. Of {ScalingCases.Suite}: {string.Join(", ", ScalingCases.All.Select(known => known.Name))}. Of {ColdSuite.Name}: {string.Join(", ", ColdSuite.Cases.Select(known => known.Name))}, the same. Of {GpuSuite.Name}: {Shown(GpuCases.All)}.",
            HelpName = "NAME",
        };
        var lanes = new Option<int?>("--lanes") { Description = $"Of the suite {GpuSuite.Name}: the pixels that a work-item draws side by side, 2, 4, 8 or 16. Usual: what suits the device.", HelpName = "N" };
        lanes.AcceptOnlyFromAmong("2", "4", "8", "16");
        var threads = new Option<int>("--threads") { Description = "Threads that draw; 0 is one a processor.", HelpName = "N" };
        var steps = new Option<long?>("--steps")
        {
            Description = "Draw no more of a picture than its middle with this many steps; 0 draws whole pictures. "
                + FormattableString.Invariant($"Usual: {StepBudget.Usual.Simd:N0} (of case E a quarter), and {StepBudget.Usual.Reference:N0} where the reference back end draws; a GPU draws whole pictures."),
            HelpName = "N",
        };
        var json = MeasuringArguments.Json();
        var command = new Command("bench", Help) { suite, cases, device, lanes, threads, steps, json };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var isGpu = IsGpu(parsed.GetRequiredValue(suite), parsed.GetValue(device) is not null || parsed.GetValue(lanes) is not null, parsed.GetResult(threads) is not null);
                var names = parsed.GetValue(cases) ?? [];
                var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
                var progress = new ErrorProgress(error);
                if (isGpu)
                {
                    var chosen = GpuCases.Choose(names);
                    var drawer = Told(() => Drawer(parsed.GetValue(device) ?? Drawing.Gpu, parsed.GetValue(lanes)));
                    var gpuBudget = GpuSuite.Budget(drawer, parsed.GetValue(steps));
                    var onDevice = Measure(() => GpuSuite.Run(chosen, drawer, gpuBudget, progress, cancellation), progress, cancellation);
                    output.Write(parsed.GetValue(json) ? BenchJson.Text(onDevice) : GpuText.Of(onDevice));
                    return (int)Judge(onDevice.Rows.Where(row => !row.Errors.WithinBounds).Select(row => $"{row.Case} in {row.Precision}"), error);
                }

                var name = parsed.GetRequiredValue(suite);
                if (name == ColdSuite.Name)
                {
                    if (parsed.GetValue(steps) is not null)
                    {
                        throw new UserError($"--steps is for the other suites: {ColdSuite.Name} draws whole pictures");
                    }

                    var (cold, drawn) = (BenchCase.Choose(ColdSuite.Cases, names, name), Threads(parsed.GetValue(threads)));
                    var times = Measure(() => ColdSuite.Run(cold, drawn, progress, cancellation), progress, cancellation);
                    output.Write(parsed.GetValue(json) ? BenchJson.Text(times) : times.Text());
                    return (int)ExitCode.Ok;
                }

                var pictures = BenchCase.Choose(CpuSuite.Cases(name), names, name);
                var (budget, count) = (StepBudget.Of(parsed.GetValue(steps)), Threads(parsed.GetValue(threads)));
                var result = Measure(() => CpuSuite.Run(name, pictures, budget, count, progress, cancellation), progress, cancellation);
                output.Write(parsed.GetValue(json) ? BenchJson.Text(result) : BenchText.Of(result));
                return (int)Judge(result.Rows.Where(row => !row.Errors.WithinBounds).Select(row => $"{row.Case} in {row.Precision}"), error);
            },
            cancellation));
        return command;
    }

    private static SuiteDrawer Drawer(string device, int? lanes) =>
        !Drawing.IsIlgpu(device) ? new(Drawing.OpenCl(device), lanes, null)
        : lanes is null ? SuiteDrawer.OfIlgpu(Drawing.IlgpuOf(device))
        : throw new UserError("--lanes is for OpenCL devices: a thread of ILGPU's draws a pixel");

    private static string Shown(IEnumerable<BenchCase> cases) => string.Join("; ", cases.Select(known => $"{known.Name}: {known.Shows}"));

    private static bool IsGpu(string suite, bool hasDevice, bool hasThreads) => (suite, hasDevice, hasThreads) switch
    {
        (CpuSuite.Name or ScalingCases.Suite or ColdSuite.Name, true, _) => throw new UserError($"--device and --lanes are for --suite {GpuSuite.Name}: the suite {suite} draws on the processor"),
        (GpuSuite.Name, _, true) => throw new UserError($"--threads is for the suites {CpuSuite.Name}, {ScalingCases.Suite} and {ColdSuite.Name}: a device draws with all that it has"),
        (CpuSuite.Name or ScalingCases.Suite or ColdSuite.Name, _, _) => false,
        (GpuSuite.Name, _, _) => true,
        _ => throw new UserError($"there is no suite '{suite}'; there are {CpuSuite.Name}, {ScalingCases.Suite}, {ColdSuite.Name} and {GpuSuite.Name}"),
    };

    private static int Threads(int asked) => asked switch
    {
        0 => Environment.ProcessorCount,
        > 0 and <= MostThreads => asked,
        _ => throw new UserError(FormattableString.Invariant($"--threads is a number of threads up to {MostThreads}, or 0 for one a processor")),
    };

    private static T Measure<T>(Func<T> suite, ErrorProgress progress, CancellationToken cancellation)
    {
        using var machine = MachineLock.Acquire(TimeSpan.FromMinutes(15), progress, cancellation);
        return Told(suite);
    }

    /// <summary>Does something whose errors are the user's to mend.</summary>
    private static T Told<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is ExperimentException or DeviceException or IOException or UnauthorizedAccessException)
        {
            throw new UserError(e.Message.ReplaceLineEndings(" "), innerException: e);
        }
    }

    private static ExitCode Judge(IEnumerable<string> wrong, TextWriter error)
    {
        var all = string.Join(", ", wrong);
        if (all.Length == 0)
        {
            return ExitCode.Ok;
        }

        error.WriteLine($"nanobragg: error: pictures are wrong: {all}");
        return ExitCode.Regression;
    }
}
