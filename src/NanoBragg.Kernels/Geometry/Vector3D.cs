namespace NanoBragg.Kernels.Geometry;

/// <summary>A vector of three doubles in the laboratory frame (or in reciprocal space, where a name says so).</summary>
/// <param name="X">First component.</param>
/// <param name="Y">Second component.</param>
/// <param name="Z">Third component.</param>
/// <remarks>Operand order follows physics.md section 2 so that results carry the reference program's bits.</remarks>
public readonly record struct Vector3D(double X, double Y, double Z)
{
    /// <summary>Gets the length, <c>sqrt(x*x + y*y + z*z)</c>.</summary>
    public double Length => Math.Sqrt(X * X + Y * Y + Z * Z);

    /// <summary>Scalar product in the reference program's order of additions.</summary>
    /// <param name="a">Left vector.</param>
    /// <param name="b">Right vector.</param>
    /// <returns><c>a·b</c>.</returns>
    public static double Dot(in Vector3D a, in Vector3D b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    /// <summary>Vector product.</summary>
    /// <param name="a">Left vector.</param>
    /// <param name="b">Right vector.</param>
    /// <returns><c>a×b</c>.</returns>
    public static Vector3D Cross(in Vector3D a, in Vector3D b) =>
        new(a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);

    /// <summary>Divides each component by the length; a zero vector gives zeros.</summary>
    /// <returns>The unit vector.</returns>
    public Vector3D Unitised()
    {
        var length = Length;
        return length > 0.0 ? new(X / length, Y / length, Z / length) : default;
    }

    /// <summary>Multiplies each component, factor first.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="v">The vector.</param>
    /// <returns><c>factor·v</c>.</returns>
    public static Vector3D operator *(double factor, in Vector3D v) => new(factor * v.X, factor * v.Y, factor * v.Z);
}
