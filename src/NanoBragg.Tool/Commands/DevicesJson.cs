using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Commands;

/// <summary>What <c>devices --json</c> prints: the OpenCL devices in the order of their numbers, why there are none, and ILGPU's accelerators in a build that has them.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(CamelCaseNames<OpenClDeviceKind>), typeof(CamelCaseNames<IlgpuKind>)])]
[JsonSerializable(typeof(FoundDevices))]
internal sealed partial class DevicesJson : JsonSerializerContext
{
    /// <summary>Gets the document, in which a plus sign, as in versions, stays readable.</summary>
    public static string Text(FoundDevices devices) => JsonSerializer.Serialize(
        devices, new DevicesJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).FoundDevices) + "\n";
}
