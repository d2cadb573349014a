using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Physics;

namespace NanoBragg.Kernels.Simulation.Ilgpu;

/// <summary>A crystal's lattice factor, as a type that the kernel is compiled for.</summary>
internal interface ILattice
{
    /// <summary>The lattice factor, up to its sign.</summary>
    /// <param name="h">Fraction of the Miller index along a.</param>
    /// <param name="k">Along b.</param>
    /// <param name="l">Along c.</param>
    double Factor(double h, double k, double l);
}

/// <summary>A block of cells.</summary>
/// <param name="a">Cells along a.</param>
/// <param name="b">Cells along b.</param>
/// <param name="c">Cells along c.</param>
internal readonly struct BlockLattice(double a, double b, double c) : ILattice
{
    private readonly double _a = a, _b = b, _c = c;

    /// <inheritdoc/>
    public double Factor(double h, double k, double l) => FractionLattice.Block(h, k, l, _a, _b, _c);
}

/// <summary>An ellipsoid.</summary>
/// <param name="a">Cells along a.</param>
/// <param name="b">Cells along b.</param>
/// <param name="c">Cells along c.</param>
/// <param name="fudge">Factor on the squared distance.</param>
internal readonly struct EllipsoidLattice(double a, double b, double c, double fudge) : ILattice
{
    private readonly double _a = a, _b = b, _c = c, _fudge = fudge;

    /// <inheritdoc/>
    public double Factor(double h, double k, double l) => FractionLattice.Ellipsoid(h, k, l, _a, _b, _c, _fudge);
}

/// <summary>Gaussian spots.</summary>
/// <param name="a">Cells along a.</param>
/// <param name="b">Cells along b.</param>
/// <param name="c">Cells along c.</param>
/// <param name="fudge">Factor on the squared distance.</param>
/// <param name="reciprocal">The reciprocal lattice before any rotation.</param>
internal readonly struct GaussianLattice(double a, double b, double c, double fudge, ReciprocalLattice reciprocal) : ILattice
{
    private readonly double _a = a, _b = b, _c = c, _fudge = fudge;
    private readonly ReciprocalLattice _reciprocal = reciprocal;

    /// <inheritdoc/>
    public double Factor(double h, double k, double l) => FractionLattice.Gaussian(_reciprocal.SquaredLength(h, k, l), _a, _b, _c, _fudge);
}
