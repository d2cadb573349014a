using System.CommandLine;
using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Tool.Commands;

/// <summary><c>simulate</c>: draws a diffraction picture as the C program nanoBragg does, from the same flags into the same files.</summary>
internal static class Simulate
{
    /// <summary>The command's name.</summary>
    public const string Name = "simulate";

    private const string Help = """
        Draws a diffraction picture as the C program nanoBragg does: same flags, same files, same bytes.

        The options below come first. From the first word with a single dash on, all words are the C program's flags, by its own rules.

        Examples:
          dotnet nanobragg simulate -hkl P1.hkl -cell 70 80 90 75 85 95 -lambda 1 -N 5 -distance 100
                              writes floatimage.bin, intimage.img, image.pgm, noiseimage.img and Fdump.bin
          dotnet nanobragg simulate --png spots.png -default_F 100 -cell 70 80 90 90 90 90 -N 5 -detpixels 256 -floatfile spots.bin
                              the same with a picture to look at
          dotnet nanobragg simulate --device cpu --precision float -default_F 100 -cell 70 80 90 90 90 90 -N 5
                              many times faster, equal but for rounding
          dotnet nanobragg simulate --device gpu --precision float -default_F 100 -cell 70 80 90 90 90 90 -N 5
                              on the first GPU; 'dotnet nanobragg devices' lists what there is
          dotnet nanobragg simulate --strict-args -default_F 100 -cell 70 80 90 90 90 90 -distnce 100
                              an error: the C program would pass over the misspelt word
          dotnet nanobragg simulate --trace-pixel 120 100 -default_F 100 -cell 70 80 90 90 90 90 -N 5 -distance 100
                              how pixel 120 of row 100 comes to its value, step by step; writes no file

        docs/simulate.md has more.
        """;

    /// <summary>Parts a command line into the tool's own words and, for this command, the C program's flags.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>Both parts.</returns>
    public static (string[] Own, string[] Flags) Split(string[] args)
    {
        var command = Array.FindIndex(args, word => !word.StartsWith('-'));
        if (command < 0 || args[command] != Name)
        {
            return (args, []);
        }

        var first = Array.FindIndex(args, command, word => word.StartsWith('-') && !word.StartsWith("--", StringComparison.Ordinal));
        return first < 0 || args[first] is "-h" or "-?" ? (args, []) : (args[..first], args[first..]);
    }

