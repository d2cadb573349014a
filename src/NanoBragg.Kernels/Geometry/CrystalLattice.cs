using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Geometry;

/// <summary>The real-space cell vectors of a crystal before any phi or mosaic rotation, m.</summary>
/// <param name="A">Edge a.</param>
/// <param name="B">Edge b.</param>
/// <param name="C">Edge c.</param>
public readonly record struct CrystalLattice(Vector3D A, Vector3D B, Vector3D C)
{
    private const double SmallestPositive = 2.2250738585072014e-308;

    /// <summary>Builds the lattice of a crystal (physics.md section 8).</summary>
    /// <param name="crystal">The crystal, of which cell and matrix are read.</param>
    /// <param name="missetRadians">Missetting angles, rad; already drawn where they are random.</param>
    /// <param name="wavelengthMetres">Wavelength, which MOSFLM's matrix contains, m.</param>
    /// <returns>The lattice.</returns>
    /// <exception cref="ExperimentException">The crystal has neither a cell nor a matrix.</exception>
    public static CrystalLattice Of(Crystal crystal, in Vector3D missetRadians, double wavelengthMetres) =>
        Of(crystal, missetRadians, wavelengthMetres, out _);

    /// <summary>Builds the lattice of a crystal and its reciprocal.</summary>
    /// <param name="crystal">The crystal, of which cell and matrix are read.</param>
    /// <param name="missetRadians">Missetting angles, rad; already drawn where they are random.</param>
    /// <param name="wavelengthMetres">Wavelength, which MOSFLM's matrix contains, m.</param>
    /// <param name="reciprocal">The reciprocal lattice, computed back from the real one as the reference program does.</param>
    /// <returns>The lattice.</returns>
    /// <exception cref="ExperimentException">The crystal has neither a cell nor a matrix.</exception>
    public static CrystalLattice Of(Crystal crystal, in Vector3D missetRadians, double wavelengthMetres, out ReciprocalLattice reciprocal)
    {
        var volume = crystal.Cell is { } given ? Volume(given) : 0.0;
        Vector3D aStar, bStar, cStar;
        if (crystal.Matrix is { } matrix)
        {
            var perAngstrom = 1e-10 / wavelengthMetres;
            (aStar, bStar, cStar) = (perAngstrom * matrix.AStar, perAngstrom * matrix.BStar, perAngstrom * matrix.CStar);
        }
        else if (crystal.Cell is { } cell)
        {
            (aStar, bStar, cStar) = Reciprocal(cell, volume);
        }
        else
        {
            throw new ExperimentException("no unit cell: give the crystal a cell or a matrix");
        }

        aStar = aStar.RotatedAboutXyz(missetRadians);
        bStar = bStar.RotatedAboutXyz(missetRadians);
        cStar = cStar.RotatedAboutXyz(missetRadians);

        var aCrossB = Vector3D.Cross(aStar, bStar);
        var bCrossC = Vector3D.Cross(bStar, cStar);
        var cCrossA = Vector3D.Cross(cStar, aStar);
        var volumeStar = Vector3D.Dot(aStar, bCrossC);
        if (crystal.Cell is { } edges)
        {
            bCrossC = bCrossC.WithLength(edges.AAngstroms / volume);
            cCrossA = cCrossA.WithLength(edges.BAngstroms / volume);
            aCrossB = aCrossB.WithLength(edges.CAngstroms / volume);
            volumeStar = 1.0 / volume;
        }

        volume = 1.0 / volumeStar;
        var (a, b, c) = (volume * bCrossC, volume * cCrossA, volume * aCrossB);
        reciprocal = new(volumeStar * Vector3D.Cross(b, c), volumeStar * Vector3D.Cross(c, a), volumeStar * Vector3D.Cross(a, b));
        return new(1e-10 * a, 1e-10 * b, 1e-10 * c);
    }

    private static double Volume(in UnitCell cell)
    {
        var (alpha, beta, gamma) = (cell.AlphaRadians, cell.BetaRadians, cell.GammaRadians);
        var half = (alpha + beta + gamma) / 2;
        var skew = Math.Abs(Math.Sin(half) * Math.Sin(half - alpha) * Math.Sin(half - beta) * Math.Sin(half - gamma));
        var volume = 2.0 * cell.AAngstroms * cell.BAngstroms * cell.CAngstroms * Math.Sqrt(skew);
        return volume <= 0.0 ? SmallestPositive : volume;
    }

    // 1/Å, a* along x and b* in the xy plane.
    private static (Vector3D AStar, Vector3D BStar, Vector3D CStar) Reciprocal(in UnitCell cell, double volume)
    {
        var (a, b, c) = (cell.AAngstroms, cell.BAngstroms, cell.CAngstroms);
        var (sinAlpha, cosAlpha) = (Math.Sin(cell.AlphaRadians), Math.Cos(cell.AlphaRadians));
        var (sinBeta, cosBeta) = (Math.Sin(cell.BetaRadians), Math.Cos(cell.BetaRadians));
        var (sinGamma, cosGamma) = (Math.Sin(cell.GammaRadians), Math.Cos(cell.GammaRadians));
        var volumeStar = 1.0 / volume;
        var aStar = Positive(b * c * sinAlpha * volumeStar);
        var bStar = Positive(c * a * sinBeta * volumeStar);
        var cStar = Positive(a * b * sinGamma * volumeStar);
        var sinGammaStar = Math.Clamp(c * volumeStar / aStar / bStar, -1.0, 1.0);
        var cosAlphaStar = AtMostOne((cosBeta * cosGamma - cosAlpha) / (sinBeta * sinGamma));
        var cosBetaStar = AtMostOne((cosGamma * cosAlpha - cosBeta) / (sinGamma * sinAlpha));
        var cosGammaStar = AtMostOne((cosAlpha * cosBeta - cosGamma) / (sinAlpha * sinBeta));
        return (
            new(aStar, 0.0, 0.0),
            new(bStar * cosGammaStar, bStar * sinGammaStar, 0.0),
            new(
                cStar * cosBetaStar,
                cStar * (cosAlphaStar - cosBetaStar * cosGammaStar) / sinGammaStar,
                cStar * volume / (a * b * c * sinGammaStar)));
    }

    private static double Positive(double length) => length > 0.0 ? length : Math.Max(Math.Abs(length), SmallestPositive);

    // +1 on both sides is what the reference program does with an impossible angle.
    private static double AtMostOne(double cosine) => cosine * cosine > 1.0 ? 1.0 : cosine;
}
