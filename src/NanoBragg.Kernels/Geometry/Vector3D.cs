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

    /// <summary>Difference.</summary>
    /// <param name="left">Left vector.</param>
    /// <param name="right">Right vector.</param>
    /// <returns><c>left - right</c>.</returns>
    public static Vector3D operator -(in Vector3D left, in Vector3D right) => new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    /// <summary>Adds two vectors.</summary>
    /// <param name="left">Left vector.</param>
    /// <param name="right">Right vector.</param>
    /// <returns><c>left + right</c>.</returns>
    public static Vector3D operator +(in Vector3D left, in Vector3D right) => new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

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
        return length != 0.0 ? new(X / length, Y / length, Z / length) : default;
    }

    /// <summary>Gives the vector another length, <c>length / oldLength * component</c>; a zero vector stays zero.</summary>
    /// <param name="length">The wanted length.</param>
    /// <returns>The rescaled vector.</returns>
    public Vector3D WithLength(double length)
    {
        var old = Length;
        return length / (old <= 0.0 ? 1.0 : old) * this;
    }

    /// <summary>Turns about the laboratory's x, then y, then z axis, right-handed. An angle of 0 is skipped, so it leaves every bit alone.</summary>
    /// <param name="radians">The three angles, rad.</param>
    /// <returns>The turned vector.</returns>
    public Vector3D RotatedAboutXyz(in Vector3D radians)
    {
        var v = this;
        if (radians.X != 0.0)
        {
            var (sin, cos) = (Math.Sin(radians.X), Math.Cos(radians.X));
            v = new(v.X, v.Y * cos + v.Z * -sin, v.Y * sin + v.Z * cos);
        }

        if (radians.Y != 0.0)
        {
            var (sin, cos) = (Math.Sin(radians.Y), Math.Cos(radians.Y));
            v = new(v.X * cos + v.Y * 0.0 + v.Z * sin, v.Y, v.X * -sin + v.Y * 0.0 + v.Z * cos);
        }

        if (radians.Z != 0.0)
        {
            var (sin, cos) = (Math.Sin(radians.Z), Math.Cos(radians.Z));
            v = new(v.X * cos + v.Y * -sin, v.X * sin + v.Y * cos, v.Z);
        }

        return v;
    }

    /// <summary>Turns about an axis, right-handed (Rodrigues' formula).</summary>
    /// <param name="axis">The axis, a unit vector.</param>
    /// <param name="radians">The angle, rad.</param>
    /// <returns>The turned vector.</returns>
    public Vector3D RotatedAbout(in Vector3D axis, double radians)
    {
        var (sin, cos) = (Math.Sin(radians), Math.Cos(radians));
        var d = (axis.X * X + axis.Y * Y + axis.Z * Z) * (1.0 - cos);
        return new(
            axis.X * d + X * cos + (-axis.Z * Y + axis.Y * Z) * sin,
            axis.Y * d + Y * cos + (axis.Z * X - axis.X * Z) * sin,
            axis.Z * d + Z * cos + (-axis.Y * X + axis.X * Y) * sin);
    }

    /// <summary>Turns every component round.</summary>
    /// <param name="v">The vector.</param>
    /// <returns><c>-v</c>.</returns>
    public static Vector3D operator -(in Vector3D v) => new(-v.X, -v.Y, -v.Z);

    /// <summary>Multiplies each component, factor first.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="v">The vector.</param>
    /// <returns><c>factor·v</c>.</returns>
    public static Vector3D operator *(double factor, in Vector3D v) => new(factor * v.X, factor * v.Y, factor * v.Z);
}
