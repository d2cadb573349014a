using System.Text.Json.Serialization;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;

namespace NanoBragg.Tool.Commands;

/// <summary>What <c>devices</c> finds.</summary>
/// <param name="All">The OpenCL devices in the order of their numbers.</param>
/// <param name="ReasonForNone">Why there are none; null where there are some.</param>
/// <param name="Ilgpu">ILGPU's accelerators, the preferred first; null in a build without them.</param>
internal sealed record FoundDevices(
    IReadOnlyList<OpenClDevice> All,
    string? ReasonForNone,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<IlgpuDevice>? Ilgpu);
