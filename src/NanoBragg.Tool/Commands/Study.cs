using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Study;

namespace NanoBragg.Tool.Commands;

/// <summary><c>study</c>: how often the gate itself is wrong on this machine.</summary>
internal static class Study
{
    /// <summary>Makes the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var trials = new Option<string>("--trials") { Description = "The file that trials are appended to, a JSON object a line.", HelpName = "FILE", DefaultValueFactory = _ => "nanobragg.trials.jsonl" };
        var kernels = Words("--kernel", "Only trials of this kernel: compute, memory, threads; may be given several times.", "NAME");
        var loads = Words("--load", "Only trials beside this: idle, one or two busy processes, peer (a second study that you start on another processor), or stop, steal, kill of a worker; may be given several times.", "NAME");
        var injected = new Option<double[]>("--injected") { Description = "Only trials of this slowdown, in per cent, 0 for identical code; may be given several times.", HelpName = "PERCENT" };
        var designs = Words("--design", "Only trials of this design: duet, anchored; may be given several times.", "NAME");
        var minutes = new Option<double>("--minutes") { Description = "Stop after so many minutes; go on another time with the same command.", HelpName = "N", DefaultValueFactory = _ => double.PositiveInfinity };
        var table = new Option<bool>("--table") { Description = "Play nothing; print the tables of the trials so far, as Markdown." };
        var command = new Command(
            "study",
            "Tries the gate itself on this machine: identical code and known slowdowns, idle and beside other work. Takes hours; stop and go on as you like.")
        {
            trials, kernels, loads, injected, designs, minutes, table,
        };
        command.SetAction((parse, cancellation) => Task.Run(
            () =>
            {
                var path = parse.GetRequiredValue(trials);
                if (parse.GetValue(table))
                {
                    parse.InvocationConfiguration.Output.Write(StudyTable.Write(TrialFile.Read(path), new GatePolicy()));
                    return (int)ExitCode.Ok;
                }

                var cells = StudyPlan.Cells.Where(cell =>
                    Asked(parse.GetValue(kernels), cell.Kernel) && Asked(parse.GetValue(loads), cell.Load)
                    && Asked(parse.GetValue(designs), cell.Design) && Asked(parse.GetValue(injected), Math.Round(100 * cell.Injected, 6))).ToList();
                if (cells.Count == 0)
                {
                    throw new UserError("a study has no trials of that kind; 'dotnet nanobragg study --help' says what there is");
                }

                Play(path, cells, TimeSpan.FromMinutes(Math.Min(parse.GetValue(minutes), 1e6)), new ErrorProgress(parse.InvocationConfiguration.Error), cancellation);
                return (int)ExitCode.Ok;
            },
            cancellation));
        return command;
    }

    private static void Play(string path, List<StudyCell> cells, TimeSpan time, ErrorProgress progress, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var trials = TrialFile.Read(path).ToList();

        // One at least, however slowly this machine began.
        do
        {
            if (StudyPlan.Next(cells, trials) is not { } cell)
            {
                return;
            }

            if (TrialRun.Play(cell, trials.Count, NoProgress.Instance, cancellation) is { } trial)
            {
                trials.Add(trial);
                TrialFile.Append(path, trial);
                progress.Report(string.Create(
                    CultureInfo.InvariantCulture,
                    $"trial {trials.Count}: {trial.Design} {trial.Kernel} +{100 * trial.Injected:0.#} % {trial.Load}: {trial.Verdict ?? "measured"} in {trial.Seconds:0.0} s{(trial.Why is null ? "" : $" ({trial.Why})")}"));
            }
        }
        while (Stopwatch.GetElapsedTime(started) < time);
    }

    private static Option<string[]> Words(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static bool Asked<T>(T[]? asked, T value) => asked is null or [] || asked.Contains(value);
}
