namespace NanoBragg.Tool.Gate;

/// <summary>The commands that findings name, written so that they can be pasted as they are.</summary>
internal sealed record NextCommand
{
    /// <summary>Gets the options that the user gave and needs again, such as <c>--baseline "my file.json"</c>; empty for none.</summary>
    public string Options { get; init; } = "";

    /// <summary>Gets the command that accepts changes where it is not the tool's own, such as a build with a property set.</summary>
    public string? AcceptWith { get; init; }

    /// <summary>Gets the file of measured figures that is judged; null where they were measured just now.</summary>
    public string? Measured { get; init; }

    /// <summary>Gives the command that puts measured figures into the baseline.</summary>
    /// <param name="scenario">The case, or null for all.</param>
    /// <param name="metric">The metric, or null for all.</param>
    /// <param name="needsReason">Whether to remind of the reason.</param>
    /// <returns>The command, in back-ticks.</returns>
    public string Accept(string? scenario = null, string? metric = null, bool needsReason = false) => AcceptWith is not null
        ? $"`{AcceptWith}`"
        : $"`{Line("baseline update", Option("--scenario", scenario), Option("--metric", metric), needsReason ? "--reason \"…\"" : "")}`";

    /// <summary>Gives the tool's own command that records a metric anew, whatever the gate says of it.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="metric">The metric.</param>
    /// <returns>The command, in back-ticks.</returns>
    public string Record(string scenario, string metric) => $"`{Line("baseline update", Option("--scenario", scenario), Option("--metric", metric), Option("--measured", Measured))}`";

    /// <summary>Gives the tool's own command that makes a worse value the reference.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="metric">The metric.</param>
    /// <returns>The command, in back-ticks.</returns>
    public string AcceptRegression(string scenario, string metric) =>
        $"`{Line("baseline update", Option("--scenario", scenario), Option("--metric", metric), "--accept-regression \"why\"")}`";

    /// <summary>Gives the command that removes entries of scenarios that are no longer declared.</summary>
    /// <returns>The command, in back-ticks.</returns>
    public string Prune() => $"`{Line("baseline update", "--prune")}`";

    /// <summary>Quotes an option's value where a shell needs it.</summary>
    /// <param name="name">The option.</param>
    /// <param name="value">The value, or null for no option at all.</param>
    /// <returns>The option as it is typed, or an empty text.</returns>
    public static string Option(string name, string? value) => value is null ? ""
        : value.All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':' or '\\') ? $"{name} {value}"
        : $"{name} \"{value}\"";

    private string Line(string command, params string[] options) =>
        string.Join(" ", ((string[])["dotnet nanobragg", command, .. options, Options]).Where(part => part.Length > 0));
}
