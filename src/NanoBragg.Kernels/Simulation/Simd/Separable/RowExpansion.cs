using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>
/// The direction to a point of the detector as a series along the slow axis: with P the point, R its distance, σ the step, g = σ/R and μ the cosine between P
/// and the axis S, 1/|P + nσS| is the generating function of Legendre polynomials, so that
/// d₀ = P/R and dₖ = (-1)ᵏ gᵏ (Pₖ(μ) d₀ - Pₖ₋₁(μ) S).
/// </summary>
internal static class RowExpansion
{
    /// <summary>Gives the series at one point.</summary>
    /// <param name="plan">Whose detector.</param>
    /// <param name="fast">Sub-pixels along the fast axis from the detector's corner.</param>
    /// <param name="slow">Sub-pixels along the slow axis.</param>
    /// <param name="terms">Five terms, for steps of one sub-pixel.</param>
    /// <returns>The distance, m.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double At(SimulationPlan plan, double fast, double slow, Span<Vector3D> terms)
    {
        Vector3D point = plan.Point(fast, slow), s = plan.SlowAxis;
        var distance = point.Length;
        var direction = 1.0 / distance * point;
        double mu = Vector3D.Dot(direction, s), g = plan.SubpixelSizeMetres / distance;
        terms[0] = direction;
        double previous = 1.0, legendre = mu, scale = 1.0;
        for (var k = 1; k < terms.Length; k++)
        {
            scale *= -g;
            terms[k] = scale * ((legendre * direction) - (previous * s));
            (previous, legendre) = (legendre, ((((2 * k) + 1) * mu * legendre) - (k * previous)) / (k + 1));
        }

        return distance;
    }
}
