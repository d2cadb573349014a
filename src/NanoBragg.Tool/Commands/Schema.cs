using System.CommandLine;
using NanoBragg.Tool.Baselines;

namespace NanoBragg.Tool.Commands;

/// <summary><c>schema</c>: prints the JSON schema of the baseline.</summary>
internal static class Schema
{
    /// <summary>Makes the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new Command("schema", "Prints the JSON schema of the baseline.");
        command.SetAction(parse => parse.InvocationConfiguration.Output.Write(BaselineSchema.Text()));
        return command;
    }
}
