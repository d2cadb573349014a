namespace NanoBragg.Kernels.Model;

/// <summary>
/// A direct unit cell. Edges stay in Ångström, as in every crystallographic file: the reciprocal cell is computed from these figures,
/// and a detour through metres would change its last bits.
/// </summary>
/// <param name="AAngstroms">Edge a, Å.</param>
/// <param name="BAngstroms">Edge b, Å.</param>
/// <param name="CAngstroms">Edge c, Å.</param>
/// <param name="AlphaRadians">Angle between b and c, rad.</param>
/// <param name="BetaRadians">Angle between c and a, rad.</param>
/// <param name="GammaRadians">Angle between a and b, rad.</param>
public readonly record struct UnitCell(
    double AAngstroms, double BAngstroms, double CAngstroms, double AlphaRadians, double BetaRadians, double GammaRadians)
{
    /// <summary>A cubic cell.</summary>
    /// <param name="edgeAngstroms">Edge, Å.</param>
    /// <returns>The cell.</returns>
    public static UnitCell Cubic(double edgeAngstroms)
    {
        var right = Units.Degrees(90.0);
        return new(edgeAngstroms, edgeAngstroms, edgeAngstroms, right, right, right);
    }
}
