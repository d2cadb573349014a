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

    /// <summary>Makes <c>--fail-on</c>.</summary>
    /// <returns>The option.</returns>
    public static Option<FailOn> FailOn() => new("--fail-on")
    {
        Description = "all: any metric may fail. exact: times only inform; for machines too busy to time anything.",
        HelpName = "all|exact",
    };

    /// <summary>Makes <c>--ratchet</c>.</summary>
    /// <returns>The option.</returns>
    public static Option<bool> Ratchet() => new("--ratchet") { Description = "Fail where a metric improved and the baseline does not say so yet, so that no gain can be lost unnoticed." };

    /// <summary>Makes <c>--report</c>.</summary>
    /// <returns>The option; a file whose form is unknown is refused before anything is measured.</returns>
    public static Option<string[]> Report()
    {
        var option = new Option<string[]>("--report")
        {
            Description = "Also write the result to this file, in the form that its ending names: .json, .xml (JUnit), .sarif, .md or .html. May be given several times.",
            HelpName = "FILE",
        };
        option.Validators.Add(result =>
        {
            foreach (var file in result.Tokens.Select(token => token.Value).Where(file => !Reports.ReportFile.Knows(file)))
            {
                result.AddError($"--report {file}: a report's name ends in {Reports.ReportFile.Endings}.");
            }
        });
        return option;
    }

    /// <summary>Spells the option that names the baseline, if it is needed.</summary>
    /// <param name="path">The baseline.</param>
    /// <returns>The option, or an empty text.</returns>
    public static string BaselineAsGiven(string path) => path == Baselines.Baseline.DefaultFileName ? "" : NextCommand.Option("--baseline", path);

    /// <summary>Spells the option that names the assembly as the user did, if he did.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="assembly">The option.</param>
    /// <returns>The option, or an empty text.</returns>
    public static string AssemblyAsGiven(ParseResult parse, Option<string?> assembly) =>
        parse.GetValue(assembly) is { } given ? NextCommand.Option("--assembly", given) : "";

    /// <summary>Does what needs a baseline, or says on the error output why it cannot be used.</summary>
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
}
