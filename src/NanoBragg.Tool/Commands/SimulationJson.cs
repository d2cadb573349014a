using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoBragg.Tool.Commands;

/// <summary>A simulation's figures as JSON; what is no number, such as the mean of a spoilt picture, is <c>"NaN"</c>.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SimulationResult))]
internal sealed partial class SimulationJson : JsonSerializerContext
{
    /// <summary>Gets the document.</summary>
    public static string Text(SimulationResult result) => JsonSerializer.Serialize(result, Default.SimulationResult) + "\n";
}
