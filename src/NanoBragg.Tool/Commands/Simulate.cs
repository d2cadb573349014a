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
    private const string Name = "simulate";

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
          dotnet nanobragg simulate --strict-args -default_F 100 -cell 70 80 90 90 90 90 -distnce 100
                              an error: the C program would pass over the misspelt word

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
    public static Command Create(string[] flags)
    {
        var strict = new Option<bool>("--strict-args") { Description = "Refuse words that the C program passes over: misspelt flags, values of no flag." };
        var png = new Option<string?>("--png") { Description = "Write the picture as a PNG, too: brightness is the logarithm, over four decades.", HelpName = "FILE" };
        var device = new Option<string>("--device")
        {
            Description = "Who draws: reference, the C program's bits, or cpu, with vector instructions, which hands over what it cannot draw.",
            DefaultValueFactory = _ => "reference",
        };
        device.AcceptOnlyFromAmong("reference", "cpu");
        var precision = new Option<string>("--precision") { Description = "Arithmetic: double or, with --device cpu, float.", DefaultValueFactory = _ => "double" };
        precision.AcceptOnlyFromAmong("double", "float");
        var threads = new Option<int>("--threads") { Description = "Threads of --device cpu; 0 is one a processor.", HelpName = "N" };
        var json = MeasuringArguments.Json();
        var command = new Command(Name, Help) { strict, png, device, precision, threads, json };
        command.SetAction((parse, cancellation) => Task.Run(
            () =>
            {
                var error = parse.InvocationConfiguration.Error;
                var backEnd = BackEnd(parse.GetRequiredValue(device) == "cpu", parse.GetRequiredValue(precision) == "float", parse.GetValue(threads));
                try
                {
                    Run(flags, parse.GetValue(strict), parse.GetValue(png), parse.GetValue(json), backEnd, parse.InvocationConfiguration.Output, error, cancellation);
                }
                catch (Exception e) when (e is ExperimentException or IOException or UnauthorizedAccessException)
                {
                    throw new UserError(e.Message.ReplaceLineEndings(" "), innerException: e);
                }

                return (int)ExitCode.Ok;
            },
            cancellation));
        return command;
    }

    private static IBackEnd BackEnd(bool cpu, bool single, int threads)
    {
        if (!cpu && (single || threads > 1))
        {
            throw new UserError($"{(single ? "--precision float" : "--threads")} needs --device cpu: the reference device has one thread of doubles, as the C program");
        }

        return threads < 0
            ? throw new UserError("--threads is a number of threads, or 0 for one a processor")
            : cpu ? new SimdBackEnd(single ? SimdPrecision.Float : SimdPrecision.Double, threads) : new ReferenceBackEnd();
    }

    private static void Run(
        string[] flags, bool strict, string? png, bool json, IBackEnd backEnd, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (flags.Length == 0)
        {
            throw new UserError("nothing to simulate: give the C program's flags, such as -default_F 100 -cell 70 80 90 90 90 90. See 'dotnet nanobragg simulate --help'.");
        }

        if (strict && IgnoredWords.First(flags) is { } ignored)
        {
            throw new UserError($"{ignored} (--strict-args)");
        }

        var folder = Directory.GetCurrentDirectory();
        var run = CommandLineFlags.ParseRun(flags, folder);
        var plan = SimulationPlan.Create(run.Experiment);
        RequireFolders(folder, [.. run.Images.Files, .. png is null ? (ReadOnlySpan<string>)[] : [png]]);
        if (backEnd is SimdBackEnd && plan.ReferenceOnly is { } what)
        {
            error.WriteLine($"nanobragg: the cpu device does not draw {what}: the reference device draws this picture, on one thread");
            backEnd = new ReferenceBackEnd();
        }

        run.LeaveDump();
        var image = Rendering.Render(plan, backEnd, run.Images.ShowsProgress ? new ErrorProgress(error) : null, cancellation);
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

        foreach (var line in rendered.Lines())
        {
            output.WriteLine(line);
        }

        if (png is not null)
        {
            output.WriteLine($"writing {png} as PNG");
        }
    }

    // Before anything is drawn: a picture may take hours.
    private static void RequireFolders(string folder, string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.GetFullPath(Path.Combine(folder, file));
            if (file.Length == 0 || Directory.Exists(path))
            {
                throw new UserError($"'{file}' cannot be written: it is not the name of a file");
            }

            if (!Directory.Exists(Path.GetDirectoryName(path)))
            {
                throw new UserError($"{file} cannot be written: there is no folder {Path.GetDirectoryName(path)}");
            }

            // Devices are written to as they stand, and links where they lead.
            if (!path.StartsWith("/dev/", StringComparison.Ordinal) && new FileInfo(path).LinkTarget is null)
            {
                RequireTakesFiles(Path.GetDirectoryName(path)!, file);
            }
        }
    }

    private static void RequireTakesFiles(string folder, string file)
    {
        try
        {
            File.Create(Path.Combine(folder, $".nanobragg.{Guid.NewGuid():n}.tmp"), 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{file} cannot be written: the folder {folder} takes no files", innerException: e);
        }
    }
}
