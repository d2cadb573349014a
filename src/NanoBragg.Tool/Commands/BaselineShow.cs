using System.CommandLine;
using NanoBragg.Tool.Baselines;
using NanoBragg.Tool.Reports;

namespace NanoBragg.Tool.Commands;

/// <summary><c>baseline show</c>: prints the baseline as a table.</summary>
internal static class BaselineShow
{
    /// <summary>Makes the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var baseline = GateOptions.Baseline();
        var command = new Command("show", "Prints the baseline as a table.") { baseline };
        command.SetAction(parse => GateOptions.WithBaseline(parse, () =>
        {
            var file = BaselineFile.Read(parse.GetRequiredValue(baseline));
            if (!file.Exists)
            {
                throw new UserError($"there is no baseline {file.Path}; record one with `dotnet nanobragg baseline update`", ExitCode.BaselineUnusable);
            }

            BaselineTable.Write(file.Content, parse.InvocationConfiguration.Output);
            return (int)ExitCode.Ok;
        }));
        return command;
    }
}
