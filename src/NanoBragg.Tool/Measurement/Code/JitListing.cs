namespace NanoBragg.Tool.Measurement.Code;

/// <summary>One method in the runtime's own listing of the code that it made (<c>DOTNET_JitDisasm</c>).</summary>
/// <param name="Name">The method with its instantiation and signature, such as <c>My.Kernel`1[double]:Sum(ptr,int):double</c>.</param>
/// <param name="Tier">How it was compiled: <c>Tier0</c>, <c>Tier1</c>, <c>Tier1-OSR</c>, <c>FullOpts</c> …</param>
/// <param name="Lines">The lines between the header and the size: comments, labels, instructions, data.</param>
/// <param name="Bytes">The size of the code.</param>
internal sealed record ListedMethod(string Name, string Tier, IReadOnlyList<string> Lines, int Bytes)
{
    /// <summary>Gets the name of the declaring type without its instantiation, such as <c>My.Kernel`1</c>.</summary>
    public string TypeName
    {
        get
        {
            var end = Name.AsSpan().IndexOfAny('[', ':');
            return end < 0 ? Name : Name[..end];
        }
    }

    /// <summary>Gets whether this is the code that a long-running program ends up with. What replaces a running loop (OSR) is not: the next call runs other code.</summary>
    public bool IsFinal => Tier is "Tier1" or "FullOpts";
}

/// <summary>Reads the runtime's listing.</summary>
internal static class JitListing
{
    /// <summary>What is said of a listing that is not whole.</summary>
    public const string Torn = "the listing of the JIT's code is torn";

    private const string Header = "; Assembly listing for method ";
    private const string Size = "; Total bytes of code ";

    /// <summary>Reads all methods, in the order that they were compiled.</summary>
    /// <param name="lines">The listing.</param>
    /// <exception cref="FormatException">The listing is torn: two threads wrote at once, or the process ended within a method.</exception>
    public static List<ListedMethod> Read(IEnumerable<string> lines)
    {
        var methods = new List<ListedMethod>();
        string? title = null;
        var body = new List<string>();
        foreach (var line in lines)
        {
            if (line.StartsWith(Header, StringComparison.Ordinal))
            {
                Whole(title is null);
                title = line[Header.Length..];
                body = [];
            }
            else if (line.StartsWith(Size, StringComparison.Ordinal))
            {
                // "NAME (TIER)"; the name may hold brackets of its own.
                var tier = title?.LastIndexOf(" (", StringComparison.Ordinal) ?? -1;
                Whole(tier > 0 && title!.EndsWith(')') && int.TryParse(line.AsSpan(Size.Length), out _));
                methods.Add(new(title![..tier], title[(tier + 2)..^1].Split(',')[0], body, int.Parse(line.AsSpan(Size.Length), System.Globalization.CultureInfo.InvariantCulture)));
                title = null;
            }
            else if (title is not null)
            {
                body.Add(line);
            }
        }

        Whole(title is null);
        return methods;
    }

    private static void Whole(bool condition)
    {
        if (!condition)
        {
            throw new FormatException(Torn);
        }
    }
}
