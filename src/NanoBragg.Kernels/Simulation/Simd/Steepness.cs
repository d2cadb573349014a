namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>How steep spots are: what an error of an index makes of a picture.</summary>
internal static class Steepness
{
    /// <summary>
    /// The relative slope of a spot with each index, where it has fallen to 1 %: of N cells in a row, and of a sphere of that diameter, 23 N; of exp(-κ h²), 4.3 √κ.
    /// </summary>
    /// <param name="plan">Whose crystal.</param>
    public static (double A, double B, double C) Of(SimulationPlan plan)
    {
        var (a, b, c) = plan.Cells;
        if (plan.Shape != Model.CrystalShape.Gaussian)
        {
            var steeper = plan.Shape == Model.CrystalShape.Ellipsoid ? 23.0 * Math.Sqrt(plan.ShapeFudge) : 23.0;
            return plan.Shape == Model.CrystalShape.Block ? (Row(a), Row(b), Row(c)) : (steeper * a, steeper * b, steeper * c);
        }

        var (lattice, root) = (plan.ReciprocalLattice, 4.3 * a * b * c * Math.Sqrt(2.0 * plan.ShapeFudge / 0.63));
        return (root * lattice.AStar.Length, root * lattice.BStar.Length, root * lattice.CStar.Length);

        static double Row(int count) => count == 1 ? 0.0 : 23.0 * count;
    }
}
