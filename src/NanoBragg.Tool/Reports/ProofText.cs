using System.Globalization;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Proof;
using Spectre.Console;

namespace NanoBragg.Tool.Reports;

/// <summary>What <c>gate --prove</c> found, for people.</summary>
internal static class ProofText
{
    /// <summary>Writes it.</summary>
    /// <param name="proven">The verdicts.</param>
    /// <param name="output">Where to.</param>
    public static void Write(IReadOnlyList<Proven> proven, TextWriter output)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in new[] { "kernel", "candidate", "time against the base", "bounds", "processes", "seconds", "verdict", "" })
        {
            table.AddColumn(heading);
        }

        foreach (var one in proven)
        {
            table.AddRow(new[]
            {
                one.Scenario,
                GateProof.Words(one.Injected),
                one.Time.Change is { } change ? Words.Percent(change, one.Time.Kind) : "",
                GateText.Bounds(one.Time),
                string.Create(CultureInfo.InvariantCulture, $"{one.Time.Groups}"),
                string.Create(CultureInfo.InvariantCulture, $"{one.Seconds:0.0}"),
                one.Time.Outcome.ToString().ToLowerInvariant(),
                one.IsRight switch { true => "right", false => "WRONG", null => "cannot tell" },
            }.Select(cell => new Text(cell)));
        }

        PlainConsole.Draw(table, output);
        output.WriteLine(GateProof.ExitCodeOf(proven) switch
        {
            ExitCode.Ok => "gate --prove: on this machine, as it is now, the gate finds what it should and leaves identical code alone",
            ExitCode.Inconclusive => "gate --prove: this machine is too disturbed at the moment for all of it; nothing was wrong",
            _ => "gate --prove: a verdict is WRONG on this machine; please report it with `dotnet nanobragg diag` and this table",
        });
    }
}
