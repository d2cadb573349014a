using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation;

/// <summary>
/// How far a run interpolates between structure factors. One that the grid does not surround ends interpolation for the rest of the run (physics.md section 20.2),
/// so that a picture has to be drawn in order, unless it is known beforehand that there is none, or that the very first is one.
/// </summary>
internal enum InterpolationCourse
{
    /// <summary>No evaluation interpolates.</summary>
    Never,

    /// <summary>All do.</summary>
    Throughout,

    /// <summary>Some may, up to one that the grid does not surround.</summary>
    Partway,
}

/// <summary>Tells a plan's <see cref="InterpolationCourse"/>.</summary>
internal static class Interpolation
{
    // Asked for by whoever chooses a back end, a kernel and a precision, and found once.
    private static readonly ConditionalWeakTable<SimulationPlan, object> _found = [];

    /// <summary>Bounds the indices of a whole picture, which takes no longer than some thousand pixels do.</summary>
    /// <param name="plan">The plan.</param>
    public static InterpolationCourse CourseOf(SimulationPlan plan) =>
        plan is { StructureFactors: not null, InterpolatesStructureFactors: true }
            ? (InterpolationCourse)_found.GetValue(plan, static asked => Find(asked, asked.StructureFactors!)) : InterpolationCourse.Never;

    private static InterpolationCourse Find(SimulationPlan plan, StructureFactorGrid grid)
    {
        if (FirstMisses(plan, grid))
        {
            return InterpolationCourse.Never;
        }

        // Blocks still to be looked at, whole pixels; the next to be split is the last.
        var blocks = new Stack<(int Fast, int Slow, int Width, int Height)>();
        foreach (var layer in plan.Layers())
        {
            blocks.Push((0, 0, plan.FastPixels, plan.SlowPixels));
            while (blocks.TryPop(out var block))
            {
                if (Surrounds(layer, grid, block) is not { } all)
                {
                    return InterpolationCourse.Partway;
                }

                if (all)
                {
                    continue;
                }

                // No bound tells, down to a single pixel: too close to the grid's edge.
                if (block is { Width: 1, Height: 1 })
                {
                    return InterpolationCourse.Partway;
                }

                var (width, height) = ((block.Width + 1) / 2, (block.Height + 1) / 2);
                for (var slow = 0; slow < block.Height; slow += height)
                {
                    for (var fast = 0; fast < block.Width; fast += width)
                    {
                        blocks.Push((block.Fast + fast, block.Slow + slow, Math.Min(width, block.Width - fast), Math.Min(height, block.Height - slow)));
                    }
                }
            }
        }

        return InterpolationCourse.Throughout;
    }

    private static bool FirstMisses(SimulationPlan plan, StructureFactorGrid grid)
    {
        for (var slow = 0; slow < plan.SlowPixels; slow++)
        {
            for (var fast = 0; fast < plan.FastPixels; fast++)
            {
                if (plan.Renders(fast, slow))
                {
                    var direction = plan.Point((fast * plan.Oversample) + 0.5, (slow * plan.Oversample) + 0.5).Unitised();
                    return !Surrounds(plan, grid, plan.Sources[0], (plan.FirstEvaluationOrientations ?? plan.Orientations).AsSpan(0, 9), direction, 0.0);
                }
            }
        }

        return true;
    }

    /// <summary>Whether the grid surrounds all of a block's evaluations; null where it surely does not surround one.</summary>
    private static bool? Surrounds(SimulationPlan plan, StructureFactorGrid grid, (int Fast, int Slow, int Width, int Height) block)
    {
        var centre = plan.Point(plan.Oversample * (block.Fast + (0.5 * block.Width)), plan.Oversample * (block.Slow + (0.5 * block.Height)));
        var half = 0.5 * plan.PixelSizeMetres * Math.Sqrt(((double)block.Width * block.Width) + ((double)block.Height * block.Height));
        var direction = centre.Unitised();

        // Unit vectors to two points differ by at most the points' distance over the shorter of theirs.
        var reach = half < 0.5 * centre.Length ? half / (centre.Length - half) : 2.0;
        var all = true;
        foreach (var orientations in (ReadOnlySpan<double[]?>)[plan.Orientations, plan.FirstEvaluationOrientations])
        {
            for (var first = 0; first < (orientations?.Length ?? 0); first += 9)
            {
                foreach (var source in plan.Sources)
                {
                    var cell = orientations.AsSpan(first, 9);
                    if (!Surrounds(plan, grid, source, cell, direction, 0.0))
                    {
                        return null;
                    }

                    all = all && Surrounds(plan, grid, source, cell, direction, reach);
                }
            }
        }

        return all;
    }

    private static bool Surrounds(SimulationPlan plan, StructureFactorGrid grid, Source source, ReadOnlySpan<double> cell, Vector3D direction, double reach)
    {
        var q = 1.0 / source.WavelengthMetres * (direction - source.IncidentDirection);
        return Axis(grid.H, new(cell[0], cell[1], cell[2])) && Axis(grid.K, new(cell[3], cell[4], cell[5])) && Axis(grid.L, new(cell[6], cell[7], cell[8]));

        bool Axis(IndexRange range, Vector3D axis)
        {
            var (index, about) = (Vector3D.Dot(axis, q), reach * axis.Length / source.WavelengthMetres);
            return range.Surrounds(index - about) && range.Surrounds(index + about);
        }
    }
}
