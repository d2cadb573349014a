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
        var read = PtxListing.Read(listing);
        var starts = read.Labels.ToDictionary(StringComparer.Ordinal);
        var inLoops = new bool[read.Instructions.Count];
        for (var i = 0; i < inLoops.Length; i++)
        {
            if (read.Instructions[i].Contains("bra", StringComparison.Ordinal) && starts.TryGetValue(read.Instructions[i].Split(' ')[^1], out var start) && start <= i)
            {
                inLoops.AsSpan(start, i + 1 - start).Fill(true);
            }
        }

        var names = read.Instructions.Where((_, i) => inLoops[i]).Select(instruction => PtxListing.PartsOf(instruction)[0]).ToList();
        return new(inLoops.Length, names.Count, names.Count(Special.Contains), names.Count(name => name == "ld"), read.LocalBytes, read.SharedBytes);
    }
}
