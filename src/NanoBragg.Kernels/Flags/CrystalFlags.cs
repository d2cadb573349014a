using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using static NanoBragg.Kernels.CLibrary.CNumber;

namespace NanoBragg.Kernels.Flags;

/// <summary>Flags of the crystal, its rotation and its sampling.</summary>
internal static class CrystalFlags
{
    /// <summary>Gets the tests.</summary>
    public static Flag[] All { get; } =
    [
        new("-Na", 1, (p, v) => p.Crystal = p.Crystal with { Cells = p.Crystal.Cells with { A = ToInt32(v[0]) } }) { EndsWord = true },
        new("-Nb", 1, (p, v) => p.Crystal = p.Crystal with { Cells = p.Crystal.Cells with { B = ToInt32(v[0]) } }) { EndsWord = true },
        new("-Nc", 1, (p, v) => p.Crystal = p.Crystal with { Cells = p.Crystal.Cells with { C = ToInt32(v[0]) } }) { EndsWord = true },
        new("-N", 1, (p, v) => p.Crystal = p.Crystal with { Cells = (ToInt32(v[0]), ToInt32(v[0]), ToInt32(v[0])) }) { WholeWord = true, EndsWord = true },
        new("-oversample_thick", 0, (p, _) => p.Sampling = p.Sampling with { OversamplesThickness = true }) { EndsWord = true },
        new("-oversample_polar", 0, (p, _) => p.Sampling = p.Sampling with { OversamplesPolarisation = true }) { EndsWord = true },
        new("-oversample_omega", 0, (p, _) => p.Sampling = p.Sampling with { OversamplesSolidAngle = true }) { EndsWord = true },
        new("-cell", 1, ReadCell) { Takes = 6 },
        new("-misset", 1, (p, _) => p.RandomMisset = true) { NextWordContains = "rand", EndsWord = true },
        new("-misset", 3, (p, v) =>
        {
            p.RandomMisset = false;
            p.Crystal = p.Crystal with { MissetRadians = new(Angle(v[0]), Angle(v[1]), Angle(v[2])) };
        }),
        new("-misset_seed", 1, (p, v) => p.MissetSeed = ToInt32(v[0])),
        new("-mat", 1, (p, v) => p.MatrixFile = v[0]),
        new("-water", 1, (p, v) => p.Crystal = p.Crystal with { WaterMetres = Units.WaterMicrometres(ToDouble(v[0])) }),
        new("-dmin", 1, (p, v) => p.Sampling = p.Sampling with { FinestSpacingMetres = ToDouble(v[0]) * 1e-10 }),
        new("-default_F", 1, (p, v) => p.Crystal = p.Crystal with { DefaultStructureFactor = ToDouble(v[0]) }),
        new("-hkl", 1, (p, v) => p.ReflectionFile = v[0]),
        new("-dump", 1, (p, v) => p.DumpFile = v[0]),
        new("-interpolate", 0, (p, _) => p.Crystal = p.Crystal with { InterpolatesStructureFactors = true }),
        new("-nointerpolate", 0, (p, _) => p.Crystal = p.Crystal with { InterpolatesStructureFactors = false }),

        Size(["-samplesize", "-sample_size", "-xtalsize", "-xtal_size"], (_, edge) => new(edge, edge, edge)),
        Size(["-sample_thick", "-sample_x", "-xtal_thick", "-xtal_x"], (size, edge) => size with { X = edge }),
        Size(["-sample_width", "-sample_y", "-xtal_width", "-xtal_y", "-width"], (size, edge) => size with { Y = edge }),
        Size(["-sample_heigh", "-sample_z", "-xtal_heigh", "-xtal_z", "-heigh"], (size, edge) => size with { Z = edge }),

        Shape("-square_xtal", CrystalShape.Block),
        Shape("-round_xtal", CrystalShape.Ellipsoid),
        Shape("-gauss_xtal", CrystalShape.Gaussian),
        Shape("-binary_spots", CrystalShape.TopHat),
        Shape("-tophat_spots", CrystalShape.TopHat),
        new("-fudge", 1, (p, v) => p.Crystal = p.Crystal with { ShapeFudge = ToDouble(v[0]) }),

        new("-mosaic", 1, ReadMosaicSpread) { WholeWord = true },
        new(["-mosaici", "-mosaic_spr"], 1, ReadMosaicSpread),
        new("-mosaic_dom", 1, (p, v) => p.Sampling = p.Sampling with { MosaicDomains = ToInt32(v[0]) }),
        new("-mosaic_seed", 1, (p, v) => p.Sampling = p.Sampling with { MosaicSeed = ToInt32(v[0]) }),
        new("-phi", 1, (p, v) => p.Crystal = p.Crystal with { PhiStartRadians = Angle(v[0]) }) { WholeWord = true },
        new("-osc", 1, (p, v) => p.Crystal = p.Crystal with { OscillationRadians = Angle(v[0]) }),
        new("-phistep", 1, (p, v) => p.Sampling = p.Sampling with { PhiStepRadians = Angle(v[0]) }) { WholeWord = true },
        new("-phisteps", 1, (p, v) => p.Sampling = p.Sampling with { PhiSteps = ToInt32(v[0]) }),
        new("-oversample", 1, (p, v) => p.Sampling = p.Sampling with { Oversample = ToInt32(v[0]) }),
    ];

    private static double Angle(string word) => Units.Degrees(ToDouble(word));

    private static Flag Size(string[] spellings, Func<Vector3D, double, Vector3D> change) => new(
        spellings, 1, (p, v) => p.Crystal = p.Crystal with { SizeMetres = change(p.Crystal.SizeMetres, Units.Millimetres(ToDouble(v[0]))) });

    private static Flag Shape(string spelling, CrystalShape shape) => new(spelling, 0, (p, _) => p.Crystal = p.Crystal with { Shape = shape });

    private static void ReadMosaicSpread(ParsedFlags parsed, ArraySegment<string> values) =>
        parsed.Crystal = parsed.Crystal with { MosaicSpreadRadians = Angle(values[0]) };

    // Reading stops at the next flag; what is missing keeps its value from an earlier -cell, or its default.
    private static void ReadCell(ParsedFlags parsed, ArraySegment<string> values)
    {
        parsed.HasCell = true;
        for (var i = 0; i < 6 && i < values.Count && !values[i].StartsWith('-'); i++)
        {
            parsed.Cell[i] = i < 3 ? ToDouble(values[i]) : Angle(values[i]);
        }
    }
}
