using System.CommandLine;
using System.CommandLine.Parsing;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Identity;
using NanoBragg.Tool.Proof;
using NanoBragg.Tool.Reports;

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
        var noIdentity = MeasuringArguments.NoIdentity();
        var prove = new Option<bool>("--prove") { Description = "Prove the gate itself on this machine, in a minute or two: it must find 5 % and 10 % in built-in kernels, and leave identical code alone." };
        var command = new Command("gate", "Measures and judges against the baseline: exit code 2 where a metric regressed.")
        {
            scenarios, assembly, baseline, workers, timeout, failOn, ratchet, json, report, prove, noIdentity,
        };
        var baseOptions = new BaseOptions();
        baseOptions.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(prove) && result.Children.Any(child => child is OptionResult { Implicit: false } other && other.Option != prove || child is ArgumentResult { Tokens.Count: > 0 }))
            {
                result.AddError("--prove goes alone: it measures kernels of its own.");
            }
        });
        command.SetAction((parse, cancellation) => Task.Run(
            () =>
            {
                if (parse.GetValue(prove))
                {
                    var proven = GateProof.Run(new ErrorProgress(parse.InvocationConfiguration.Error), cancellation);
                    ProofText.Write(proven, parse.InvocationConfiguration.Output);
                    return (int)GateProof.ExitCodeOf(proven);
                }

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
                var released = new Lazy<ReleasedBaseline?>(() => ReleasedBaseline.Read(path, cancellation));
                var progress = new ErrorProgress(parse.InvocationConfiguration.Error);
                GateReport Measured(MeasureOptions how, BaselineFile file) => RememberedPasses.FindOrMake(
                    () => PassKey.Of(RunIdentity.Of(how), file, released.Value?.Tag, policy, names, next),
                    () => Run(how, file, run => RunJudgement.Judge(CaseSelection.Only(run, names), file, policy, next, released.Value), policy, progress, cancellation),
                    policy.Clock);
                var result = Judge.Of(path, file => baseOptions.AreGiven(parse) || file.Exists
                    ? baseOptions.With(parse, options, file, withBase => Measured(withBase, file), progress, cancellation)
                    : RunJudgement.NoBaseline(file, next));
                return GateResult.Deliver(parse, result, parse.GetValue(report), parse.GetValue(json));
            },
            cancellation));
        return command;
    }

    private static GateReport Run(MeasureOptions options, BaselineFile file, Func<MeasuredRun, GateReport> judge, GatePolicy policy, ErrorProgress progress, CancellationToken cancellation)
    {
        try
        {
            return GateRun.Of(options, judge, policy, progress, cancellation).Report;
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
