using System.Text.Encodings.Web;
using System.Text.Json;

namespace NanoBragg.Tool.Measurement;

/// <summary>JSON for people: as <see cref="MeasurementJson"/>, but <c>×</c> and apostrophes stay readable, and a final newline.</summary>
internal static class ReadableJson
{
    private static readonly MeasurementJson Context =
        new(new JsonSerializerOptions(MeasurementJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Gets a run as JSON.</summary>
    public static string Text(MeasuredRun run) => JsonSerializer.Serialize(run, Context.MeasuredRun) + "\n";

    /// <summary>Gets a list of scenarios as JSON.</summary>
    public static string Text(IReadOnlyList<ListedScenario> scenarios) => JsonSerializer.Serialize(scenarios, Context.IReadOnlyListListedScenario) + "\n";
}
