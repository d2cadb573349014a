using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Commands;

/// <summary>What <c>devices --json</c> prints: the devices in the order of their numbers, and why there are none.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(CamelCaseNames<OpenClDeviceKind>)])]
[JsonSerializable(typeof(OpenClDevices))]
internal sealed partial class DevicesJson : JsonSerializerContext
{
    /// <summary>Gets the document, in which a plus sign, as in versions, stays readable.</summary>
    public static string Text(OpenClDevices devices) => JsonSerializer.Serialize(
        devices, new DevicesJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).OpenClDevices) + "\n";
}
