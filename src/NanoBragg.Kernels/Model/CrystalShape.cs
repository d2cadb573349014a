namespace NanoBragg.Kernels.Model;

/// <summary>What a crystal's outline is, which decides the shape of its spots (physics.md section 17).</summary>
public enum CrystalShape
{
    /// <summary>A block of cells: spots with fringes along the axes.</summary>
    Block,

    /// <summary>An ellipsoid of cells: spots with rings.</summary>
    Ellipsoid,

    /// <summary>Spots that fall off like a Gaussian, without fringes.</summary>
    Gaussian,

    /// <summary>Spots of the same height everywhere, and nothing between them.</summary>
    TopHat,
}
