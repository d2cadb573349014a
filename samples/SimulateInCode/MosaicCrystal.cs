using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;

namespace SimulateInCode;

/// <summary>A triclinic crystal of ten mosaic domains that turns by two degrees, on a detector that is tilted; in code, and as the C program's flags.</summary>
internal static class MosaicCrystal
{
    /// <summary>Gets the same as flags: both give the same experiment.</summary>
    public static string Flags =>
        "-cell 70 80 90 75 85 95 -N 5 -default_F 100 -misset 10 20 30 -mosaic 0.5 -mosaic_domains 10 -phi 3 -osc 2 -phisteps 4 "
        + "-distance 100 -detpixels 256 -pixel 0.4 -detector_rotx 5 -twotheta 10 -lambda 1.2 -fluence 1e28 -oversample 2";

    /// <summary>Builds the experiment.</summary>
    public static Experiment Experiment()
    {
        var crystal = new Crystal
        {
            Cell = new(70, 80, 90, Units.Degrees(75), Units.Degrees(85), Units.Degrees(95)),
            Cells = (5, 5, 5),
            DefaultStructureFactor = 100,
            MissetRadians = new Vector3D(Units.Degrees(10), Units.Degrees(20), Units.Degrees(30)),
            MosaicSpreadRadians = Units.Degrees(0.5),
            PhiStartRadians = Units.Degrees(3),
            OscillationRadians = Units.Degrees(2),
        };
        var detector = Detector.OfPixels(fastPixels: 256, slowPixels: 256, pixelSizeMetres: Units.Millimetres(0.4)) with
        {
            DistanceMetres = Units.Millimetres(100),
            RotationRadians = new Vector3D(Units.Degrees(5), 0, 0),
            TwoThetaRadians = Units.Degrees(10),
        };
        var beam = new Beam { WavelengthMetres = Units.Angstroms(1.2), FluencePhotonsPerSquareMetre = 1e28 };
        return new Experiment(crystal, detector, beam, new Sampling { Oversample = 2, PhiSteps = 4, MosaicDomains = 10 });
    }
}
