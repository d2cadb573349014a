using System.Globalization;

namespace NanoBragg.Tool.Measurement.Devices;

/// <summary>What a PTX listing holds, counted: the same on every machine.</summary>
/// <param name="Instructions">All instructions.</param>
/// <param name="InLoops">Those in loops: from a label to the last jump back to it. An instruction of two nested loops counts once.</param>
/// <param name="SpecialInLoops">Divisions, roots, cosines and powers in loops: several instructions each, or one of a slow unit.</param>
/// <param name="LoadsInLoops">Loads from memory of any kind in loops.</param>
/// <param name="LocalBytes">Bytes of memory of its own that a thread needs beyond registers: arrays that the compiler could not keep in any.</param>
/// <param name="SharedBytes">Bytes that the threads of a group share.</param>
internal sealed record PtxCode(int Instructions, int InLoops, int SpecialInLoops, int LoadsInLoops, int LocalBytes, int SharedBytes)
{
    /// <summary>The classes of <see cref="SpecialInLoops"/>.</summary>
    public static IReadOnlyList<string> Special { get; } = ["cos", "sin", "ex2", "lg2", "sqrt", "rsqrt", "rcp", "div"];

    /// <summary>Counts.</summary>
    /// <param name="listing">The listing.</param>
    /// <returns>The counts.</returns>
    public static PtxCode Of(string listing)
    {
        var instructions = new List<string>();
        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        var (local, shared) = (0, 0);
        foreach (var line in listing.Split('\n').Select(line => line.Split("//")[0].Trim().TrimEnd(';').Replace('\t', ' ')))
        {
            if (line.StartsWith('$') && line.EndsWith(':'))
            {
                labels[line[..^1]] = instructions.Count;
            }
            else if (line.StartsWith(".local", StringComparison.Ordinal))
            {
                local += BytesOf(line);
            }
            else if (line.StartsWith(".shared", StringComparison.Ordinal))
            {
                shared += BytesOf(line);
            }
            else if (line.Length > 0 && (char.IsAsciiLetterLower(line[0]) || line[0] == '@'))
            {
                instructions.Add(line);
            }
        }

        var inLoops = new bool[instructions.Count];
        for (var i = 0; i < instructions.Count; i++)
        {
            if (instructions[i].Contains("bra", StringComparison.Ordinal) && labels.TryGetValue(instructions[i].Split(' ')[^1], out var start) && start <= i)
            {
                inLoops.AsSpan(start, i + 1 - start).Fill(true);
            }
        }

        var names = instructions.Where((_, i) => inLoops[i]).Select(NameOf).ToList();
        return new(instructions.Count, names.Count, names.Count(Special.Contains), names.Count(name => name == "ld"), local, shared);
    }

    /// <summary>Gets an instruction's name without its types, such as <c>fma</c>.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <returns>The name.</returns>
    public static string NameOf(string instruction) => instruction.Split(' ').First(word => !word.StartsWith('@')).Split('.')[0];

    /// <summary>Reads the size of an array such as <c>.shared .align 16 .b8 batch[4096]</c>.</summary>
    private static int BytesOf(string line)
    {
        var (open, close) = (line.IndexOf('['), line.IndexOf(']'));
        var elements = open > 0 && close > open ? int.Parse(line.AsSpan(open + 1, close - open - 1), CultureInfo.InvariantCulture) : 1;
        var type = line[..(open > 0 ? open : line.Length)].Split(' ').First(word => word.Length > 2 && word[0] == '.' && char.IsAsciiLetterLower(word[1]) && char.IsAsciiDigit(word[^1]));
        return elements * int.Parse(type.AsSpan(type.AsSpan().IndexOfAnyInRange('0', '9')), CultureInfo.InvariantCulture) / 8;
    }
}
