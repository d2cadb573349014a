using System.CommandLine;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Commands;

/// <summary><c>judge</c>: the second half of <c>gate</c>.</summary>
internal static class Judge
{
    /// <summary>Makes the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var measured = new Option<string>("--measured") { Description = "Figures that `measure --out` wrote.", HelpName = "FILE", Required = true };
        var baseline = GateOptions.Baseline();
        var report = GateOptions.Report();
        var failOn = GateOptions.FailOn();
        var ratchet = GateOptions.Ratchet();
        var json = MeasuringArguments.Json();
        var acceptWith = new Option<string?>("--accept-with")
        {
            Description = "The command that messages name for accepting a change, where it is not this tool's own.",
            HelpName = "COMMAND",
            Hidden = true,
        };
        var command = new Command("judge", "Judges measured figures against the baseline: the second half of gate.") { measured, baseline, report, failOn, ratchet, json, acceptWith };
        command.SetAction((parse, cancellation) => Task.Run(() =>
        {
            var path = parse.GetRequiredValue(baseline);
            var next = new NextCommand { Options = GateOptions.BaselineAsGiven(path), AcceptWith = parse.GetValue(acceptWith), Measured = parse.GetRequiredValue(measured) };
            var policy = new GatePolicy { FailOn = parse.GetValue(failOn), Ratchet = parse.GetValue(ratchet) };
            var run = MeasuredRunFile.Read(parse.GetRequiredValue(measured));
            return GateResult.Deliver(parse, Of(path, file => RunJudgement.Judge(run, file, policy, next, ReleasedBaseline.Read(path, cancellation))), parse.GetValue(report), parse.GetValue(json));
        }));
        return command;
    }

    /// <summary>Judges with a baseline that may turn out to be unusable.</summary>
    /// <param name="path">The baseline.</param>
    /// <param name="judge">Judges with it.</param>
    /// <returns>The report, of the judgement or of the unusable baseline.</returns>
    public static GateReport Of(string path, Func<BaselineFile, GateReport> judge)
    {
        try
        {
            return judge(BaselineFile.Read(path));
        }
        catch (BaselineException e)
        {
            return GateReport.Of(e);
        }
    }
}
