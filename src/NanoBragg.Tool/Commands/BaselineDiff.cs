using System.CommandLine;

namespace NanoBragg.Tool.Commands;

/// <summary><c>baseline diff</c>: what <c>baseline update</c> would change.</summary>
internal static class BaselineDiff
{
    /// <summary>Makes the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create() => BaselineUpdate.Create("diff", "Says what 'baseline update' would change, and changes nothing.", alwaysDry: true);
}
