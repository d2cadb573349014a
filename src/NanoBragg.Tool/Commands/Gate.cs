using System.CommandLine;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Commands;

/// <summary><c>gate</c>: measures, judges against the baseline, and measures more where that could not tell.</summary>
internal static class Gate
{
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
        var command = new Command("gate", "Measures and judges against the baseline: exit code 2 where a metric regressed.")
        {
            scenarios, assembly, baseline, workers, timeout, failOn, ratchet, json, report,
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
                };
                var next = new NextCommand { Options = $"{GateOptions.AssemblyAsGiven(parse, assembly)} {GateOptions.BaselineAsGiven(path)}".Trim() };
                var policy = new GatePolicy { FailOn = parse.GetValue(failOn), Ratchet = parse.GetValue(ratchet) };
                var progress = new ErrorProgress(parse.InvocationConfiguration.Error);
                GateReport Measured(MeasureOptions how, BaselineFile file) =>
                    Run(how, file, run => RunJudgement.Judge(CaseSelection.Only(run, names), file, policy, next), policy, progress, cancellation);
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
        options = Certainty.Begin(options, policy);
        try
        {
            return judge(MeasureSession.Run(options, progress, cancellation, run => Certainty.More(judge(run), run, options, policy)));
        }
        catch (UserError e) when (e.ExitCode == ExitCode.TimedOut)
        {
            return GateReport.Of(
                Verdict.TimedOut,
                ExitCode.TimedOut,
                Finding.At(file.Path, JsonPosition.Start, FindingCodes.TimedOut, Severity.Error, $"{e.Message}; allow more with --timeout, or find out why with `dotnet nanobragg diag`"));
        }
    }
}
