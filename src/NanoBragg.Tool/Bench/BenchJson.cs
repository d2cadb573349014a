using System.Text.Json;
using System.Text.Json.Serialization;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Tool.Bench.Cold;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Bench;

/// <summary>A suite's figures as JSON; what is no number, such as an error of a spoilt picture, is <c>"NaN"</c>.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(CamelCaseNames<OpenClDeviceKind>), typeof(CamelCaseNames<IlgpuKind>)])]
[JsonSerializable(typeof(BenchResult))]
[JsonSerializable(typeof(GpuResult))]
[JsonSerializable(typeof(ColdResult))]
[JsonSerializable(typeof(ColdTimes))]
internal sealed partial class BenchJson : JsonSerializerContext
{
    /// <summary>Gets the document.</summary>
    public static string Text(BenchResult result) => JsonSerializer.Serialize(result, Default.BenchResult) + "\n";

    /// <summary>Gets the document of the suite <c>cold</c>.</summary>
    public static string Text(ColdResult result) => JsonSerializer.Serialize(result, Default.ColdResult) + "\n";

    /// <summary>Gets the document of the suite <c>gpu</c>.</summary>
    public static string Text(GpuResult result) => JsonSerializer.Serialize(result, Default.GpuResult) + "\n";
}
