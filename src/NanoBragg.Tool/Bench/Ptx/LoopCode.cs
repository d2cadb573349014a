using NanoBragg.Tool.Measurement.Devices;

namespace NanoBragg.Tool.Bench.Ptx;

/// <summary>
/// The instructions of a kernel's inner loop, counted in PTX: the same on every machine. A sign that the next instruction takes with it is not counted.
/// </summary>
/// <param name="MultiplyAdds">Multiply-adds.</param>
/// <param name="OtherArithmetic">Other arithmetic of the loop's numbers, comparisons and choices among them.</param>
/// <param name="Special">Divisions, roots, cosines and powers: several instructions each, or one of a slow unit.</param>
/// <param name="Loads">Loads from memory of any kind.</param>
/// <param name="Rest">Addresses, the loop's counter and its jump.</param>
internal sealed record LoopCode(int MultiplyAdds, int OtherArithmetic, int Special, int Loads, int Rest)
{
    /// <summary>Gets all of them.</summary>
    public int All => MultiplyAdds + OtherArithmetic + Special + Loads + Rest;

    /// <summary>Counts the inner loop of a listing: the longest block that jumps to itself and reads what the work-group shares.</summary>
    /// <param name="listing">The listing.</param>
    /// <returns>The counts; null where there is no such loop.</returns>
    public static LoopCode? Of(string listing)
    {
        var loop = Blocks(listing)
            .Where(block => block.Instructions.Any(line => line.StartsWith("ld.shared", StringComparison.Ordinal)))
            .Where(block => block.Instructions.Any(line => line.Contains("bra", StringComparison.Ordinal) && line.EndsWith(block.Label, StringComparison.Ordinal)))
            .OrderByDescending(block => block.Instructions.Count)
            .FirstOrDefault();
        return loop.Instructions is { } instructions ? Of(instructions) : null;
    }

    /// <summary>Counts a whole kernel.</summary>
    /// <param name="listing">The listing.</param>
    /// <param name="kernel">The kernel's name.</param>
    /// <returns>The counts; none where there is no such kernel.</returns>
    public static LoopCode OfKernel(string listing, string kernel)
    {
        const string Entry = ".entry ";
        var own = listing.Split(Entry).FirstOrDefault(part => part.StartsWith(kernel + "(", StringComparison.Ordinal)) ?? "";
        return Of(PtxListing.Read(own[(own.IndexOf('{') + 1)..]).Instructions);
    }

    private static LoopCode Of(IReadOnlyList<string> instructions)
    {
        var kinds = instructions.Select(Kind).ToLookup(kind => kind);
        return new(kinds["multiplyAdd"].Count(), kinds["arithmetic"].Count(), kinds["special"].Count(), kinds["load"].Count(), kinds["rest"].Count());
    }

    private static IEnumerable<(string Label, IReadOnlyList<string> Instructions)> Blocks(string listing)
    {
        var read = PtxListing.Read(listing);
        var ends = read.Labels.Select(label => label.Before).Append(read.Instructions.Count).Skip(1);
        return read.Labels.Zip(ends, (label, end) => (label.Name, (IReadOnlyList<string>)[.. read.Instructions.Skip(label.Before).Take(end - label.Before)]));
    }

    private static string Kind(string instruction)
    {
        var parts = PtxListing.PartsOf(instruction);
        return parts[0] == "ld" ? "load"
            : parts[0] == "neg" ? "sign"
            : parts[^1] is not ("f32" or "f64") || parts[0] == "mov" ? "rest"
            : parts[0] == "fma" ? "multiplyAdd"
            : PtxCode.Special.Contains(parts[0]) ? "special"
            : "arithmetic";
    }
}
