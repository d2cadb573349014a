using System.Globalization;
using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using static NanoBragg.Kernels.CLibrary.CFormat;

namespace NanoBragg.Kernels.Imaging;

/// <summary>What the reference program writes into the header of its SMV images.</summary>
public sealed record ImageHeader
{
    // What the reference program pads its header to, whatever the length of the text.
    private const int UsualBytes = 512;

    /// <summary>Gets the number of pixels along the fast axis.</summary>
    public required int FastPixels { get; init; }

    /// <summary>Gets the number of pixels along the slow axis.</summary>
    public required int SlowPixels { get; init; }

    /// <summary>Gets the edge of a pixel, m.</summary>
    public required double PixelSizeMetres { get; init; }

    /// <summary>Gets the detector's size along the slow axis, m.</summary>
    public required double SlowSizeMetres { get; init; }

    /// <summary>Gets the distance along the beam, m (physics.md section 7).</summary>
    public required double DistanceMetres { get; init; }

    /// <summary>Gets the distance along the detector normal, m.</summary>
    public required double CloseDistanceMetres { get; init; }

    /// <summary>Gets the wavelength, m.</summary>
    public required double WavelengthMetres { get; init; }

    /// <summary>Gets the direct beam in the convention's own sense, m, as it was before any rotation (Xbeam, Ybeam).</summary>
    public required (double X, double Y) BeamCentreMetres { get; init; }

    /// <summary>Gets the direct beam after all rotations, m (Fbeam, Sbeam).</summary>
    public required (double Fast, double Slow) BeamMetres { get; init; }

    /// <summary>Gets the near point after all rotations, in XDS pixels, where 1 is the middle of the first (ORGX, ORGY).</summary>
    public required (double X, double Y) OriginPixels { get; init; }

    /// <summary>Gets the outer corner of the first pixel in DIALS' axes, mm.</summary>
    public required Vector3D DialsOriginMillimetres { get; init; }

    /// <summary>Gets the spindle angle at the start, rad.</summary>
    public required double PhiStartRadians { get; init; }

    /// <summary>Gets the range of spindle angles, rad.</summary>
    public required double OscillationRadians { get; init; }

    /// <summary>Gets the detector's 2θ, rad.</summary>
    public required double TwoThetaRadians { get; init; }

    /// <summary>The header of an experiment's images.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The header.</returns>
    public static ImageHeader Of(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var (crystal, detector, beam, sampling) = experiment;
        var axes = Conventions.AxesOf(detector);
        var placement = DetectorPlacement.Of(detector, axes);
        var origin = placement.OriginMetres;
        var toBeam = new Vector3D(
            placement.DistanceMetres * axes.Beam.X - origin.X,
            placement.DistanceMetres * axes.Beam.Y - origin.Y,
            placement.DistanceMetres * axes.Beam.Z - origin.Z);
        return new()
        {
            FastPixels = detector.FastPixels,
            SlowPixels = detector.SlowPixels,
            PixelSizeMetres = detector.PixelSizeMetres,
            SlowSizeMetres = detector.SlowSizeMetres,
            DistanceMetres = placement.DistanceMetres,
            CloseDistanceMetres = placement.CloseDistanceMetres,
            WavelengthMetres = beam.WavelengthMetres,
            BeamCentreMetres = Conventions.BeamCentreOf(detector),
            BeamMetres = (Vector3D.Dot(placement.Fast, toBeam), Vector3D.Dot(placement.Slow, toBeam)),
            OriginPixels = (InPixels(placement.Fast), InPixels(placement.Slow)),
            DialsOriginMillimetres = new(Millimetres(new(0, 0, 1)), Millimetres(new(0, 1, 0)), Millimetres(new(-1, 0, 0))),
            PhiStartRadians = crystal.PhiStartRadians,
            OscillationRadians = PhiScan.RangeRadians(crystal, sampling),
            TwoThetaRadians = detector.TwoThetaRadians,
        };

        double InPixels(in Vector3D axis) => -Vector3D.Dot(origin, axis) / detector.PixelSizeMetres + 0.5;

        double Millimetres(in Vector3D axis) => 1000.0 * Vector3D.Dot(origin, axis);
    }

    /// <summary>
    /// Gets the header as it stands in a file: the text, a form feed and spaces to 512 bytes. A text that does not fit (long figures of a tilted detector)
    /// makes a header of 1024 bytes and says so; the reference program announces 512 all the same, and readers of its file find the pixels displaced.
    /// </summary>
    /// <returns>The text, ASCII.</returns>
    public string ToText()
    {
        var usual = Text(UsualBytes);
        return usual.Length <= UsualBytes ? usual.PadRight(UsualBytes) : Text(2 * UsualBytes).PadRight(2 * UsualBytes);
    }

    private string Text(int headerBytes)
    {
        var (fast, slow) = BeamMetres;
        var half = 0.5 * PixelSizeMetres;
        var phi = General(PhiStartRadians * Units.DegreesPerRadian);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {
            HEADER_BYTES={{headerBytes}};
            DIM=2;
            BYTE_ORDER=little_endian;
            TYPE=unsigned_short;
            SIZE1={{FastPixels}};
            SIZE2={{SlowPixels}};
            PIXEL_SIZE={{Millimetres(PixelSizeMetres)}};
            DISTANCE={{Millimetres(DistanceMetres)}};
            WAVELENGTH={{General(WavelengthMetres * 1e10)}};
            BEAM_CENTER_X={{Millimetres(BeamCentreMetres.X)}};
            BEAM_CENTER_Y={{Millimetres(BeamCentreMetres.Y)}};
            ADXV_CENTER_X={{Millimetres(fast)}};
            ADXV_CENTER_Y={{Millimetres(SlowSizeMetres - slow)}};
            MOSFLM_CENTER_X={{Millimetres(slow - half)}};
            MOSFLM_CENTER_Y={{Millimetres(fast - half)}};
            DENZO_X_BEAM={{Millimetres(slow)}};
            DENZO_Y_BEAM={{Millimetres(fast)}};
            DIALS_ORIGIN={{General(DialsOriginMillimetres.X)}},{{General(DialsOriginMillimetres.Y)}},{{General(DialsOriginMillimetres.Z)}}
            XDS_ORGX={{General(OriginPixels.X)}};
            XDS_ORGY={{General(OriginPixels.Y)}};
            CLOSE_DISTANCE={{Millimetres(CloseDistanceMetres)}};
            PHI={{phi}};
            OSC_START={{phi}};
            OSC_RANGE={{General(OscillationRadians * Units.DegreesPerRadian)}};
            TWOTHETA={{General(TwoThetaRadians * Units.DegreesPerRadian)}};
            DETECTOR_SN=000;
            BEAMLINE=fake;
            }
            """) + "\f";

        static string Millimetres(double metres) => General(metres * 1000.0);
    }
}
