using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;
using SimulateInCode;

var experiment = MosaicCrystal.Experiment();

// The reference device has the C program's bits; the other one is many times faster and equal but for rounding.
var exact = experiment.Simulate(new ReferenceBackEnd());
var fast = experiment.Simulate(new SimdBackEnd(SimdPrecision.Float));

Console.WriteLine($"reference: {exact.Statistics().Sum:F3} photons, brightest pixel {exact.Statistics().Maximum:F3}, SHA-256 {exact.Sha256()}");
Console.WriteLine($"simd:      {fast.Statistics().Sum:F3} photons, brightest pixel {fast.Statistics().Maximum:F3}");

Png.Write("mosaic-crystal.png", fast);
Console.WriteLine("mosaic-crystal.png has the picture");
