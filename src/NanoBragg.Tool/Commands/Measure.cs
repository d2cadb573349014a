using System.CommandLine;
using System.Globalization;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;
using NanoBragg.Tool.Measurement.Bases;
using NanoBragg.Tool.Measurement.Identity;

namespace NanoBragg.Tool.Commands;

/// <summary><c>measure</c>: runs scenarios and tells their figures; the first half of <c>gate</c>.</summary>
internal static class Measure
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var scenarios = MeasuringArguments.Scenarios();
        var assembly = MeasuringArguments.Assembly();
        var workers = MeasuringArguments.Workers();
        var timeout = MeasuringArguments.Timeout();
        var json = MeasuringArguments.Json();
        var outFile = new Option<string?>("--out") { Description = "Write the result as JSON to this file, for 'judge' and 'baseline update'.", HelpName = "FILE" };
        var noIdentity = MeasuringArguments.NoIdentity();
        var reuse = new Option<bool>("--reuse") { Description = "Leave the file of --out as it is where measuring again would be measuring the same: for builds.", Hidden = true };
        var baseline = GateOptions.Baseline();
        baseline.Description = "The committed baseline, for the base that it pins.";
        var command = new Command(
            "measure",
            "Measures scenarios in fresh worker processes. A kernel that fails its own check is part of the result; without --out the exit code is then 2.")
        {
            scenarios, assembly, outFile, workers, timeout, json, baseline, noIdentity, reuse,
        };
        var failOn = GateOptions.FailOn();
        failOn.Description = "With --out: exact where times will not be judged, so that no time is spent on being certain of them.";
        command.Options.Add(failOn);
        var baseOptions = new BaseOptions();
        baseOptions.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var options = new MeasureOptions
                {
                    AssemblyPath = MeasuringArguments.AssemblyPath(parsed, assembly),
                    Scenarios = parsed.GetValue(scenarios) ?? [],
                    Workers = parsed.GetValue(workers),
                    Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                    YardsticksBesideBase = true,
                    IgnoreIdentity = parsed.GetValue(noIdentity),
                };
                var progress = new ErrorProgress(parsed.InvocationConfiguration.Error);
                var path = parsed.GetValue(outFile);
                var reusable = parsed.GetValue(reuse) ? path : null;
                MeasuredRun? reused = null;
                var file = Readable(parsed.GetRequiredValue(baseline));
                var policy = new GatePolicy { FailOn = parsed.GetValue(failOn) };

                MeasuredRun Measured(MeasureOptions how)
                {
                    // For a later judge: measured until it will be certain. For the eye: what was asked for.
                    var certain = path is not null && file is not null && (file.Exists || how.BaseAssemblyPath is not null);
                    how = certain ? Certainty.Begin(how, policy) : how;
                    return (reused = ReusableRun.Find(reusable, how))
                        ?? (certain ? GateRun.Of(how, file!, policy, progress, cancellation).Run : MeasureSession.Run(how, progress, cancellation));
                }

                var run = baseOptions.With(parsed, options, file, Measured, progress, cancellation);
                if (reused is not null)
                {
                    ReusableRun.Renew(path!, progress);
                }
                else if (path is not null)
                {
                    MeasuredRunFile.Write(path, run with { AssemblyPin = BaseFiles.PinOf(options.AssemblyPath) });
                }

                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                {
                    output.Write(ReadableJson.Text(run));
                }
                else
                {
                    Print(run, output);
                }

                return (int)(run.Cases.Any(measured => measured.Failure is not null) && parsed.GetValue(outFile) is null ? ExitCode.Regression : ExitCode.Ok);
            },
            cancellation));
        return command;
    }

    /// <summary>Reads a baseline; one that cannot be read is for the judge to tell.</summary>
    private static BaselineFile? Readable(string path)
    {
        try
        {
            return BaselineFile.Read(path);
        }
        catch (BaselineException)
        {
            return null;
        }
    }

    private static void Print(MeasuredRun run, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Assembly} {run.KernelVersion} on {run.Machine.Id}, {run.Workers} worker processes{(run.ReplacedWorkers is { } replaced ? $", {replaced} more killed from outside and replaced" : "")}"));
        foreach (var measured in run.Cases)
        {
            output.WriteLine();
            output.WriteLine(measured.Failure is not null ? $"{measured.Name}  FAILED: {measured.Failure}" : measured.NotAvailable is { } missing ? $"{measured.Name}  not available here: {missing}" : measured.Name);
            foreach (var metric in measured.Metrics)
            {
                var name = metric.Yardstick is null ? metric.Name : $"{metric.Name} / {metric.Yardstick}";
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-20} {metric.Value,14:G6} {metric.Unit}").TrimEnd());
            }

            foreach (var pin in measured.DevicePins)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {pin.Name,-20} {pin.Value,14:G6} {pin.Unit}").TrimEnd());
            }

            foreach (var unknown in (measured.FiguresNotAvailable ?? new Dictionary<string, string>()).GroupBy(figure => figure.Value))
            {
                output.WriteLine($"  {string.Join(", ", unknown.Select(figure => figure.Key))}: not available: {unknown.Key}");
            }

            if (measured.Code is { } code)
            {
                foreach (var pin in code.Pins)
                {
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {pin.Name,-20} {pin.Value,14:G6} {pin.Unit}{(code.Culprit(pin.Name) is { } method ? $", most in {method}" : "")}"));
                }

                if (code.NotAvailable is { } why)
                {
                    output.WriteLine($"  code: not available: {why}");
                }
            }

            if (measured.Resources is { } resources)
            {
                foreach (var pin in resources.Pins)
                {
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {pin.Name,-20} {Math.Round(pin.Value),14} {pin.Unit}, of a process of its own"));
                }

                foreach (var (pin, why) in resources.NotAvailable)
                {
                    output.WriteLine($"  {pin}: not available: {why}");
                }
            }
        }

        foreach (var comparison in run.Comparisons)
        {
            output.WriteLine();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{comparison.Scenario}: {comparison.Name} {comparison.Value:G4}{(comparison.Passes ? "" : $", OUTSIDE its limits{Limit("at least", comparison.AtLeast)}{Limit("at most", comparison.AtMost)}")}"));
        }
    }

    private static string Limit(string words, double? limit) => limit is null ? "" : string.Create(CultureInfo.InvariantCulture, $" ({words} {limit})");
}
