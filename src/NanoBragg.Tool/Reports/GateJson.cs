using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NanoBragg.Tool.Gate;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Reports;

/// <summary>The gate's report as JSON, in a file or on standard output: camel case, enumerations as words, indented, LF.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCaseNames<MetricKind>), typeof(CamelCaseNames<Outcome>), typeof(CamelCaseNames<Severity>), typeof(CamelCaseNames<Verdict>)])]
[JsonSerializable(typeof(GateReport))]
internal sealed partial class GateJson : JsonSerializerContext
{
    private static GateJson? _readable;

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <returns>JSON with a final newline.</returns>
    public static string Write(GateReport report)
    {
        // The default encoder writes apostrophes and × as escapes, which nobody can read; the text is not put into HTML.
        _readable ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return JsonSerializer.Serialize(report, _readable.GateReport) + "\n";
    }
}
