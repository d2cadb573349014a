using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation;

/// <summary>The exponent of a Gaussian spot's amplitude, a power of two, as a quadratic form of the distance from the nearest reflection (physics.md section 17).</summary>
/// <param name="AA">Of h².</param>
/// <param name="BB">Of k².</param>
/// <param name="CC">Of l².</param>
/// <param name="AB">Of hk.</param>
/// <param name="AC">Of hl.</param>
/// <param name="BC">Of kl.</param>
internal readonly record struct GaussianExponent(double AA, double BB, double CC, double AB, double AC, double BC)
{
    /// <summary>Makes the form of a crystal.</summary>
    /// <param name="cells">Cells along a, b and c.</param>
    /// <param name="fudge">Factor on the squared distance.</param>
    /// <param name="lattice">The reciprocal lattice before any rotation.</param>
    public static GaussianExponent Of((int A, int B, int C) cells, double fudge, ReciprocalLattice lattice)
    {
        var all = (double)cells.A * cells.B * cells.C;
        var exponent = -Math.Log2(Math.E) * all * all * fudge / 0.63;
        return new(
            exponent * lattice.SquaredLength(1, 0, 0), exponent * lattice.SquaredLength(0, 1, 0), exponent * lattice.SquaredLength(0, 0, 1),
            exponent * Mixed(1, 1, 0), exponent * Mixed(1, 0, 1), exponent * Mixed(0, 1, 1));

        double Mixed(double h, double k, double l) =>
            lattice.SquaredLength(h, k, l) - lattice.SquaredLength(h, 0, 0) - lattice.SquaredLength(0, k, 0) - lattice.SquaredLength(0, 0, l);
    }
}
