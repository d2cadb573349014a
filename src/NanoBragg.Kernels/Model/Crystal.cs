using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Model;

/// <summary>What diffracts: the cell, its orientation and its imperfection. Give <see cref="Cell"/>, <see cref="Matrix"/>, or both.</summary>
public sealed record Crystal
{
    /// <summary>Gets the unit cell. Together with <see cref="Matrix"/> it gives the edges and the volume, and the matrix the directions.</summary>
    public UnitCell? Cell { get; init; }

    /// <summary>Gets the orientation matrix, which takes the place of the default orientation (a* along x, b* in the xy plane).</summary>
    public MosflmMatrix? Matrix { get; init; }

    /// <summary>Gets the missetting rotations about the laboratory's x, then y, then z axis, rad.</summary>
    public Vector3D MissetRadians { get; init; }

    /// <summary>Gets the seed of a random orientation, which takes the place of <see cref="MissetRadians"/>, or null for none.</summary>
    public int? RandomMissetSeed { get; init; }

    /// <summary>Gets the cells along a, b and c; below 1 counts as 1.</summary>
    public (int A, int B, int C) Cells { get; init; } = (1, 1, 1);

    /// <summary>
    /// Gets the crystal's size along a, b and c, m; where a component is above 0 it gives the number of cells in place of <see
    /// cref="Cells"/>.
    /// </summary>
    public Vector3D SizeMetres { get; init; }

    /// <summary>Gets the outline, which decides the shape of the spots.</summary>
    public CrystalShape Shape { get; init; }

    /// <summary>Gets the factor on the squared distance from a spot's middle (<c>-fudge</c>); a block does without it.</summary>
    public double ShapeFudge { get; init; } = 1.0;

    /// <summary>Gets the structure factor of every reflection that no list gives.</summary>
    public double DefaultStructureFactor { get; init; }

    /// <summary>Gets the structure factors of reflections, or null where <see cref="DefaultStructureFactor"/> is that of all.</summary>
    public StructureFactorGrid? StructureFactors { get; init; }

    /// <summary>
    /// Gets whether structure factors are interpolated between reflections, rather than taken from the nearest; null does so if <see cref="Cells"/> has a
    /// number of 2 or less, even where <see cref="SizeMetres"/> takes its place.
    /// </summary>
    public bool? InterpolatesStructureFactors { get; init; }

    /// <summary>Gets the edge of the cube of water around the crystal, m, which scatters the same everywhere; 0 is none.</summary>
    public double WaterMetres { get; init; }

    /// <summary>Gets the mosaic spread (the rotation of the domains' outermost), rad; 0 is a perfect crystal.</summary>
    public double MosaicSpreadRadians { get; init; }

    /// <summary>Gets the spindle angle at the start of the exposure, rad.</summary>
    public double PhiStartRadians { get; init; }

    /// <summary>Gets the range of spindle angles that the exposure covers, rad, or null where the phi steps decide (physics.md section 12).</summary>
    public double? OscillationRadians { get; init; }
}
