using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoBragg.Tool.Measurement.Devices;

/// <summary>What NVIDIA's assembler made of PTX, kernels together: the same wherever that version of it runs.</summary>
/// <param name="Registers">Registers of a thread, of the kernel that takes most.</param>
/// <param name="StackBytes">Bytes of stack of a thread, of the kernel that takes most.</param>
/// <param name="SpillBytes">Bytes that are stored to and loaded from memory because registers ran out.</param>
/// <param name="Instructions">Machine instructions; null where nothing on the search path lists them.</param>
/// <param name="InstructionsNotAvailable">Why they are not counted, or null.</param>
internal sealed partial record AssembledCode(int Registers, int StackBytes, int SpillBytes, int? Instructions, string? InstructionsNotAvailable)
{
    /// <summary>Reads what <c>ptxas -v</c> prints.</summary>
    /// <param name="log">The text.</param>
    /// <param name="listing">What <c>cuobjdump -sass</c> prints of what it made; null where there is no such program.</param>
    /// <param name="notListed">Why there is none, or null.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="UserError">The text says nothing of registers.</exception>
    public static AssembledCode Read(string log, string? listing, string? notListed)
    {
        var registers = Numbers(Used(), log, 1);
        return registers.Count == 0
            ? throw new UserError($"ptxas says nothing of registers: {log.ReplaceLineEndings(" ").Trim()}")
            : new(
                registers.Max(),
                Numbers(Stack(), log, 1).DefaultIfEmpty().Max(),
                Numbers(Stack(), log, 2).Sum() + Numbers(Stack(), log, 3).Sum(),
                listing is null ? null : Instruction().Count(listing),
                notListed);
    }

    private static List<int> Numbers(Regex pattern, string text, int group) =>
        [.. pattern.Matches(text).Select(match => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Used();

    [GeneratedRegex(@"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads")]
    private static partial Regex Stack();

    // An address in a comment, then the instruction: /*0070*/   FFMA R0, R1, R2, R3 ;
    [GeneratedRegex(@"^\s*/\*[0-9a-f]{4,}\*/\s+[^\s/].*;", RegexOptions.Multiline)]
    private static partial Regex Instruction();
}
