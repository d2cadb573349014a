namespace NanoBragg.Kernels.Geometry;

/// <summary>The reciprocal cell vectors of a crystal before any phi or mosaic rotation, 1/Å.</summary>
/// <param name="AStar">Edge a*.</param>
/// <param name="BStar">Edge b*.</param>
/// <param name="CStar">Edge c*.</param>
public readonly record struct ReciprocalLattice(Vector3D AStar, Vector3D BStar, Vector3D CStar)
{
    /// <summary>The square of a reciprocal vector's length.</summary>
    /// <param name="h">Component along a*.</param>
    /// <param name="k">Component along b*.</param>
    /// <param name="l">Component along c*.</param>
    /// <returns>The square, 1/Å².</returns>
    public double SquaredLength(double h, double k, double l)
    {
        var x = h * AStar.X + k * BStar.X + l * CStar.X;
        var y = h * AStar.Y + k * BStar.Y + l * CStar.Y;
        var z = h * AStar.Z + k * BStar.Z + l * CStar.Z;
        return x * x + y * y + z * z;
    }
}
