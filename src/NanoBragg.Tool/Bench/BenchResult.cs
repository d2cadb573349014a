using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Bench;

/// <summary>What <c>bench --json</c> prints.</summary>
/// <param name="Suite">The suite.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Runtime">The runtime with its full version.</param>
/// <param name="VectorBits">The widest vector registers that the runtime uses, bits.</param>
/// <param name="Threads">Threads that drew, and that measured the peaks.</param>
/// <param name="Contention">What else went on on the machine.</param>
/// <param name="OperationsPerStep">Floating-point operations of a step (<see cref="StepCost"/>).</param>
/// <param name="Peaks">What the machine does at most.</param>
/// <param name="Rows">The cases.</param>
internal sealed record BenchResult(
    string Suite, MachineFingerprint Machine, string Runtime, int VectorBits, int Threads, Contention Contention, int OperationsPerStep, MachinePeaks Peaks,
    IReadOnlyList<BenchRow> Rows);
