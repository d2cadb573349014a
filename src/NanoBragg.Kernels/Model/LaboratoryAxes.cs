using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Model;

/// <summary>The directions of an experiment before any rotation. All but the 2θ axis are made unit vectors before they are used.</summary>
/// <param name="Beam">Direction in which the X-rays travel.</param>
/// <param name="Fast">Direction of increasing fast pixel coordinate.</param>
/// <param name="Slow">Direction of increasing slow pixel coordinate.</param>
/// <param name="Normal">Detector normal (odet), away from the sample; unless its length is exactly 1, fast × slow takes its place.</param>
/// <param name="TwoTheta">Axis of the 2θ swing, used as it is: a length other than 1 distorts the detector, as in the reference program.</param>
/// <param name="Polarisation">Direction of the E field.</param>
/// <param name="Spindle">Axis of the phi rotation.</param>
public sealed record LaboratoryAxes(
    Vector3D Beam, Vector3D Fast, Vector3D Slow, Vector3D Normal, Vector3D TwoTheta, Vector3D Polarisation, Vector3D Spindle);
