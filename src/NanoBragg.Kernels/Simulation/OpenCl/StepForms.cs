using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>Chooses between the forms.</summary>
internal static class StepForms
{
    /// <summary>Pixels of a column that is followed.</summary>
    public const int ColumnPixels = 16;

    /// <summary>The relative error of a pixel above 1 % of the brightest one that following may cause, by a bound that is some ten times too large.</summary>
    private const double LargestError = 3e-5;

    // The fourth derivative of a solid angle times a polarisation factor with the angle is below 240.
    private const double FactorTerm = 10.0;

    /// <summary>Chooses the form for a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="mayFollow">Whether columns may be followed; not in double, which that would spoil.</param>
    public static StepForm For(SimulationPlan plan, bool mayFollow) =>
        plan.StepsPerPixel != 1 || plan.Sensor.Count != 1 ? StepForm.Many
        : !mayFollow || plan.Sensor.ThicknessMetres != 0.0 || ErrorAlongColumns(plan) > LargestError ? StepForm.Single
        : StepForm.SingleAlongColumns;

    /// <summary>
    /// What following a column costs in accuracy: the fifth term of the direction's series, which is left out, is at most two times (n g)⁵ (<see cref="Simd.Separable.RowExpansion"/>; no
    /// Legendre polynomial exceeds 1), n being half a column and g the angle of a pixel seen from the nearest point of the detector's plane. Of solid angle and polarisation the fourth term is left out.
    /// </summary>
    /// <param name="plan">A plan of one step a pixel.</param>
    /// <returns>At most this relative error of a pixel above 1 % of the brightest one.</returns>
    public static double ErrorAlongColumns(SimulationPlan plan)
    {
        var angle = 0.5 * ColumnPixels * plan.PixelSizeMetres / Math.Abs(Vector3D.Dot(plan.OriginMetres, plan.NormalAxis));
        var term = 2.0 * Math.Pow(angle, 5) / plan.Sources[0].WavelengthMetres;
        var cell = plan.Orientations;
        var (a, b, c) = Steepness.Of(plan);
        return (term * Math.Sqrt(Square(a, 0) + Square(b, 3) + Square(c, 6))) + (FactorTerm * Math.Pow(angle, 4));

        double Square(double slope, int first)
        {
            var error = slope * new Vector3D(cell[first], cell[first + 1], cell[first + 2]).Length;
            return error * error;
        }
    }
}
