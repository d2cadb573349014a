using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using static NanoBragg.Kernels.CLibrary.CNumber;

namespace NanoBragg.Kernels.Flags;

/// <summary>Flags of the detector. Most set a pivot too, which only the custom convention heeds; there the last one wins.</summary>
internal static class DetectorFlags
{
    /// <summary>Gets the tests.</summary>
    public static Flag[] All { get; } =
    [
        new("-Xbeam", 1, (p, v) => p.Detector = p.Detector with { BeamCentreXMetres = LengthOrUnset(v[0]), CustomPivot = DetectorPivot.Beam }),
        new("-Ybeam", 1, (p, v) => p.Detector = p.Detector with { BeamCentreYMetres = LengthOrUnset(v[0]), CustomPivot = DetectorPivot.Beam }),
        new("-Xclose", 1, (p, v) => p.Detector = p.Detector with { NearPointXMetres = LengthOrUnset(v[0]), CustomPivot = DetectorPivot.Sample }),
        new("-Yclose", 1, (p, v) => p.Detector = p.Detector with { NearPointYMetres = LengthOrUnset(v[0]), CustomPivot = DetectorPivot.Sample }),
        new("-ORGX", 1, (p, v) => p.Detector = p.Detector with { OriginXPixels = NumberOrUnset(v[0]), CustomPivot = DetectorPivot.Sample }),
        new("-ORGY", 1, (p, v) => p.Detector = p.Detector with { OriginYPixels = NumberOrUnset(v[0]), CustomPivot = DetectorPivot.Sample }),
        new("-pivot", 1, (p, _) => p.Detector = p.Detector with { CustomPivot = DetectorPivot.Sample }) { NextWordContains = "sample" },
        new("-pivot", 1, (p, _) => p.Detector = p.Detector with { CustomPivot = DetectorPivot.Beam }) { NextWordContains = "beam" },

        Convention("-mosflm", DetectorConvention.Mosflm, DetectorPivot.Beam),
        Convention("-xds", DetectorConvention.Xds, DetectorPivot.Sample),
        Convention("-adxv", DetectorConvention.Adxv, DetectorPivot.Beam),
        Convention("-denzo", DetectorConvention.Denzo, DetectorPivot.Beam),
        Convention("-dials", DetectorConvention.Dials, DetectorPivot.Beam),
        new("-fdet_vector", 3, (p, v) => p.UseCustom(p.CustomAxes with { Fast = Vector(v) })),
        new("-sdet_vector", 3, (p, v) => p.UseCustom(p.CustomAxes with { Slow = Vector(v) })),
        new("-odet_vector", 3, (p, v) => p.UseCustom(p.CustomAxes with { Normal = Vector(v) })),
        new("-beam_vector", 3, (p, v) => p.UseCustom(p.CustomAxes with { Beam = Vector(v) })),
        new("-polar_vector", 3, (p, v) => p.UseCustom(p.CustomAxes with { Polarisation = Vector(v) })),
        new("-spindle_axis", 3, (p, v) => p.UseCustom(p.CustomAxes with { Spindle = Vector(v) })),
        new("-twotheta_axis", 3, (p, v) => p.UseCustom(p.CustomAxes with { TwoTheta = Vector(v) })),

        // The reference program computes the vector itself whatever is given here; only the convention changes.
        new("-pix0_vector", 3, (p, _) => p.UseCustom(p.CustomAxes)),

        new("-distance", 1, (p, v) => p.Detector = p.Detector with { DistanceMetres = Length(v[0]), CustomPivot = DetectorPivot.Beam }),
        new("-close_distance", 1, (p, v) => p.Detector = p.Detector with { CloseDistanceMetres = LengthOrUnset(v[0]), CustomPivot = DetectorPivot.Sample }),
        new("-twotheta", 1, (p, v) => p.Detector = p.Detector with { TwoThetaRadians = Angle(v[0]), CustomPivot = DetectorPivot.Sample }),
        new("-detector_rotx", 1, (p, v) => p.Detector = p.Detector with { RotationRadians = p.Detector.RotationRadians with { X = Angle(v[0]) } }),
        new("-detector_roty", 1, (p, v) => p.Detector = p.Detector with { RotationRadians = p.Detector.RotationRadians with { Y = Angle(v[0]) } }),
        new("-detector_rotz", 1, (p, v) => p.Detector = p.Detector with { RotationRadians = p.Detector.RotationRadians with { Z = Angle(v[0]) } }),

        new("-detsize", 1, (p, v) => p.Detector = p.Detector with { FastSizeMetres = Length(v[0]), SlowSizeMetres = Length(v[0]) }) { WholeWord = true },
        new("-detsize_f", 1, (p, v) => p.Detector = p.Detector with { FastSizeMetres = Length(v[0]) }),
        new("-detsize_s", 1, (p, v) => p.Detector = p.Detector with { SlowSizeMetres = Length(v[0]) }),
        new("-detpixels", 1, (p, v) => p.FastPixels = p.SlowPixels = ToInt32(v[0])) { WholeWord = true },
        new(["-detpixels_f", "-detpixels_x"], 1, (p, v) => p.FastPixels = ToInt32(v[0])),
        new(["-detpixels_s", "-detpixels_y"], 1, (p, v) => p.SlowPixels = ToInt32(v[0])),
        new("-pixel", 1, (p, v) => p.Detector = p.Detector with { PixelSizeMetres = Length(v[0]) }),
        new("-point_pixel", 0, (p, _) => p.Detector = p.Detector with { PointPixel = true }),
        new("-curved_det", 1, (p, _) => p.Detector = p.Detector with { Curved = true }) { Takes = 0 },
        new("-detector_abs", 0, ReadAttenuation) { Takes = 1 },
        new("-detector_thick", 0, (p, v) => p.Detector = p.Detector with
        {
            SensorThicknessMetres = Units.SensorMicrometres(ToDouble(Needed("-detector_thick", v))),
        }) { WholeWord = true, Takes = 1 },
        new("-detector_thicksteps", 0, (p, v) => p.Sampling = p.Sampling with { SensorLayers = ToInt32(Needed("-detector_thicksteps", v)) }) { Takes = 1 },
        new("-thicksteps", 0, (p, v) => p.Sampling = p.Sampling with { SensorLayers = ToInt32(Needed("-thicksteps", v)) }) { Takes = 1 },
        new("-roi", 4, (p, v) => p.Detector = p.Detector with
        {
            Region = PixelRegion.OfLimits(ToInt32(v[0]), ToInt32(v[1]), ToInt32(v[2]), ToInt32(v[3])),
        }),
    ];

