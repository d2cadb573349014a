using System.Globalization;

namespace NanoBragg.Tool.Measurement.Devices;

/// <summary>A PTX listing, read line by line.</summary>
/// <param name="Instructions">All instructions, without comments, blanks for tabulators.</param>
/// <param name="Labels">Each label, in order, and how many instructions stand before it.</param>
/// <param name="LocalBytes">Bytes of memory of its own that a thread needs beyond registers.</param>
/// <param name="SharedBytes">Bytes that the threads of a group share.</param>
internal sealed record PtxListing(IReadOnlyList<string> Instructions, IReadOnlyList<(string Name, int Before)> Labels, int LocalBytes, int SharedBytes)
{
    /// <summary>Reads a listing.</summary>
    /// <param name="text">The listing, or a part of it.</param>
    /// <returns>What it holds.</returns>
    public static PtxListing Read(string text)
    {
        var instructions = new List<string>();
        var labels = new List<(string Name, int Before)>();
        var (local, shared) = (0, 0);
        foreach (var line in text.Split('\n').Select(line => line.Split("//")[0].Trim().TrimEnd(';').Replace('\t', ' ')))
        {
            if (line.StartsWith('$') && line.EndsWith(':'))
            {
                labels.Add((line[..^1], instructions.Count));
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

        return new(instructions, labels, local, shared);
    }

    /// <summary>Gets an instruction's name and types, such as <c>fma</c>, <c>rn</c>, <c>f32</c>.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <returns>The parts.</returns>
    public static string[] PartsOf(string instruction) => instruction.Split(' ').First(word => !word.StartsWith('@')).Split('.');

    /// <summary>Reads the size of an array such as <c>.shared .align 16 .b8 batch[4096]</c>.</summary>
    private static int BytesOf(string line)
    {
        var (open, close) = (line.IndexOf('['), line.IndexOf(']'));
        var elements = open > 0 && close > open ? int.Parse(line.AsSpan(open + 1, close - open - 1), CultureInfo.InvariantCulture) : 1;
        var type = line[..(open > 0 ? open : line.Length)].Split(' ').First(word => word.Length > 2 && word[0] == '.' && char.IsAsciiLetterLower(word[1]) && char.IsAsciiDigit(word[^1]));
        return elements * int.Parse(type.AsSpan(type.AsSpan().IndexOfAnyInRange('0', '9')), CultureInfo.InvariantCulture) / 8;
    }
}
