using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoBragg.Tool.Bench;

/// <summary>A suite's figures as JSON; what is no number, such as an error of a spoilt picture, is <c>"NaN"</c>.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(BenchResult))]
internal sealed partial class BenchJson : JsonSerializerContext
{
    /// <summary>Gets the document.</summary>
    public static string Text(BenchResult result) => JsonSerializer.Serialize(result, Default.BenchResult) + "\n";
}