    private static Flag Convention(string spelling, DetectorConvention convention, DetectorPivot pivot) =>
        new(spelling, 0, (p, _) => p.Detector = p.Detector with { Convention = convention, CustomPivot = pivot });

    private static double Angle(string word) => Units.Degrees(ToDouble(word));

    private static double Length(string word) => Units.Millimetres(ToDouble(word));

    private static Vector3D Vector(ArraySegment<string> values) => new(ToDouble(values[0]), ToDouble(values[1]), ToDouble(values[2]));

    // The reference program crashes on these flags where nothing follows them.
    private static string Needed(string flag, ArraySegment<string> values) =>
        values.Count > 0 ? values[0] : throw new ExperimentException($"{flag} needs a number after it");

    // No attenuation at all also takes the thickness away; a thickness given later brings it back, and nothing is captured.
    private static void ReadAttenuation(ParsedFlags parsed, ArraySegment<string> values)
    {
        var depth = Needed("-detector_abs", values);
        parsed.Detector = depth.Contains("inf", StringComparison.Ordinal) || ToDouble(depth) == 0.0
            ? parsed.Detector with { SensorThicknessMetres = 0.0, SensorAttenuationPerMetre = 0.0 }
            : parsed.Detector with { SensorAttenuationPerMetre = 1.0 / Units.SensorMicrometres(ToDouble(depth)) };
    }

    // The reference program marks what is not given by a NaN, so the word nan takes a figure back.
    private static double? NumberOrUnset(string word) => ToDouble(word) is var number && double.IsNaN(number) ? null : number;

    private static double? LengthOrUnset(string word) => NumberOrUnset(word) is { } millimetres ? Units.Millimetres(millimetres) : null;
}
