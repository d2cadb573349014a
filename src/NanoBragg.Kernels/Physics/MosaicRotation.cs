using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Physics;

/// <summary>Random rotations within a cone of angles (physics.md section 13).</summary>
public static class MosaicRotation
{
    // The reference program hands this to a parameter in radians. It means "any orientation", and so it does.
    private const double AnyOrientation = 90.0;

    /// <summary>Draws a rotation of up to a spread about a random axis. It takes three numbers from the sequence.</summary>
    /// <param name="spreadRadians">Largest angle, rad.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <returns>The rotation.</returns>
    public static RotationMatrix Draw(double spreadRadians, RandomSequence random)
    {
        var azimuth = 2.0 * random.Next() - 1.0;
        var height = 2.0 * random.Next() - 1.0;
        var angle = 2.0 * random.Next() - 1.0;
        var radius = Math.Sqrt(1.0 - height * height);

        // The angle is float32 on purpose: the reference program's spread and power are.
        var rotation = (double)((float)spreadRadians * MathF.Pow((float)(1.0 - angle * angle), (float)(1.0 / 3.0)));
        var axis = new Vector3D(radius * Math.Sin(Math.PI * azimuth), radius * Math.Cos(Math.PI * azimuth), height);
        return About(axis, rotation);
    }

    /// <summary>Draws missetting angles that turn a crystal anywhere (<c>-misset random</c>, physics.md section 9).</summary>
    /// <param name="random">Where the numbers come from.</param>
    /// <returns>Angles about x, then y, then z, rad.</returns>
    public static Vector3D DrawMisset(RandomSequence random) => Draw(AnyOrientation, random).ToAnglesAboutXyz();

    private static RotationMatrix About(in Vector3D axis, double radians)
    {
        var (x, y, z) = axis;
        var (sin, cos) = (Math.Sin(radians), Math.Cos(radians));
        var rest = 1.0 - cos;
        var restX = rest * x;
        var xy = restX * y;
        var xz = restX * z;
        var yz = rest * y * z;
        return new(
            new(cos + rest * (x * x), xy - sin * z, xz + sin * y),
            new(xy + sin * z, cos + rest * (y * y), yz - sin * x),
            new(xz - sin * y, yz + sin * x, cos + rest * (z * z)));
    }
}
