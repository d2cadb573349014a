using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;
using NanoBragg.Peers;
using NanoBragg.Tool;
using NanoBragg.Tool.Study;

var trials = new Option<FileInfo>("--trials") { Description = "The trials file to append to.", HelpName = "FILE", Required = true };
var job = new Option<string>("--job") { Description = "The job: short (BenchmarkDotNet's ShortRun) or medium (MediumRun).", DefaultValueFactory = _ => "short" };
job.AcceptOnlyFromAmong("short", "medium");
var injected = new Option<double[]>("--injected")
{
    Description = "The shares of injected work, with commas between them: 0 for the same code, 0.05 for 5 % more.",
    HelpName = "0,0.05,0.10",
    DefaultValueFactory = _ => [0],
    CustomParser = result =>
    {
        var shares = new List<double>();
        foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 10)
            {
                shares.Add(share);
            }
            else
            {
                result.AddError($"--injected: '{text}' is no share from 0 to 10.");
            }
        }

        return [.. shares.Distinct()];
    },
};
var count = new Option<int>("--count") { Description = "How often each share is run.", HelpName = "N", DefaultValueFactory = _ => 1 };
count.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 1000)
    {
        result.AddError("--count must be from 1 to 1000.");
    }
});
var load = new Option<string>("--load") { Description = "What runs beside it meanwhile: it is recorded, not made.", DefaultValueFactory = _ => Loads.Idle };
load.AcceptOnlyFromAmong(Loads.Idle, Loads.One, Loads.Two);

var root = new RootCommand("Benchmarks the proof kernel 'compute' with BenchmarkDotNet and appends a trial for each run, for 'dotnet nanobragg study' to be compared with.")
{
    trials, job, injected, count, load,
};
root.SetAction(parse =>
{
    ComputeKernel.Rounds = [.. Enumerable.Range(1, parse.GetValue(count))];
    ComputeKernel.InjectedShares = parse.GetValue(injected)!;
    var isMedium = parse.GetValue(job) == "medium";
    var log = new AccumulationLogger();
    using var artifacts = new ArtifactsFolder();
    var recorder = new TrialRecorder(
        parse.GetValue(trials)!.FullName,
        isMedium ? Designs.MediumRun : Designs.ShortRun,
        parse.GetValue(load)!,
        parse.InvocationConfiguration.Output.WriteLine);

    // BenchmarkDotNet looks for this project's file from the current folder upwards.
    Directory.SetCurrentDirectory(AppContext.BaseDirectory);
    BenchmarkRunner.Run<ComputeKernel>(ManualConfig.CreateEmpty()
        .AddJob(isMedium ? Job.MediumRun : Job.ShortRun)
        .AddValidator(JitOptimizationsValidator.FailOnError)
        .AddLogger(log)
        .AddEventProcessor(recorder)
        .WithArtifactsPath(artifacts.Path)
        .WithOptions(ConfigOptions.DisableLogFile));
    var missing = (ComputeKernel.Rounds.Count * ComputeKernel.InjectedShares.Count) - recorder.Recorded;
    if (missing > 0)
    {
        parse.InvocationConfiguration.Error.WriteLine(log.GetLog());
        parse.InvocationConfiguration.Error.WriteLine($"{missing} runs failed; BenchmarkDotNet's log above says why");
    }

    return missing == 0 ? 0 : 1;
});

// Exits rather than dies, so that what must not stay is removed.
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Exit);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Exit);
return root.Parse(args).Invoke(new() { ProcessTerminationTimeout = null });

static void Exit(PosixSignalContext signal)
{
    signal.Cancel = true;
    Environment.Exit((int)ExitCode.Cancelled);
}
