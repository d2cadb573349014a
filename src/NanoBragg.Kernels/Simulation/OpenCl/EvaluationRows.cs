using System.Numerics;
using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>Evaluations (a source with an orientation), as lattice.cl reads them.</summary>
internal static class EvaluationRows
{
    /// <summary>Rows of an evaluation.</summary>
    public const int Rows = 6;

    /// <summary>Fills in evaluations.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="first">The first evaluation: source times orientation count plus orientation.</param>
    /// <param name="rows">
    /// Where to, <see cref="Rows"/> an evaluation: a, b, c over the wavelength with the fractions of the indices that the incident beam alone gives; then what
    /// rounding took from the vectors, with the whole numbers of those indices.
    /// </param>
    /// <typeparam name="T">The element.</typeparam>
    public static void Fill<T>(SimulationPlan plan, long first, Span<Quad<T>> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < rows.Length / Rows; i++)
        {
            var (source, orientation) = Math.DivRem(first + i, plan.OrientationCount);
            var (incident, wavelength) = plan.Sources[(int)source];
            var cell = plan.Orientations.AsSpan(9 * (int)orientation, 9);
            for (var axis = 0; axis < 3; axis++)
            {
                var vector = (1.0 / wavelength) * new Vector3D(cell[3 * axis], cell[(3 * axis) + 1], cell[(3 * axis) + 2]);
                var index = -Vector3D.Dot(vector, incident);
                var whole = Math.Round(index);
                rows[(Rows * i) + axis] = new(vector, index - whole);
                rows[(Rows * i) + 3 + axis] = new(Quad<T>.Lost(vector), whole);
            }
        }
    }
}
