using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.StructureFactors;

/// <summary>
/// What a run finds for the structure factor at a place in reciprocal space. A run that interpolates stops for good at the first place that the grid does
/// not surround, as in the reference program (physics.md section 20.2), so one look-up belongs to one run, and the order of its questions matters.
/// </summary>
/// <param name="grid">The grid, or null for none.</param>
/// <param name="outside">The structure factor outside the grid.</param>
/// <param name="interpolates">Whether the run starts with interpolation.</param>
internal struct StructureFactorLookup(StructureFactorGrid? grid, double outside, bool interpolates)
{
    private bool _interpolates = interpolates;

    /// <summary>Whether the run still interpolates.</summary>
    public readonly bool Interpolates => _interpolates;

    /// <summary>Goes on without interpolation, as after a place that the grid does not surround.</summary>
    public void EndInterpolation() => _interpolates = false;

    /// <summary>The structure factor at a place.</summary>
    /// <param name="h">Fractional index h.</param>
    /// <param name="k">Fractional index k.</param>
    /// <param name="l">Fractional index l.</param>
    /// <returns>The structure factor.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(double h, double k, double l) => grid is null ? outside : InGrid(grid, h, k, l);

    private double InGrid(StructureFactorGrid factors, double h, double k, double l)
    {
        _interpolates = _interpolates && factors.H.Surrounds(h) && factors.K.Surrounds(k) && factors.L.Surrounds(l);
        if (_interpolates)
        {
            return CubicInterpolation.Of(factors, h, k, l);
        }

        var (h0, k0, l0) = (NearestIndex.Of(h), NearestIndex.Of(k), NearestIndex.Of(l));
        return factors.Contains(h0, k0, l0) ? factors[h0, k0, l0] : outside;
    }
}
