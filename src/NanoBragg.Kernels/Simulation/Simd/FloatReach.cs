using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>Tells whether float phases are good enough for a plan.</summary>
internal static class FloatReach
{
    /// <summary>The largest relative error that is accepted where a pixel has more than 1 % of the brightest one's value.</summary>
    private const double LargestError = 1e-4;

    /// <summary>Half the distance between 1 and the next float.</summary>
    private const double Rounding = 1.0 / (1 << 24);

    /// <summary>
    /// Estimates the largest error: a phase h, taken from the tile's centre, is off by up to one rounding of its own size, which is 1/2 plus
    /// |a|/λ times the tile's angular half-diagonal; times the steepest relative slope of a spot, where it has fallen to 1 %.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="roundings">Roundings by which a phase is off, where it is not one.</param>
    /// <returns>Whether it is below 1e-4; if not, very many cells, very long axes or a very close detector ask for double.</returns>
    public static bool Covers(SimulationPlan plan, double roundings = 1.0)
    {
        var halfDiagonal = 0.5 * Math.Sqrt(Tile.Width * Tile.Width + Tile.Height * Tile.Height) * plan.PixelSizeMetres;
        var distance = Math.Abs(Vector3D.Dot(plan.OriginMetres, plan.NormalAxis));
        var wavelength = double.PositiveInfinity;
        for (var i = 0; i < plan.Sources.Count; i++)
        {
            wavelength = Math.Min(wavelength, plan.Sources[i].WavelengthMetres);
        }

        var perAxis = halfDiagonal / distance / wavelength;
        var cells = plan.Orientations;
        var (a, b, c) = Steepness.Of(plan);
        return Error(a, new(cells[0], cells[1], cells[2])) <= LargestError
            && Error(b, new(cells[3], cells[4], cells[5])) <= LargestError
            && Error(c, new(cells[6], cells[7], cells[8])) <= LargestError;

        double Error(double slope, Vector3D axis) => slope * roundings * Rounding * (0.5 + axis.Length * perAxis);
    }
}
