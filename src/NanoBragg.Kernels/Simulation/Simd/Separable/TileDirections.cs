using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>The directions to a tile's columns (along its middle row) and rows (along its middle column), in double.</summary>
/// <typeparam name="TLanes">A register of doubles.</typeparam>
internal static unsafe class TileDirections<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    /// <summary>
    /// Writes the columns' directions and the first three terms of their series along the rows (<see cref="RowExpansion"/>), less those of the centre; terms times 2π and 2, 4, and 24, in the units
    /// of <see cref="RowDifferences{T}"/>. Of the fourth term there is what a polynomial of third degree has of it over the tile's rows (<see cref="PhaseBounds"/>).
    /// </summary>
    /// <param name="plan">Whose detector.</param>
    /// <param name="place">The first column's place along the fast axis, sub-pixels, and the distance to the next.</param>
    /// <param name="slow">The middle row's place along the slow axis, sub-pixels.</param>
    /// <param name="reach">Sub-pixels from the middle row to the first.</param>
    /// <param name="centre">The series at the tile's centre, five terms.</param>
    /// <param name="count">How many columns, a multiple of a register.</param>
    /// <param name="target">Twelve arrays.</param>
    /// <param name="stride">Distance between them.</param>
    public static void Columns(
        SimulationPlan plan, (double First, double Step) place, double slow, double reach, ReadOnlySpan<Vector3D> centre, int count, double* target, int stride)
    {
        var (of0, of2) = PhaseBounds.OfFourthDegree(reach);
        var from = plan.Point(place.First, slow);
        var step = plan.SubpixelSizeMetres * place.Step * plan.FastAxis;
        Span<Vector3D> less = [centre[0] + (of0 * centre[4]), 4.0 * Math.PI * centre[1], 8.0 * Math.PI * (centre[2] + (of2 * centre[4])), 48.0 * Math.PI * centre[3]];
        fixed (Vector3D* c = less)
        {
            Columns(from, step, plan.SlowAxis, plan.SubpixelSizeMetres, of0, of2, c, count, target, stride);
        }
    }

    /// <summary>Writes the rows' directions, less that of the centre.</summary>
    /// <param name="plan">Whose detector.</param>
    /// <param name="fast">The middle column's place along the fast axis, sub-pixels.</param>
    /// <param name="first">The first row's place along the slow axis, sub-pixels.</param>
    /// <param name="centre">The direction to the centre.</param>
    /// <param name="count">How many rows, a multiple of a register.</param>
    /// <param name="target">Three arrays.</param>
    /// <param name="stride">Distance between them.</param>
    public static void Rows(SimulationPlan plan, double fast, double first, Vector3D centre, int count, double* target, int stride) =>
        Rows(plan.Point(fast, first), plan.SubpixelSizeMetres * plan.SlowAxis, centre, count, target, stride);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Columns(Vector3D from, Vector3D step, Vector3D slow, double sigma, double of0, double of2, Vector3D* centre, int count, double* target, int stride)
    {
        TLanes sx = TLanes.Broadcast(slow.X), sy = TLanes.Broadcast(slow.Y), sz = TLanes.Broadcast(slow.Z);
        TLanes one = TLanes.Broadcast(1.0), register = TLanes.Broadcast(TLanes.Count);
        var column = TLanes.Ascending;
        for (var end = target + count; target < end; target += TLanes.Count)
        {
            var x = TLanes.MultiplyAdd(column, TLanes.Broadcast(step.X), TLanes.Broadcast(from.X));
            var y = TLanes.MultiplyAdd(column, TLanes.Broadcast(step.Y), TLanes.Broadcast(from.Y));
            var z = TLanes.MultiplyAdd(column, TLanes.Broadcast(step.Z), TLanes.Broadcast(from.Z));
            var w = one / TLanes.Sqrt(TLanes.MultiplyAdd(x, x, TLanes.MultiplyAdd(y, y, z * z)));
            x *= w;
            y *= w;
            z *= w;

            // 4π, 8π and 48π times (-g)ᵏ (Pₖ(μ) d₀ - Pₖ₋₁(μ) S).
            var mu = TLanes.MultiplyAdd(x, sx, TLanes.MultiplyAdd(y, sy, z * sz));
            var p2 = TLanes.MultiplySubtract(TLanes.Broadcast(1.5) * mu, mu, TLanes.Broadcast(0.5));
            var p3 = TLanes.MultiplySubtract(TLanes.Broadcast(2.5) * mu, mu, TLanes.Broadcast(1.5)) * mu;
            var g = w * TLanes.Broadcast(-sigma);
            var p4 = TLanes.MultiplySubtract(TLanes.Broadcast(1.75) * mu, p3, TLanes.Broadcast(0.75) * p2);
            var twoG = g + g;
            TLanes first = twoG * TLanes.Broadcast(2.0 * Math.PI), second = first * twoG, third = second * (twoG + twoG + twoG);

            // The fourth term, of which the even ones below have their parts.
            TLanes fourth = second * g * g, part0 = fourth * TLanes.Broadcast(of0 / (8.0 * Math.PI)), part2 = fourth * TLanes.Broadcast(of2);
            Term(TLanes.MultiplyAdd(part0, p4, one), x, y, z, part0 * p3, sx, sy, sz, centre, target, stride);
            Term(first * mu, x, y, z, first, sx, sy, sz, centre + 1, target + (3 * stride), stride);
            Term(TLanes.MultiplyAdd(part2, p4, second * p2), x, y, z, TLanes.MultiplyAdd(part2, p3, second * mu), sx, sy, sz, centre + 2, target + (6 * stride), stride);
            Term(third * p3, x, y, z, third * p2, sx, sy, sz, centre + 3, target + (9 * stride), stride);
            column += register;
        }
    }

    /// <summary>Writes u d₀ - v S less the centre's term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Term(TLanes u, TLanes x, TLanes y, TLanes z, TLanes v, TLanes sx, TLanes sy, TLanes sz, Vector3D* centre, double* target, int stride)
    {
        TLanes.Store(TLanes.MultiplySubtract(u, x, TLanes.MultiplyAdd(v, sx, TLanes.Broadcast(centre->X))), target);
        TLanes.Store(TLanes.MultiplySubtract(u, y, TLanes.MultiplyAdd(v, sy, TLanes.Broadcast(centre->Y))), target + stride);
        TLanes.Store(TLanes.MultiplySubtract(u, z, TLanes.MultiplyAdd(v, sz, TLanes.Broadcast(centre->Z))), target + (2 * stride));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Rows(Vector3D from, Vector3D step, Vector3D centre, int count, double* target, int stride)
    {
        var one = TLanes.Broadcast(1.0);
        var row = TLanes.Ascending;
        for (var i = 0; i < count; i += TLanes.Count)
        {
            var x = TLanes.MultiplyAdd(row, TLanes.Broadcast(step.X), TLanes.Broadcast(from.X));
            var y = TLanes.MultiplyAdd(row, TLanes.Broadcast(step.Y), TLanes.Broadcast(from.Y));
            var z = TLanes.MultiplyAdd(row, TLanes.Broadcast(step.Z), TLanes.Broadcast(from.Z));
            var w = one / TLanes.Sqrt(TLanes.MultiplyAdd(x, x, TLanes.MultiplyAdd(y, y, z * z)));
            TLanes.Store(TLanes.MultiplySubtract(x, w, TLanes.Broadcast(centre.X)), target + i);
            TLanes.Store(TLanes.MultiplySubtract(y, w, TLanes.Broadcast(centre.Y)), target + i + stride);
            TLanes.Store(TLanes.MultiplySubtract(z, w, TLanes.Broadcast(centre.Z)), target + i + (2 * stride));
            row += TLanes.Broadcast(TLanes.Count);
        }
    }
}
