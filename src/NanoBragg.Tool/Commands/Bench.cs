using System.CommandLine;
using NanoBragg.Kernels.Model;
using NanoBragg.Tool.Bench;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Commands;

/// <summary><c>bench</c>: how fast the kernels are, and how right, as one table.</summary>
internal static class Bench
{
    private const int MostThreads = 1024;

    private const string Help = """
        Measures how fast the kernels draw, and how right: each case in double, double-fast and float, beside what the machine does at most.

        Examples:
          dotnet nanobragg bench --suite cpu                   all cases, in about a minute
          dotnet nanobragg bench --suite cpu --case A --case B --threads 1
                                                               two cases on one thread
          dotnet nanobragg bench --suite cpu --case B --steps 0
                                                               the whole picture of B instead of its middle
          dotnet nanobragg bench --suite cpu --json > cpu.json the figures for a program

        It draws in this process and judges no times: 'gate' does. Where a picture is wrong the exit code is 2. docs/performance.md has more.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var suite = new Option<string>("--suite") { Description = $"What is measured: {CpuSuite.Name}, the SIMD back end.", HelpName = CpuSuite.Name, DefaultValueFactory = _ => CpuSuite.Name };
        var cases = new Option<string[]>("--case")
        {
            Description = $"A case, and may be given several times; all when none is named. {string.Join("; ", CpuCases.All.Select(known => $"{known.Name}: {known.Shows}"))}.",
            HelpName = "NAME",
        };
        var threads = new Option<int>("--threads") { Description = "Threads that draw; 0 is one a processor.", HelpName = "N" };
        var steps = new Option<long?>("--steps")
        {
            Description = "Draw no more of a picture than its middle with this many steps; 0 draws whole pictures. "
                + FormattableString.Invariant($"Usual: {StepBudget.Usual.Simd:N0} (of case E a quarter), and {StepBudget.Usual.Reference:N0} where the reference back end draws."),
            HelpName = "N",
        };
        var json = MeasuringArguments.Json();
        var command = new Command("bench", Help) { suite, cases, threads, steps, json };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                Require(parsed.GetRequiredValue(suite));
                var chosen = CpuCases.Choose(parsed.GetValue(cases) ?? []);
                var budget = StepBudget.Of(parsed.GetValue(steps));
                var result = Measure(chosen, budget, Threads(parsed.GetValue(threads)), new ErrorProgress(parsed.InvocationConfiguration.Error), cancellation);
                parsed.InvocationConfiguration.Output.Write(parsed.GetValue(json) ? BenchJson.Text(result) : BenchText.Of(result));
                return (int)Judge(result, parsed.InvocationConfiguration.Error);
            },
            cancellation));
        return command;
    }

    private static void Require(string suite)
    {
        if (suite != CpuSuite.Name)
        {
            throw new UserError($"there is no suite '{suite}'; there is {CpuSuite.Name}");
        }
    }

    private static int Threads(int asked) => asked switch
    {
        0 => Environment.ProcessorCount,
        > 0 and <= MostThreads => asked,
        _ => throw new UserError(FormattableString.Invariant($"--threads is a number of threads up to {MostThreads}, or 0 for one a processor")),
    };

    private static BenchResult Measure(IReadOnlyList<BenchCase> cases, StepBudget budget, int threads, ErrorProgress progress, CancellationToken cancellation)
    {
        using var machine = MachineLock.Acquire(TimeSpan.FromMinutes(15), progress, cancellation);
        try
        {
            return CpuSuite.Run(cases, budget, threads, progress, cancellation);
        }
        catch (Exception e) when (e is ExperimentException or IOException or UnauthorizedAccessException)
        {
            throw new UserError(e.Message.ReplaceLineEndings(" "), innerException: e);
        }
    }

    private static ExitCode Judge(BenchResult result, TextWriter error)
    {
        var wrong = result.Rows.Where(row => !row.Errors.WithinBounds).Select(row => $"{row.Case} in {row.Precision}").ToArray();
        if (wrong.Length == 0)
        {
            return ExitCode.Ok;
        }

        error.WriteLine($"nanobragg: error: pictures are wrong: {string.Join(", ", wrong)}");
        return ExitCode.Regression;
    }
}
