using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Tool.Bench.Ptx;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Bench;

/// <summary>What <c>bench --suite gpu --json</c> prints.</summary>
/// <param name="Suite">The suite.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Devices">The OpenCL devices that drew; none where ILGPU did.</param>
/// <param name="Accelerator">ILGPU's accelerator that drew; null where OpenCL did.</param>
/// <param name="Runtime">The runtime with its full version.</param>
/// <param name="OperationsPerStep">Floating-point operations of a step (<see cref="StepCost"/>).</param>
/// <param name="Rows">The cases.</param>
/// <param name="Code">The cases' inner loops.</param>
internal sealed record GpuResult(
    string Suite, MachineFingerprint Machine, IReadOnlyList<OpenClDevice> Devices, IlgpuDevice? Accelerator, string Runtime, int OperationsPerStep, IReadOnlyList<DeviceRow> Rows, SuiteCode Code);
