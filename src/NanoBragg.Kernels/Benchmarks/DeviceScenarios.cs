using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Kernels.Benchmarks;

/// <summary>
/// The parts of the AT-PERF suite that need a GPU. Where there is none they are not available but for what a compiler makes of their kernels.
/// </summary>
internal static class DeviceScenarios
{
    private const int CpuThreads = 4;

    /// <summary>AT-PERF-002's part for a GPU: it must be faster than four threads of the processor.</summary>
    [KernelBenchmark("at-perf-002-device", Measures = "GPU against processor: N 10 at 1 Å, 1024² pixels, float; speed-up over four threads by wall time.")]
    [KernelCase("cpu")]
    [KernelCase("device")]
    [KernelComparison("speed-up-of-the-device", "device", "cpu", Rate = "wall-steps", AtLeast = 1)]
    public static KernelRun SpeedUp(string where)
    {
        var experiment = AtPerfScenarios.Cubic(1024, cells: 10, wavelengthAngstroms: 1, oversample: 1);
        if (where == "device")
        {
            return DevicePictureRun.Prepare(experiment, "float", KnownPictures.Threads);
        }

        var plan = SimulationPlan.Create(experiment);
        var image = new DiffractionImage(plan.FastPixels, plan.SlowPixels, new float[plan.FastPixels * plan.SlowPixels]);
        var backEnd = new SimdBackEnd(SimdPrecision.Float, CpuThreads);
        return new KernelRun(() => backEnd.Render(plan, image.Pixels))
        {
            Steps = plan.Steps,
            StepUnit = "steps",
            Threads = CpuThreads,
            NotAvailable = ChosenDevice.Find(needsDouble: false).NotAvailable,
            Check = () => KnownPictures.Threads.Verify(image, 3e-6, 1e-4),
        };
    }

    /// <summary>AT-PERF-003 on a GPU: picture bytes per second beside what the device's memory can do.</summary>
    [KernelBenchmark("at-perf-003-device", Measures = "Memory bandwidth of a GPU: cubic crystal at 512², 1024², 2048², beside the mere writing of such a picture, and a triad of three arrays of 64 MiB.")]
    [KernelCase(512, "float")]
    [KernelCase(1024, "float")]
    [KernelCase(2048, "float")]
    [KernelCase(2048, "float-fast")]
    [KernelCase(2048, "double")]
    [KernelCase(2048, "fill", Name = "2048-fill")]
    [KernelCase(0, "triad", Name = "triad")]
    [KernelComparison("bandwidth-2048-over-512", "2048-float", "512-float", Rate = "bytes", AtLeast = 0.5)]
    [KernelComparison("share-of-the-fill", "2048-float", "2048-fill", Rate = "bytes")]
    [KernelComparison("share-of-the-fill-fast", "2048-float-fast", "2048-fill", Rate = "bytes")]
    [KernelComparison("share-of-the-triad", "2048-float", "triad", Rate = "bytes")]
    [KernelComparison("share-of-the-triad-fast", "2048-float-fast", "triad", Rate = "bytes")]
    public static KernelRun MemoryBandwidth(int pixels, string precision) =>
        precision switch
        {
            "triad" => Stream(DeviceStream.Triad),
            "fill" => Stream(device => DeviceStream.Fill(device, pixels * pixels)),
            _ => DevicePictureRun.Prepare(AtPerfScenarios.Cubic(pixels), precision, KnownPictures.Cubic(pixels)),
        };

    /// <summary>AT-PERF-004 on a GPU: the hot path in each arithmetic.</summary>
    [KernelBenchmark("at-perf-004-device", Measures = "Hot path on a GPU: triclinic crystal, misset, N 8, 512² pixels, in each arithmetic; nothing is copied while it draws.")]
    [KernelCase("float")]
    [KernelCase("float-fast")]
    [KernelCase("double")]
    public static KernelRun HotPath(string precision) => DevicePictureRun.Prepare(AtPerfScenarios.Triclinic, precision, KnownPictures.Triclinic);

    private static KernelRun Stream(Func<OpenClDevice, DeviceStream> prepare)
    {
        var device = ChosenDevice.Find(needsDouble: false);
        var stream = device.Device is { } found ? prepare(found) : null;
        return new KernelRun(() => (stream ?? throw new InvalidOperationException(device.NotAvailable)).Run())
        {
            Bytes = stream?.Bytes ?? 0.0,
            DeviceSeconds = () => stream!.DeviceSeconds,
            NotAvailable = device.NotAvailable,
            Check = () => new Dictionary<string, double> { ["last"] = stream!.Last() },
        };
    }
}
