using System.CommandLine;
using System.Diagnostics;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Identity;
using NanoBragg.Tool.Reports;

namespace NanoBragg.Tool.Commands;

/// <summary><c>gate</c>: measures, judges against the baseline, and measures more where that could not tell.</summary>
internal static class Gate
{
    /// <summary>How often an inconclusive run is made longer before the gate says so.</summary>
    private const int Extensions = 2;

    /// <summary>Makes the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var scenarios = MeasuringArguments.Scenarios();
        var assembly = MeasuringArguments.Assembly();
        var baseline = GateOptions.Baseline();
        var workers = MeasuringArguments.Workers();
        var timeout = MeasuringArguments.Timeout();
        var failOn = GateOptions.FailOn();
        var ratchet = GateOptions.Ratchet();
        var json = MeasuringArguments.Json();
        var report = GateOptions.Report();
        var noIdentity = MeasuringArguments.NoIdentity();
        var command = new Command("gate", "Measures and judges against the baseline: exit code 2 where a metric regressed.")
        {
            scenarios, assembly, baseline, workers, timeout, failOn, ratchet, json, report, noIdentity,
        };
        var baseOptions = new BaseOptions();
        baseOptions.AddTo(command);
        command.SetAction((parse, cancellation) => Task.Run(
            () =>
            {
                var path = parse.GetRequiredValue(baseline);
                var names = parse.GetValue(scenarios) ?? [];
                var options = new MeasureOptions
                {
                    AssemblyPath = MeasuringArguments.AssemblyPath(parse, assembly),
                    Scenarios = CaseSelection.ScenariosOf(names),
                    Workers = parse.GetValue(workers),
                    Timeout = TimeSpan.FromSeconds(parse.GetValue(timeout)),
                    IgnoreIdentity = parse.GetValue(noIdentity),
                };
                var next = new NextCommand { Options = $"{GateOptions.AssemblyAsGiven(parse, assembly)} {GateOptions.BaselineAsGiven(path)}".Trim() };
                var policy = new GatePolicy { FailOn = parse.GetValue(failOn), Ratchet = parse.GetValue(ratchet) };
                var progress = new ErrorProgress(parse.InvocationConfiguration.Error);
                GateReport Measured(MeasureOptions how, BaselineFile file) => RememberedPasses.FindOrMake(
                    () => PassKey.Of(RunIdentity.Of(how), file, policy, names, next),
                    () => Run(how, file, run => RunJudgement.Judge(CaseSelection.Only(run, names), file, policy, next), policy, progress, cancellation),
                    policy.Clock);
                var result = Judge.Of(path, file => baseOptions.AreGiven(parse)
                    ? baseOptions.With(parse, options, withBase => Measured(withBase, file), progress, cancellation)
                    : file.Exists ? Measured(options, file) : RunJudgement.NoBaseline(file, next));
                return GateResult.Deliver(parse, result, parse.GetValue(report), parse.GetValue(json));
            },
            cancellation));
        return command;
    }

    private static GateReport Run(MeasureOptions options, BaselineFile file, Func<MeasuredRun, GateReport> judge, GatePolicy policy, ErrorProgress progress, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var duet = options.BaseAssemblyPath is not null;
        MeasuredRun run;
        try
        {
            run = MeasureSession.Run(duet ? options with { Workers = Math.Max(options.Workers, policy.Duet.MinimumGroups) } : options, progress, cancellation);
        }
        catch (UserError e) when (e.ExitCode == ExitCode.TimedOut)
        {
            return GateReport.Of(
                Verdict.TimedOut,
                ExitCode.TimedOut,
                Finding.At(file.Path, JsonPosition.Start, FindingCodes.TimedOut, Severity.Error, $"{e.Message}; allow more with --timeout, or find out why with `dotnet nanobragg diag`"));
        }

        var report = judge(run);
        for (var extension = 0; More(report, run, options, duet ? policy : null, extension) is { } more; extension++)
        {
            try
            {
                progress.Report(duet
                    ? $"not certain of {string.Join(", ", more.Scenarios)} yet; measuring more, at most {policy.Duet.MaximumGroups} worker processes"
                    : "the measurements do not agree well enough yet; measuring more");
                run = MeasureSession.Extend(run, more with { Timeout = options.Timeout - Stopwatch.GetElapsedTime(started) }, progress, cancellation);
            }
            catch (UserError e) when (e.ExitCode == ExitCode.TimedOut)
            {
                // What has been measured stands; it could not tell, and says so.
                break;
            }

            report = judge(run);
        }

        return report;
    }

    /// <summary>Gives what is still to be measured, or null where all is certain, or as certain as it will get.</summary>
    private static MeasureOptions? More(GateReport report, MeasuredRun run, MeasureOptions options, GatePolicy? duet, int extension)
    {
        if (duet is null)
        {
            return extension < Extensions && report.Verdict == Verdict.Inconclusive ? options : null;
        }

        // One process at a time, and only the scenarios that have a case which is not certain yet.
        var uncertain = report.Comparisons.Where(c => c.Outcome == Outcome.Inconclusive).Select(c => c.Scenario);
        var scenarios = CaseSelection.ScenariosOf(uncertain);
        return scenarios.Count > 0 && run.Workers < duet.Duet.MaximumGroups && duet.FailOn == FailOn.All ? options with { Workers = 1, Scenarios = scenarios } : null;
    }
}
