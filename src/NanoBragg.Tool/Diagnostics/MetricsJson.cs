using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Diagnostics;

/// <summary>Writes and reads <c>metrics.json</c>: the report in camel case, LF, final newline, figures that are not known left out.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(CamelCaseNames<DiagnosticStatus>)])]
[JsonSerializable(typeof(DiagnosticReport))]
internal sealed partial class MetricsJson : JsonSerializerContext
{
    /// <summary>Renders a report.</summary>
    public static string Render(DiagnosticReport report) =>
        // Apostrophes and units stay readable.
        JsonSerializer.Serialize(report, new MetricsJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).DiagnosticReport) + "\n";

    /// <summary>Reads a report back.</summary>
    /// <exception cref="JsonException">The text is not a report of this layout.</exception>
    public static DiagnosticReport Parse(string text) =>
        JsonSerializer.Deserialize(text, Default.DiagnosticReport) ?? throw new JsonException("The file holds null.");
}
