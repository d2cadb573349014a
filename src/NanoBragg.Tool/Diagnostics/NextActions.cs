namespace NanoBragg.Tool.Diagnostics;

/// <summary>What to do next, drawn from what the report found.</summary>
internal static class NextActions
{
    /// <summary>Gets the actions, the most urgent first; at least one.</summary>
    public static IReadOnlyList<string> Of(DiagnosticReport report)
    {
        var actions = new List<string>();
        switch (report.Status)
        {
            case DiagnosticStatus.WrongResult:
                actions.Add("Put the result right before looking at any time: `run.log` and *Result of each case* say what the check found. `commands.txt` runs the one worker again.");
                break;
            case DiagnosticStatus.ThresholdFailed:
                actions.Add("See *Checks* for the comparison that is out of its bounds, and *Cases* for the two times that it divides.");
                break;
            case DiagnosticStatus.TimedOut:
                actions.Add($"Find out in `run.log` how far it came; if the work is that long, allow more with `--timeout` (now {Quantity.Figures(report.Guards.TimeoutSeconds)} s).");
                break;
            case DiagnosticStatus.Crashed:
                actions.Add("Read the end of `run.log`; `commands.txt` starts the worker again, under a debugger if need be.");
                break;
            case DiagnosticStatus.Cancelled:
                actions.Add($"Run it again to the end: `{Shell.Join(report.Command)}`.");
                break;
            default:
                break;
        }

        foreach (var comparison in report.Comparisons.Where(c => c.PassesAlone == true && c.PassesUnderLoad == false))
        {
            actions.Add($"Run {report.Scenario} by itself, not beside other work, where {comparison.Name} is judged: it holds alone and breaks under load.");
        }

        if (report.UnderLoad is { Status: DiagnosticStatus.WrongResult })
        {
            actions.Add("Look for a race: a result that is wrong only under load does not come from slowness.");
        }

        var unsteady = report.Main?.Cases.Where(c => c.Wall?.CoefficientOfVariation > 0.15).Select(c => c.Name).ToList() ?? [];
        if (unsteady.Count > 0)
        {
            actions.Add($"Repeat with `--repeats 10` on a quieter machine: samples of {string.Join(", ", unsteady)} differ by more than 15 %.");
        }

        foreach (var row in report.Baseline.Rows.Where(row => row.Verdict is "regressed" or "failed"))
        {
            actions.Add($"Judge {row.Figure} with `dotnet nanobragg gate {report.Scenario}`, which measures with more repeats; accept it, if it is meant, with `dotnet nanobragg baseline update --scenario {report.Scenario} --reason TEXT`.");
        }

        if (actions.Count == 0)
        {
            actions.Add($"Nothing to mend. Compare a later change with this bundle: `dotnet nanobragg diag {Shell.Quote(report.Scenario)} --compare DIR`, where DIR is this folder.");
        }

        return actions;
    }
}
