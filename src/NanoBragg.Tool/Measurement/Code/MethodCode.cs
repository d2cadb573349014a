using System.Text.RegularExpressions;

namespace NanoBragg.Tool.Measurement.Code;

/// <summary>What the final code of one method looks like.</summary>
internal sealed partial record MethodCode
{
    /// <summary>Gets the method, with its instantiation and signature.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Gets the size of its code, bytes; null where it calls into the operating system. Whether such a call is direct or through a register depends on when it was
    /// first made, so the size differs from process to process.
    /// </summary>
    public int? Bytes { get; init; }

    /// <summary>Gets instructions in loops that move a vector register to the stack or back: the registers did not suffice, or were saved around a call.</summary>
    public required int VectorStackMoves { get; init; }

    /// <summary>Gets call instructions in loops.</summary>
    public required int CallsInLoops { get; init; }

    /// <summary>Gets fused multiply-add instructions.</summary>
    public required int FmaCount { get; init; }

    /// <summary>
    /// Looks at a method's listing (x64). An instruction is in a loop where its block can be reached from itself; blocks that were moved out of the way
    /// and jump back are part of it, those that throw are not.
    /// </summary>
    /// <returns>What was found, or null where the method has no loop.</returns>
    public static MethodCode? Of(ListedMethod method)
    {
        var blocks = Blocks(method.Lines);
        var inLoop = InLoop(blocks);
        if (inLoop.Count == 0)
        {
            return null;
        }

        // Elsewhere rbp is a register like others.
        var stack = method.Lines.Contains("; rbp based frame") ? RelativeToStackOrFrame() : RelativeToStack();
        var looping = inLoop.SelectMany(block => block.Instructions).ToList();
        return new()
        {
            Name = method.Name,
            Bytes = method.Lines.Any(CallsSystem) ? null : method.Bytes,
            VectorStackMoves = looping.Count(text => stack.IsMatch(text) && VectorRegister().IsMatch(text)),
            CallsInLoops = looping.Count(text => Mnemonic(text) == "call"),
            FmaCount = blocks.SelectMany(block => block.Instructions).Count(text => FusedMultiplyAdd().IsMatch(text)),
        };
    }

    // Around such a call stands a stop for the garbage collector.
    private static bool CallsSystem(string line) =>
        line.Contains("__PInvoke|", StringComparison.Ordinal) || line.Contains("CORINFO_HELP_STOP_FOR_GC", StringComparison.Ordinal);

    private static List<Block> Blocks(IReadOnlyList<string> lines)
    {
        var blocks = new List<Block>();
        var current = new Block("");
        var tables = lines.Where(line => line.StartsWith("RWD", StringComparison.Ordinal) || line.StartsWith('\t')).SelectMany(Labels).Distinct().ToList();
        foreach (var line in lines)
        {
            if (line.StartsWith("G_M", StringComparison.Ordinal) && line.IndexOf(':') is > 0 and var colon)
            {
                Next(new Block(line[..colon]), fallsThrough: true);
                continue;
            }

            // Instructions are indented; comments, data and empty lines are not.
            if (!line.StartsWith("       ", StringComparison.Ordinal) || string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var text = line.Trim();
            current.Instructions.Add(text);
            switch (Mnemonic(text))
            {
                case "jmp" or "tail.jmp":
                    // A jump through a register goes where one of the method's tables says.
                    var targets = Labels(text).ToList();
                    current.Successors.AddRange(targets.Count > 0 ? targets : tables);
                    Next(new Block(""), fallsThrough: false);
                    break;
                case "ret" or "int3":
                    Next(new Block(""), fallsThrough: false);
                    break;
                case ['j', ..]:
                    current.Successors.AddRange(Labels(text));
                    Next(new Block(""), fallsThrough: true);
                    break;
                default:
                    break;
            }
        }

        blocks.Add(current);
        return blocks;

        void Next(Block block, bool fallsThrough)
        {
            blocks.Add(current);
            current.Next = fallsThrough ? block : null;
            current = block;
        }
    }

    private static List<Block> InLoop(List<Block> blocks)
    {
        var byLabel = blocks.Where(block => block.Label.Length > 0).ToDictionary(block => block.Label, StringComparer.Ordinal);
        return [.. blocks.Where(ReachesItself)];

        bool ReachesItself(Block start)
        {
            var seen = new HashSet<Block>();
            var open = new Stack<Block>(After(start));
            while (open.TryPop(out var block))
            {
                if (block == start)
                {
                    return true;
                }

                if (seen.Add(block))
                {
                    foreach (var next in After(block))
                    {
                        open.Push(next);
                    }
                }
            }

            return false;
        }

        IEnumerable<Block> After(Block block) =>
            block.Successors.Where(byLabel.ContainsKey).Select(label => byLabel[label]).Concat(block.Next is { } next ? [next] : []);
    }

    private static string Mnemonic(string text) => text.IndexOf(' ') is > 0 and var end ? text[..end] : text;

    private static IEnumerable<string> Labels(string text) => Label().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"G_M\d+_IG\d+")]
    private static partial Regex Label();

    [GeneratedRegex(@"\[rsp\b")]
    private static partial Regex RelativeToStack();

    [GeneratedRegex(@"\[r[sb]p\b")]
    private static partial Regex RelativeToStackOrFrame();

    [GeneratedRegex(@"\b[xyz]mm\d+\b")]
    private static partial Regex VectorRegister();

    [GeneratedRegex(@"^vfn?m(add|sub)")]
    private static partial Regex FusedMultiplyAdd();

    /// <summary>Instructions that run one after the other.</summary>
    private sealed class Block(string label)
    {
        public string Label { get; } = label;

        public List<string> Instructions { get; } = [];

        /// <summary>Gets the labels that it jumps to.</summary>
        public List<string> Successors { get; } = [];

        /// <summary>Gets or sets the block that follows where it does not jump.</summary>
        public Block? Next { get; set; }
    }
}
