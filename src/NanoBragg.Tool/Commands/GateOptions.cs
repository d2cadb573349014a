using System.CommandLine;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Gate;

namespace NanoBragg.Tool.Commands;

/// <summary>The options that several commands around the baseline share, so that they are spelled and explained once.</summary>
internal static class GateOptions
{
    /// <summary>Makes <c>--baseline</c>.</summary>
    /// <returns>The option.</returns>
    public static Option<string> Baseline() => new("--baseline")
    {
        Description = "The committed baseline.",
        HelpName = "FILE",
        DefaultValueFactory = _ => Baselines.Baseline.DefaultFileName,
    };

    /// <summary>Makes <c>--measured</c>.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> Measured() => new("--measured")
    {
        Description = "Figures that `measure --out` wrote. Without it the kernels are measured now.",
        HelpName = "FILE",
    };

    /// <summary>Makes <c>--assembly</c>.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> Assembly() => new("--assembly")
    {
        Description = "The assembly under test. Without it NanoBragg's own kernels.",
        HelpName = "X.dll",
    };

    /// <summary>Makes <c>--workers</c>.</summary>
    /// <returns>The option.</returns>
    public static Option<int> Workers()
    {
        Option<int> option = new("--workers") { Description = "Worker processes, one after another.", HelpName = "N", DefaultValueFactory = _ => 5 };
        option.Validators.Add(result => RefuseBelowOne(result, "--workers"));
        return option;
    }

    /// <summary>Makes <c>--timeout</c>.</summary>
    /// <returns>The option.</returns>
    public static Option<int> Timeout()
    {
        Option<int> option = new("--timeout") { Description = "How long measuring may take in all.", HelpName = "SECONDS", DefaultValueFactory = _ => 900 };
        option.Validators.Add(result => RefuseBelowOne(result, "--timeout"));
        return option;
    }

    /// <summary>Makes <c>--fail-on</c>.</summary>
    /// <returns>The option.</returns>
    public static Option<FailOn> FailOn() => new("--fail-on")
    {
        Description = "all: any metric may fail. exact: only those that do not depend on the machine; for machines too busy to time anything.",
        HelpName = "all|exact",
    };

    /// <summary>Makes <c>--report</c>.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> Report() => new("--report") { Description = "Also write the result here, as JSON.", HelpName = "FILE" };

    /// <summary>Makes <c>--json</c>.</summary>
    /// <returns>The option.</returns>
    public static Option<bool> Json() => new("--json") { Description = "Write the result as JSON, and nothing else, to standard output." };

    /// <summary>Reads a baseline, or says on the error output why not.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="action">What needs the baseline.</param>
    /// <returns>The exit code.</returns>
    public static int WithBaseline(ParseResult parse, Func<int> action)
    {
        try
        {
            return action();
        }
        catch (BaselineException e)
        {
            parse.InvocationConfiguration.Error.WriteLine(Reports.GateText.Canonical(GateReport.Of(e).Findings[0]));
            return (int)ExitCode.BaselineUnusable;
        }
    }

    private static void RefuseBelowOne(System.CommandLine.Parsing.OptionResult result, string name)
    {
        if (result.Errors.Any() || result.GetValueOrDefault<int>() < 1)
        {
            result.AddError($"{name} must be a whole number, at least 1.");
        }
    }
}
