using System.CommandLine;

namespace NanoBragg.Tool.Commands;

/// <summary><c>baseline</c>: the commands on the committed file.</summary>
internal static class BaselineCommands
{
    /// <summary>Makes the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create() => new("baseline", "Looks at the committed baseline, or accepts measured figures into it.")
    {
        BaselineUpdate.Create(),
        BaselineShow.Create(),
        BaselineDiff.Create(),
    };
}
