using System.CommandLine;

namespace NanoBragg.Tool.Commands;

/// <summary>Arguments and options that several commands share. Each call makes a new one: a command owns its symbols.</summary>
internal static class MeasuringArguments
{
    /// <summary>Makes the argument that names scenarios.</summary>
    public static Argument<string[]> Scenarios()
    {
        var argument = new Argument<string[]>("scenario")
        {
            Description = "The scenarios to run, by name; all when none is named.",
            Arity = ArgumentArity.ZeroOrMore,
        };

        // An argument that takes any number of values takes mistyped options too.
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
            {
                result.AddError($"There is no option '{token.Value}'.");
            }
        });
        return argument;
    }

    /// <summary>Makes the option that names the assembly under test; <see cref="AssemblyPath"/> reads it.</summary>
    public static Option<string?> Assembly() => new("--assembly")
    {
        Description = "The assembly whose [KernelBenchmark]s are run. Default: this tool's own kernels.",
        HelpName = "X.dll",
    };

    /// <summary>Gets the full path of the assembly under test.</summary>
    public static string AssemblyPath(ParseResult parsed, Option<string?> assembly) =>
        Path.GetFullPath(parsed.GetValue(assembly) ?? Path.Combine(AppContext.BaseDirectory, "NanoBragg.Kernels.dll"));

    /// <summary>Makes the option that says how many fresh worker processes measure.</summary>
    /// <param name="usual">How many, if nothing is said.</param>
    public static Option<int> Workers(int usual = 5)
    {
        var option = new Option<int>("--workers")
        {
            Description = "How many fresh worker processes measure, one after the other.",
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100)
            {
                result.AddError("--workers must be from 1 to 100.");
            }
        });
        return option;
    }

    /// <summary>Makes the option that limits the time of the whole command.</summary>
    public static Option<double> Timeout()
    {
        var option = new Option<double>("--timeout")
        {
            Description = "Seconds after which the worker and all that it started are killed; the exit code is then 5.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 900,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 86_400))
            {
                result.AddError("--timeout must be above 0 and at most 86400 seconds.");
            }
        });
        return option;
    }

    /// <summary>Makes the option that leaves the identity of the code out of account.</summary>
    public static Option<bool> NoIdentity() => new("--no-identity") { Description = "Measure and judge everything, also what is the same code as before, or as in the base." };

    /// <summary>Makes the option that asks for machine-readable output.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on standard output, and nothing else there." };
}
