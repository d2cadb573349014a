using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Benchmarks;

/// <summary>
/// The AT-PERF suite: the set-ups of the PyTorch port's performance tests, with the thresholds that apply to compiled kernels.
/// Where a written threshold and the asserted one of that port differ, the stricter one that has a meaning here is used.
/// </summary>
internal static class AtPerfScenarios
{
    /// <summary>AT-PERF-001: the cost of a pixel must not grow with the picture.</summary>
    [KernelBenchmark("at-perf-001", Measures = "Scaling: cubic crystal, 256² to 2048² pixels, float, one thread; the rate must not fall with size.")]
    [KernelCase(256)]
    [KernelCase(512)]
    [KernelCase(1024)]
    [KernelCase(2048)]
    [KernelComparison("rate-2048-over-256", "2048", "256", AtLeast = 0.5)]
    [KernelComparison("rate-1024-over-256", "1024", "256", AtLeast = 0.5)]
    public static KernelRun Scaling(int pixels) =>
        PictureRun.Prepare(Cubic(pixels), "float", 1, KnownPictures.Cubic(pixels));

    /// <summary>AT-PERF-002: two threads must be faster than one.</summary>
    [KernelBenchmark("at-perf-002", Measures = "Threads: N 10 at 1 Å, 1024² pixels, double, on one and two threads; speed-up by wall time.")]
    [KernelCase(1, Name = "1-thread")]
    [KernelCase(2, Name = "2-threads")]
    [KernelComparison("speed-up-2-threads", "2-threads", "1-thread", Rate = "wall-steps", AtLeast = 1.15)]
    public static KernelRun Threads(int threads) =>
        PictureRun.Prepare(Cubic(1024, cells: 10, wavelengthAngstroms: 1, oversample: 1), "double", threads, KnownPictures.Threads);

    /// <summary>AT-PERF-003: image bytes per second, in both precisions.</summary>
    [KernelBenchmark("at-perf-003", Measures = "Memory bandwidth: cubic crystal at 512², 1024², 2048², double and float, one thread; peak memory and repeatability.")]
    [KernelCase(512, "double")]
    [KernelCase(1024, "double")]
    [KernelCase(2048, "double")]
    [KernelCase(512, "float")]
    [KernelCase(1024, "float")]
    [KernelCase(2048, "float")]
    [KernelComparison("bandwidth-2048-over-512", "2048-double", "512-double", Rate = "bytes", AtLeast = 0.5)]
    [KernelComparison("bandwidth-2048-over-512-float", "2048-float", "512-float", Rate = "bytes", AtLeast = 0.5)]
    [KernelComparison("float-over-double-2048", "2048-float", "2048-double", AtLeast = 1.1)]
    public static KernelRun MemoryBandwidth(int pixels, string precision) =>
        PictureRun.Prepare(Cubic(pixels), precision, 1, KnownPictures.Cubic(pixels));

    /// <summary>AT-PERF-004: the hot path on a crystal without symmetry.</summary>
    [KernelBenchmark("at-perf-004", Measures = "Hot path: triclinic crystal, misset, N 8, 512² pixels, double and float, one thread.")]
    [KernelCase("double")]
    [KernelCase("float")]
    public static KernelRun HotPath(string precision) => PictureRun.Prepare(Triclinic, precision, 1, KnownPictures.Triclinic);

    /// <summary>AT-PERF-005: what the first picture of a process costs beside a steady one.</summary>
    [KernelBenchmark("at-perf-005", Measures = "Cold against warm: the first call (JIT, first touch of the picture) beside steady ones, cubic 1024².")]
    [KernelCase("double")]
    [KernelCase("float")]
    public static KernelRun ColdAgainstWarm(string precision) =>
        PictureRun.Prepare(Cubic(1024), precision, 1, KnownPictures.Cubic(1024));

    /// <summary>AT-PERF-006: the cost of a sub-pixel must not grow with oversampling.</summary>
    [KernelBenchmark("at-perf-006", Measures = "Oversampling: cubic 256² at 1, 2 and 3 sub-pixels an axis, double; the cost of a step must stay flat.")]
    [KernelCase(1, Name = "oversample-1")]
    [KernelCase(2, Name = "oversample-2")]
    [KernelCase(3, Name = "oversample-3")]
    [KernelComparison("rate-oversample-2-over-1", "oversample-2", "oversample-1", AtLeast = 0.6)]
    [KernelComparison("rate-oversample-3-over-1", "oversample-3", "oversample-1", AtLeast = 0.6)]
    public static KernelRun Oversampling(int oversample) =>
        PictureRun.Prepare(Cubic(256, oversample: oversample), "double", 1, KnownPictures.Oversampled(oversample));

    /// <summary>
    /// The crystal that most scenarios share: <c>-cell 100 100 100 90 90 90 -lambda 6.2 -N 5 -default_F 100 -mosflm -distance 100 -pixel 0.1</c>.
    /// </summary>
    internal static Experiment Cubic(int pixels, int cells = 5, double wavelengthAngstroms = 6.2, int oversample = 0) => new(
        new() { Cell = UnitCell.Cubic(100), Cells = (cells, cells, cells), DefaultStructureFactor = 100 },
        Detector.OfPixels(pixels, pixels),
        new() { WavelengthMetres = Units.Angstroms(wavelengthAngstroms) },
        new() { Oversample = oversample });

    /// <summary>
    /// The crystal of AT-PERF-004: <c>-cell 70 80 90 85 95 105 -lambda 1.5 -N 8 -default_F 100 -misset 10 5 3 -distance 100 -detpixels 512</c>.
    /// </summary>
    internal static Experiment Triclinic { get; } = new(
        new()
        {
            Cell = new(70, 80, 90, Units.Degrees(85), Units.Degrees(95), Units.Degrees(105)),
            Cells = (8, 8, 8),
            DefaultStructureFactor = 100,
            MissetRadians = new(Units.Degrees(10), Units.Degrees(5), Units.Degrees(3)),
        },
        Detector.OfPixels(512, 512),
        new() { WavelengthMetres = Units.Angstroms(1.5) },
        new());
}
