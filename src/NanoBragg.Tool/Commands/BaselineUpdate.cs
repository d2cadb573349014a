using System.CommandLine;
using System.Globalization;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Commands;

/// <summary>
/// <c>baseline update</c> and <c>baseline diff</c>: one function, which measures or reads measured figures, accepts them, and says what changed.
/// </summary>
internal static class BaselineUpdate
{
    // A reference is compared with again and again: its median must be better than that of a run that is judged by it.
    private const int UsualWorkers = 8;

    /// <summary>Makes <c>baseline update</c>.</summary>
    /// <returns>The command.</returns>
    public static Command Create() => Create(
        "update",
        "Puts measured figures into the baseline. What the gate would pass keeps its line; a metric that --metric names is rewritten in any case.",
        alwaysDry: false);

    /// <summary>Makes the command, writing or not.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="alwaysDry">Whether it only says what would change.</param>
    /// <returns>The command.</returns>
    public static Command Create(string name, string description, bool alwaysDry)
    {
        var baseline = GateOptions.Baseline();
        var measured = new Option<string?>("--measured") { Description = "Take the figures that 'measure --out' wrote instead of measuring now.", HelpName = "FILE" };
        var assembly = MeasuringArguments.Assembly();
        var workers = MeasuringArguments.Workers(UsualWorkers);
        var timeout = MeasuringArguments.Timeout();
        var scenarios = new Option<string[]>("--scenario") { Description = "Only this scenario or case; may be given several times.", HelpName = "NAME" };
        var metrics = new Option<string[]>("--metric") { Description = "Only this metric; may be given several times.", HelpName = "NAME" };
        var prune = new Option<bool>("--prune") { Description = "Also remove the entries of this kernel version that no benchmark has any more." };
        var reason = new Option<string?>("--reason") { Description = "Why, recorded on each line whose figure changes.", HelpName = "TEXT" };
        var acceptRegression = new Option<string?>("--accept-regression") { Description = "Accept values that are worse than the baseline, and record this text as their reason. Without it, or --reason, they are refused.", HelpName = "TEXT" };
        var acceptWorse = new Option<bool>("--accept-worse") { Description = "Worse values need no reason: for builds, where a property has said so.", Hidden = true };
        var despiteInterference = new Option<bool>("--despite-interference") { Description = "Record times although other work disturbed the machine." };
        var keepBase = new Option<KeepBase?>("--keep-base")
        {
            Description = "Where to keep the measured code, which later gates judge time against: in the cache of this machine, or in a file beside the baseline, to be committed. Default: where the last one is, else the cache.",
            HelpName = "cache|beside|none",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would change." };
        var command = new Command(name, description) { baseline, measured, assembly, workers, timeout, scenarios, metrics, prune };
        if (!alwaysDry)
        {
            command.Options.Add(reason);
            command.Options.Add(acceptRegression);
            command.Options.Add(acceptWorse);
            command.Options.Add(despiteInterference);
            command.Options.Add(dryRun);
            command.Options.Add(keepBase);
        }

        command.SetAction((parse, cancellation) => Task.Run(
            () => GateOptions.WithBaseline(parse, () =>
            {
                // Read first: a baseline that cannot be used is better known before measuring than after.
                var file = BaselineFile.Read(parse.GetRequiredValue(baseline));
                var request = new AcceptanceRequest
                {
                    Scenarios = parse.GetValue(scenarios) ?? [],
                    Metrics = parse.GetValue(metrics) ?? [],
                    Reason = alwaysDry ? null : Line(parse.GetValue(reason)),
                    AcceptRegression = alwaysDry ? null : Line(parse.GetValue(acceptRegression)),
                    DespiteInterference = !alwaysDry && parse.GetValue(despiteInterference),
                    Prune = parse.GetValue(prune),
                };
                var run = parse.GetValue(measured) is { } path ? MeasuredRunFile.Read(path) : MeasureSession.Run(
                    new MeasureOptions
                    {
                        AssemblyPath = MeasuringArguments.AssemblyPath(parse, assembly),
                        Scenarios = CaseSelection.ScenariosOf(request.Scenarios),
                        Workers = parse.GetValue(workers),
                        Timeout = TimeSpan.FromSeconds(parse.GetValue(timeout)),
                    },
                    new ErrorProgress(parse.InvocationConfiguration.Error),
                    cancellation);
                var accepted = Acceptance.Apply(file.Content, run, request, new GatePolicy());
                var dry = alwaysDry || parse.GetValue(dryRun);
                var needsWord = (request.Reason ?? request.AcceptRegression) is null && (alwaysDry || !parse.GetValue(acceptWorse));
                var word = !(needsWord && accepted.Worse.Count > 0);
                if (dry || word)
                {
                    accepted = WithBase(accepted, file, run, alwaysDry ? null : parse.GetValue(keepBase), MeasuredAssembly(parse, run, measured, assembly), dry);
                }

                if (dry)
                {
                    Say(accepted, file.Path, dry, parse.InvocationConfiguration.Output);
                    SayWhatUpdateRefuses(accepted, needsWord, parse.InvocationConfiguration.Output);
                    return (int)ExitCode.Ok;
                }

                if (!word)
                {
                    string[] options = [NextCommand.Option("--measured", parse.GetValue(measured)), GateOptions.AssemblyAsGiven(parse, assembly), GateOptions.BaselineAsGiven(file.Path)];
                    Refuse(accepted.Worse, new NextCommand { Options = string.Join(' ', options.Where(option => option.Length > 0)) }, parse.InvocationConfiguration.Error);
                    return (int)ExitCode.Regression;
                }

                file.Write(accepted.Baseline);
                Say(accepted, file.Path, dry, parse.InvocationConfiguration.Output);
                return accepted.LeftOut.Count == 0 ? (int)ExitCode.Ok : throw new UserError(
                    $"not recorded, because other work disturbed it: {string.Join(", ", accepted.LeftOut)}; run the command again when the machine is quieter, or record it all the same with --despite-interference",
                    ExitCode.Inconclusive);
            }),
            cancellation));
        return command;
    }

    /// <summary>Gives the assembly that was measured, or null where a file of figures does not say.</summary>
    private static string? MeasuredAssembly(ParseResult parse, MeasuredRun run, Option<string?> measured, Option<string?> assembly)
    {
        if (parse.GetValue(measured) is null)
        {
            return MeasuringArguments.AssemblyPath(parse, assembly);
        }

        return parse.GetValue(assembly) is not { } given ? null
            : !File.Exists(given) ? throw new UserError($"there is no assembly '{given}'")
            : string.Equals(Path.GetFileNameWithoutExtension(given), run.Assembly, StringComparison.OrdinalIgnoreCase) ? Path.GetFullPath(given)
            : throw new UserError($"the figures are of {run.Assembly}, and --assembly names '{given}'");
    }

    /// <summary>Keeps the code for later gates. Where times were left out the base stays: it is what they will still be judged against.</summary>
    private static AcceptedBaseline WithBase(AcceptedBaseline accepted, BaselineFile file, MeasuredRun run, KeepBase? asked, string? assemblyPath, bool dry)
    {
        if (accepted.LeftOut.Count > 0)
        {
            return accepted;
        }

        // A whole entry that is gone, or a machine that is new, says nothing of the code.
        var changed = accepted.Changes.Any(change => change is { Scenario: not null, Metric: not null });
        var then = file.Content.Base;
        var kept = KeptBase.Keep(file, changed, asked, assemblyPath, run.KernelVersion, dry);
        return accepted with
        {
            Baseline = accepted.Baseline with { Base = kept.Pin },
            Changes = kept.Pin?.Sha256 == then?.Sha256 ? accepted.Changes : [.. accepted.Changes, new(null, "base", Said(then), Said(kept.Pin))],
            Remarks = kept.Remark is { } remark ? [.. accepted.Remarks, remark] : accepted.Remarks,
        };
    }

    private static string? Said(PinnedBase? pin) => pin is null ? null : $"{pin.Assembly} {pin.Version} ({pin.Sha256[..12]})";

    private static string? Line(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings(" ").Trim();

    private static void Refuse(IReadOnlyList<Comparison> worse, NextCommand next, TextWriter error)
    {
        foreach (var c in worse)
        {
            error.WriteLine($"nanobragg: error: {Words.ThenAndNow(c)}: worse than the baseline, which is left as it is; to accept it: {next.AcceptRegression(c.Scenario, c.Metric)}");
        }
    }

    private static void SayWhatUpdateRefuses(AcceptedBaseline accepted, bool needsWord, TextWriter output)
    {
        if (needsWord && accepted.Worse.Count > 0)
        {
            output.WriteLine($"note: worse than the baseline, so that 'baseline update' asks for --accept-regression TEXT: {string.Join(", ", accepted.Worse.Select(c => $"{c.Scenario}: {c.Metric}"))}");
        }

        foreach (var figure in accepted.LeftOut)
        {
            output.WriteLine($"note: not recorded, because other work disturbed it: {figure}");
        }
    }

    private static void Say(AcceptedBaseline accepted, string path, bool dry, TextWriter output)
    {
        foreach (var change in accepted.Changes)
        {
            output.WriteLine(change);
        }

        foreach (var remark in accepted.Remarks)
        {
            output.WriteLine($"note: {remark}");
        }

        var count = accepted.Changes.Count;
        output.WriteLine(count == 0
            ? $"{path}: nothing to change"
            : string.Create(CultureInfo.InvariantCulture, $"{path}: {count} {(count == 1 ? "change" : "changes")}{(dry ? ", not written" : "")}"));
    }
}
