using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Geometry;

/// <summary>A detector after all its rotations (physics.md section 7).</summary>
/// <param name="Fast">Unit vector along the fast axis.</param>
/// <param name="Slow">Unit vector along the slow axis.</param>
/// <param name="Normal">Detector normal (odet).</param>
/// <param name="OriginMetres">Outer corner of the first pixel relative to the sample (pix0), m.</param>
/// <param name="CloseDistanceMetres">Distance along the normal, m.</param>
/// <param name="DistanceMetres">Distance along the beam, m; with a 2θ swing it is the reference program's figure, which leaves the swing out of half of it.</param>
public readonly record struct DetectorPlacement(
    Vector3D Fast, Vector3D Slow, Vector3D Normal, Vector3D OriginMetres, double CloseDistanceMetres, double DistanceMetres)
{
    private const double SmallestPositive = 2.2250738585072014e-308;

    /// <summary>Places a detector.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="axes">Its straightened axes, from <see cref="Conventions.AxesOf"/>.</param>
    /// <returns>Where it stands.</returns>
    public static DetectorPlacement Of(Detector detector, LaboratoryAxes axes)
    {
        var rotation = detector.RotationRadians;
        var places = Conventions.PlacesOf(detector);
        var ratio = Vector3D.Dot(axes.Beam, axes.Normal.RotatedAboutXyz(rotation));
        if (ratio == 0.0)
        {
            ratio = SmallestPositive;
        }

        var closeDistance = detector.CloseDistanceMetres ?? Math.Abs(ratio * detector.DistanceMetres);
        var distance = closeDistance / ratio;
        var fast = Turned(axes.Fast);
        var slow = Turned(axes.Slow);
        var normal = Turned(axes.Normal);
        var origin = Conventions.PivotOf(detector) == DetectorPivot.Sample
            ? Turned(Sum(-places.FastNearMetres, axes.Fast, places.SlowNearMetres, axes.Slow, closeDistance, axes.Normal))
            : Sum(-places.FastBeamMetres, fast, places.SlowBeamMetres, slow, distance, axes.Beam);
        closeDistance = Vector3D.Dot(origin, normal);
        return new(fast, slow, normal, origin, closeDistance, closeDistance / ratio);

        Vector3D Turned(in Vector3D v) => v.RotatedAboutXyz(rotation).RotatedAbout(axes.TwoTheta, detector.TwoThetaRadians);
    }

    // -f·fast - s·slow + d·out, in this order.
    private static Vector3D Sum(double minusF, in Vector3D fast, double s, in Vector3D slow, double d, in Vector3D along) => new(
        minusF * fast.X - s * slow.X + d * along.X,
        minusF * fast.Y - s * slow.Y + d * along.Y,
        minusF * fast.Z - s * slow.Z + d * along.Z);
}
