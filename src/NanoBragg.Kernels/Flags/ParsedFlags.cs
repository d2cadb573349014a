using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Imaging;
using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Flags;

/// <summary>The reference program's variables while its command line is read: one a flag, so that the last flag wins.</summary>
internal sealed class ParsedFlags
{
    public Crystal Crystal { get; set; } = new();

    public Detector Detector { get; set; } = new();

    public Beam Beam { get; set; } = new();

    public Sampling Sampling { get; set; } = new();

    public RequestedImages Images { get; set; } = new();

    public LaboratoryAxes CustomAxes { get; set; } = Conventions.CustomDefault;

    /// <summary>Gets or sets the pixels along the fast axis, which beat the size along it; 0 where not given.</summary>
    public int FastPixels { get; set; }

    /// <summary>Gets or sets the pixels along the slow axis, which beat the size along it; 0 where not given.</summary>
    public int SlowPixels { get; set; }

    /// <summary>Gets the figures of <c>-cell</c>: three edges, Å, and three angles, rad; 0 where not given.</summary>
    public double[] Cell { get; } = new double[6];

    /// <summary>Gets or sets whether there was a <c>-cell</c>.</summary>
    public bool HasCell { get; set; }

    /// <summary>Gets or sets the file of a MOSFLM matrix, as it was given.</summary>
    public string? MatrixFile { get; set; }

    /// <summary>Gets or sets the file of a reflection list, as it was given.</summary>
    public string? ReflectionFile { get; set; }

    /// <summary>Gets or sets where structure factors of an earlier run lie; without a reflection list they are read unasked.</summary>
    public string DumpFile { get; set; } = "Fdump.bin";

    /// <summary>Gets or sets the file of sources, as it was given.</summary>
    public string? SourceFile { get; set; }

    /// <summary>Gets or sets whether pixels are printed.</summary>
    public bool PrintsPixels { get; set; }

    /// <summary>Gets or sets which pixels are printed, if any.</summary>
    public PrintedPixels PrintedPixels { get; set; } = PrintedPixels.All;

    /// <summary>Gets or sets the file of an amorphous structure factor, as it was given.</summary>
    public string? AmorphousTable { get; set; }

    /// <summary>Gets or sets whether the orientation is random; <c>-misset</c> with three angles takes it back.</summary>
    public bool RandomMisset { get; set; }

    /// <summary>Gets or sets the seed of a random orientation, by default the time, as in the reference program.</summary>
    public int MissetSeed { get; set; } = unchecked((int)DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    /// <summary>Selects the custom convention and changes its axes.</summary>
    /// <param name="axes">The new axes.</param>
    public void UseCustom(LaboratoryAxes axes)
    {
        CustomAxes = axes;
        Detector = Detector with { Convention = DetectorConvention.Custom };
    }

    /// <summary>Puts the flags together, now that their order no longer matters.</summary>
    /// <returns>The experiment.</returns>
    public Experiment ToExperiment() => new(
        Crystal with { Cell = HasCell ? CompleteCell() : null, RandomMissetSeed = RandomMisset ? MissetSeed : null },
        Detector with
        {
            FastSizeMetres = FastPixels != 0 ? Detector.PixelSizeMetres * FastPixels : Detector.FastSizeMetres,
            SlowSizeMetres = SlowPixels != 0 ? Detector.PixelSizeMetres * SlowPixels : Detector.SlowSizeMetres,
            CustomAxes = Detector.Convention == DetectorConvention.Custom ? CustomAxes : null,
            CustomPivot = Detector.Convention == DetectorConvention.Custom ? Detector.CustomPivot : default,
        },
        Beam,
        Sampling);

    // What is missing or negative: edges as a, right angles.
    private UnitCell CompleteCell()
    {
        var a = Cell[0];
        return new(a, Edge(Cell[1]), Edge(Cell[2]), Angle(Cell[3]), Angle(Cell[4]), Angle(Cell[5]));

        double Edge(double given) => given <= 0.0 ? a : given;

        static double Angle(double given) => given <= 0.0 ? Math.PI / 2 : given;
    }
}
