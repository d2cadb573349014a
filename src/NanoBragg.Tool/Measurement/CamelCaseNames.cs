using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoBragg.Tool.Measurement;

/// <summary>Writes an enum as a camel-case string.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal sealed class CamelCaseNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
