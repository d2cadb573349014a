using NanoBragg.Tool.Gate;

namespace NanoBragg.Tool.Reports;

/// <summary>The forms in which the gate's report is written to a file, chosen by the file's ending. Each is a pure function of the report.</summary>
internal static class ReportFile
{
    private static readonly (string Ending, Func<GateReport, string> Text)[] Forms =
    [
        (".json", GateJson.Write), (".xml", JUnitReport.Write), (".sarif", SarifReport.Write), (".md", MarkdownReport.Write), (".html", HtmlReport.Write),
    ];

    /// <summary>Gets the endings, for messages.</summary>
    public static string Endings { get; } = $"{string.Join(", ", Forms[..^1].Select(form => form.Ending))} or {Forms[^1].Ending}";

    /// <summary>Tells whether a file's ending names a form.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Whether.</returns>
    public static bool Knows(string path) => Forms.Any(form => IsFor(form.Ending, path));

    /// <summary>Writes a report in the form that the file's ending names.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file, whose ending is known.</param>
    /// <returns>The whole text of the file.</returns>
    public static string Text(GateReport report, string path) => Forms.First(form => IsFor(form.Ending, path)).Text(report);

    private static bool IsFor(string ending, string path) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
