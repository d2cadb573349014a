namespace NanoBragg.Tool.Reports;

/// <summary>What each code means: <c>docs/codes.md</c>, built into the tool, so that reports explain themselves without a network.</summary>
internal static class CodesPage
{
    private const string Heading = "\n## ";

    private static readonly Dictionary<string, (string Title, string Text)> Sections = Read();

    /// <summary>Gives a code's heading.</summary>
    /// <param name="code">The code.</param>
    /// <returns>A few words, such as <c>a metric regressed</c>.</returns>
    public static string Title(string code) => Sections[code].Title;

    /// <summary>Gives a code's explanation.</summary>
    /// <param name="code">The code.</param>
    /// <returns>Markdown.</returns>
    public static string Text(string code) => Sections[code].Text;

    private static Dictionary<string, (string Title, string Text)> Read()
    {
        using var stream = typeof(CodesPage).Assembly.GetManifestResourceStream("codes.md")!;
        using var reader = new StreamReader(stream);
        var sections = new Dictionary<string, (string Title, string Text)>(StringComparer.Ordinal);
        foreach (var section in reader.ReadToEnd().ReplaceLineEndings("\n").Split(Heading).Skip(1))
        {
            // "NB1001: a metric regressed", the explanation, and the anchor of the next section.
            var lines = section.Split('\n');
            var colon = lines[0].IndexOf(": ", StringComparison.Ordinal);
            sections.Add(lines[0][..colon], (lines[0][(colon + 2)..], string.Join('\n', lines.Skip(1).Where(line => !line.StartsWith("<a id=", StringComparison.Ordinal))).Trim()));
        }

        return sections;
    }
}
