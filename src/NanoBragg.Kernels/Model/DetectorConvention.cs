namespace NanoBragg.Kernels.Model;

/// <summary>Whose laboratory frame, beam centre and pivot are meant (physics.md section 6.2).</summary>
public enum DetectorConvention
{
    /// <summary>MOSFLM: beam along x, Xbeam along the slow axis, half a pixel off; pivot about the beam spot.</summary>
    Mosflm,

    /// <summary>ADXV: beam along z, Ybeam counted from the far edge; pivot about the beam spot.</summary>
    Adxv,

    /// <summary>DENZO: MOSFLM without the half pixel.</summary>
    Denzo,

    /// <summary>XDS: beam along z, near point as origin; pivot about the sample.</summary>
    Xds,

    /// <summary>DIALS: XDS with spindle, 2θ axis and E-vector along y.</summary>
    Dials,

    /// <summary>Axes and pivot of one's own: <see cref="Detector.CustomAxes"/> and <see cref="Detector.CustomPivot"/>.</summary>
    Custom,
}

/// <summary>What stays in place when the detector turns.</summary>
public enum DetectorPivot
{
    /// <summary>The spot where the direct beam meets the detector.</summary>
    Beam,

    /// <summary>The sample.</summary>
    Sample,
}
