using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoBragg.Tool.Measurement;

/// <summary>JSON of the measurement records: camel case, enums as camel-case strings, indented, LF.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCaseNames<MetricKind>), typeof(CamelCaseNames<Better>)])]
[JsonSerializable(typeof(MeasuredRun))]
[JsonSerializable(typeof(WorkerRequest))]
[JsonSerializable(typeof(WorkerReport))]
[JsonSerializable(typeof(WorkerOutcome))]
[JsonSerializable(typeof(IReadOnlyList<ListedScenario>))]
internal sealed partial class MeasurementJson : JsonSerializerContext;

/// <summary>Writes an enum as a camel-case string.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal sealed class CamelCaseNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
