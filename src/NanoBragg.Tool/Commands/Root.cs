using System.CommandLine;

namespace NanoBragg.Tool.Commands;

/// <summary>The command line as a whole: its commands, and how every command's end becomes an exit code.</summary>
internal static class Root
{
    private const string Help = """
        Measures compute kernels, judges them against a committed baseline, and says why they are slow.

        Examples:
          dotnet nanobragg diag                             say why the kernels are as fast as they are
          dotnet nanobragg gate --assembly My.dll           judge your own kernels against nanobragg.baseline.json
          dotnet nanobragg gate --assembly bin/Release/net10.0/My.dll --base-ref main
                                                            the same against another revision, on any machine
          dotnet nanobragg baseline update --reason "why"   accept what changed
          dotnet nanobragg list --assembly My.dll           what there is to measure
          dotnet nanobragg simulate -default_F 100 -cell 70 80 90 90 90 90 -N 5
                                                            draw a diffraction picture, as nanoBragg does
          dotnet nanobragg bench --suite cpu                how fast the kernels of diffraction are, and how right
          dotnet nanobragg devices                          on what OpenCL can draw here

        Exit codes:
          0    done, nothing regressed
          1    wrong usage, or the tool or a benchmark crashed
          2    a metric regressed, or a kernel's result is wrong
          3    the baseline cannot be used, or nothing can be compared
          4    the machine was too disturbed to tell
          5    the time limit was reached and the worker was killed
          130  cancelled
        """;

    /// <summary>Shows the whole of an unexpected error instead of one line.</summary>
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show the whole of an unexpected error, with its stack trace (also: NANOBRAGG_DEBUG=1).",
        Recursive = true,
    };

    /// <summary>Runs the command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs the command line with its messages going elsewhere than to the console; what a command itself prints goes to its own <c>Console</c>.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var (own, flags) = Simulate.Split(args);
        using var early = EarlyOpening.Of(own);
        var root = Create(own, flags, early);
        var parsed = root.Parse(own.Length == 0 ? ["--help"] : own);
        if (parsed.Errors.Count > 0)
        {
            // Not left to the library, which prints the whole help on standard output, where scripts expect JSON.
            var command = parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ";
            error.WriteLine($"nanobragg: error: {string.Join(" ", parsed.Errors.Select(found => found.Message))} See 'dotnet nanobragg {command}--help'.");
            return (int)ExitCode.Failure;
        }

        try
        {
            // A cancelled command has some seconds to kill its worker, delete its temporary files, and finish what it writes.
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(15),
            });
        }
        catch (UserError e)
        {
            error.WriteLine($"nanobragg: error: {e.Message}");
            ShowWhole(e.InnerException, parsed, error);
            return (int)e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("nanobragg: cancelled");
            return (int)ExitCode.Cancelled;
        }
#pragma warning disable CA1031 // The last resort: whatever happens, the user sees one line and not a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            error.WriteLine($"nanobragg: error: unexpected {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} (run again with --verbose to see where)");
            ShowWhole(e, parsed, error);
            return (int)ExitCode.Failure;
        }
    }

    /// <summary>Makes the root command: with the command that is asked for alone, where one is, because to make all of them takes as long as a small picture.</summary>
    /// <param name="own">The words that are for this command line.</param>
    /// <param name="flags">The words of <c>simulate</c> that are the C program's and not for this command line.</param>
    /// <param name="early">Devices of <c>simulate</c> that may be open already.</param>
    private static RootCommand Create(string[] own, string[] flags, EarlyOpening early)
    {
        (string Name, Func<Command> Create)[] commands =
        [
            ("diag", Diag.Create),
            ("gate", Gate.Create),
            ("baseline", BaselineCommands.Create),
            ("list", List.Create),
            ("measure", Measure.Create),
            ("judge", Judge.Create),
            ("study", Study.Create),
            ("schema", Schema.Create),
            (Simulate.Name, () => Simulate.Create(flags, early)),
            ("bench", Bench.Create),
            ("devices", Devices.Create),
        ];
        var root = new RootCommand(Help) { Verbose };
        var asked = commands.Where(command => own.Length > 0 && own[0] == command.Name).ToArray();
        foreach (var command in asked.Length > 0 ? asked : commands)
        {
            root.Subcommands.Add(command.Create());
        }

        return root;
    }

    private static void ShowWhole(Exception? exception, ParseResult parsed, TextWriter error)
    {
        if (exception is not null && (parsed.GetValue(Verbose) || Environment.GetEnvironmentVariable("NANOBRAGG_DEBUG") is { Length: > 0 }))
        {
            error.WriteLine(exception);
        }
    }
}