    /// <summary>Makes the command.</summary>
    /// <param name="flags">The C program's flags.</param>
    /// <param name="early">Devices that may be open already.</param>
    public static Command Create(string[] flags, EarlyOpening early)
    {
        var strict = new Option<bool>("--strict-args") { Description = "Refuse words that the C program passes over: misspelt flags, values of no flag." };
        var png = new Option<string?>("--png") { Description = "Write the picture as a PNG, too: brightness is the logarithm, over four decades.", HelpName = "FILE" };
        var device = new Option<string>("--device")
        {
            Description = "Who draws: reference, the C program's bits; cpu, with vector instructions; gpu, the first one; gpus, all of them; opencl:N or opencl:N,M, as 'devices' counts; or, in a build with -p:UseIlgpu=true, ilgpu, its best accelerator, or ilgpu:cuda, ilgpu:opencl or ilgpu:cpu. All but reference hand over what they cannot draw.",
            HelpName = "reference|cpu|gpu|gpus|opencl[:N[,M]]|ilgpu[:KIND]",
            DefaultValueFactory = _ => Drawing.Reference,
        };
        var precision = new Option<string>("--precision")
        {
            Description = "Arithmetic; all but double with another device than reference. double: sum within 1e-8 of the reference; double-fast (cpu): within 1e-6; float: within 3e-6; float-fast (gpu, opencl): the same bounds with the device's own cosine.",
            DefaultValueFactory = _ => Precisions.Usual,
        };
        precision.AcceptOnlyFromAmong([.. Precisions.Names]);
        var threads = new Option<int>("--threads") { Description = "Threads that draw; 0 is one a processor. The picture is the same for any number.", HelpName = "N" };
        var trace = new Option<int[]>("--trace-pixel")
        {
            Description = "Print how one pixel comes to its value, with 17 digits, and write no file: its fast and its slow coordinate, from 0.",
            HelpName = "F S",
            Arity = new(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var json = MeasuringArguments.Json();
        var command = new Command(Name, Help) { strict, png, device, precision, threads, trace, json };
        command.SetAction((parse, cancellation) => Task.Run(
            () =>
            {
                var error = parse.InvocationConfiguration.Error;
                var output = parse.InvocationConfiguration.Output;
                var drawer = parse.GetRequiredValue(device);
                try
                {
                    var backEnd = Drawing.BackEnd(drawer, parse.GetRequiredValue(precision), parse.GetValue(threads), early, cancellation);
                    var folder = Directory.GetCurrentDirectory();
                    var run = Parse(flags, folder, parse.GetValue(strict));
                    if (parse.GetValue(trace) is [var fast, var slow])
                    {
                        RequireAlone(drawer, parse.GetValue(png) is not null || parse.GetValue(json));
                        Trace(run, fast, slow, output, error, cancellation);
                    }
                    else
                    {
                        Draw(run, folder, parse.GetValue(png), parse.GetValue(json), (backEnd, drawer), output, error, cancellation);
                    }
                }
                catch (Exception e) when (e is ExperimentException or DeviceException or IOException or UnauthorizedAccessException)
                {
                    throw new UserError(e.Message.ReplaceLineEndings(" "), innerException: e);
                }

                return (int)ExitCode.Ok;
            },
            cancellation));
        return command;
    }

    private static CommandLineRun Parse(string[] flags, string folder, bool strict)
    {
        if (flags.Length == 0)
        {
            throw new UserError("nothing to simulate: give the C program's flags, such as -default_F 100 -cell 70 80 90 90 90 90. See 'dotnet nanobragg simulate --help'.");
        }

        if (strict && IgnoredWords.First(flags) is { } ignored)
        {
            throw new UserError($"{ignored} (--strict-args)");
        }

        return CommandLineFlags.ParseRun(flags, folder);
    }

    private static void RequireAlone(string device, bool hasOtherOutput)
    {
        if (device != Drawing.Reference || hasOtherOutput)
        {
            throw new UserError($"--trace-pixel prints one pixel of the reference device and nothing else: leave {(hasOtherOutput ? "--png and --json" : $"--device {device}")} out");
        }
    }

    private static void Trace(CommandLineRun run, int fast, int slow, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var plan = SimulationPlan.Create(run.Experiment);
        try
        {
            PixelTrace.Write(plan, fast, slow, output, run.Images.ShowsProgress ? RowProgress.Lines(slow + 1, error) : null, cancellation);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new UserError($"--trace-pixel: {e.Message.Split(" (Parameter", 2)[0]}", innerException: e);
        }
    }

    private static void Draw(
        CommandLineRun run, string folder, string? png, bool json, (Func<IBackEnd> BackEnd, string Name) device, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var plan = SimulationPlan.Create(run.Experiment);
        OutputFolders.Require(folder, [.. run.Images.Files, .. png is null ? (ReadOnlySpan<string>)[] : [png]]);
        if (json && run.Printed is not null)
        {
            throw new UserError("-printout prints lines and --json one document: leave one of the two out");
        }

        var backEnd = device.BackEnd();
        if (backEnd is not ReferenceBackEnd && (run.Printed is null ? backEnd.HandsOver(plan) : "-printout") is { } what)
        {
            error.WriteLine($"nanobragg: the {device.Name} device does not draw {what}: the reference device draws this picture");
            backEnd = new ReferenceBackEnd(backEnd is SimdBackEnd simd ? simd.Threads : 0);
        }

        if (run.Printed is { } printed)
        {
            backEnd = new PrintingBackEnd(printed, run.Experiment.Beam.WavelengthMetres, output);
        }

        run.LeaveDump();
        if (!json)
        {
            WriteLines(PrintedSetup.Lines(run.Experiment, plan), output);
        }

        // As in the C program, what is printed pixel by pixel is its own progress.
        var image = run.Images.ShowsProgress && run.Printed is null
            ? RowProgress.Show(plan.SlowPixels, error, progress => Rendering.Render(plan, backEnd, progress, cancellation))
            : Rendering.Render(plan, backEnd, null, cancellation);
        var rendered = new RenderedRun(run.Experiment, plan, run.Images, image);
        rendered.Write(folder, cancellation);
        if (png is not null)
        {
            cancellation.ThrowIfCancellationRequested();
            Png.Write(Path.Combine(folder, png), image);
        }

        if (json)
        {
            output.Write(SimulationJson.Text(SimulationResult.Of(rendered, plan, run, backEnd, png)));
            return;
        }

        WriteLines(rendered.Lines(), output);
        if (png is not null)
        {
            output.WriteLine($"writing {png} as PNG");
        }
    }

    private static void WriteLines(IEnumerable<string> lines, TextWriter output)
    {
        foreach (var line in lines)
        {
            output.WriteLine(line);
        }
    }
}
