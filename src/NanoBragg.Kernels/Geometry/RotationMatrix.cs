namespace NanoBragg.Kernels.Geometry;

/// <summary>A rotation of the laboratory frame as three rows.</summary>
/// <param name="X">First row.</param>
/// <param name="Y">Second row.</param>
/// <param name="Z">Third row.</param>
public readonly record struct RotationMatrix(Vector3D X, Vector3D Y, Vector3D Z)
{
    /// <summary>Gets the rotation that leaves everything in place.</summary>
    public static RotationMatrix Identity => new(new(1.0, 0.0, 0.0), new(0.0, 1.0, 0.0), new(0.0, 0.0, 1.0));

    /// <summary>Turns a vector.</summary>
    /// <param name="v">The vector.</param>
    /// <returns>The turned vector.</returns>
    public Vector3D Rotate(in Vector3D v) => new(Vector3D.Dot(X, v), Vector3D.Dot(Y, v), Vector3D.Dot(Z, v));

    /// <summary>
    /// Gets the angles about x, then y, then z that make the same rotation, rad (physics.md section 9).
    /// The rows are normalised twice, as the reference program does: the second pass moves last bits.
    /// </summary>
    /// <returns>The angles, as <see cref="Vector3D.RotatedAboutXyz"/> takes them.</returns>
    public Vector3D ToAnglesAboutXyz()
    {
        var x = X.Unitised().Unitised();
        var y = Y.Unitised().Unitised();
        var z = Z.Unitised().Unitised();
        return z.X * z.X < 1.0
            ? new(Math.Atan2(z.Y, z.Z), Math.Atan2(-z.X, Math.Sqrt(z.Y * z.Y + z.Z * z.Z)), Math.Atan2(y.X, x.X))
            : new(Math.Atan2(1.0, 1.0) * 4.0, Math.Atan2(1.0, 1.0) * 2.0, Math.Atan2(x.Y, -y.Y));
    }
}
