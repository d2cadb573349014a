using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Simulation;

/// <summary>A range cut into points, the first one half the range below the middle.</summary>
/// <param name="Range">Full range.</param>
/// <param name="Step">Distance between points.</param>
/// <param name="Points">Number of points, at least 1.</param>
internal readonly record struct SampledRange(double Range, double Step, int Points)
{
    /// <summary>Applies the rules that fill in what the user left out (physics.md section 14).</summary>
    /// <param name="spread">What the user gave.</param>
    /// <returns>The range; one point in the middle where the rules leave nothing to spread.</returns>
    public static SampledRange Of(Spread spread)
    {
        // The reference program marks what is not given by a negative number, and so treats a negative one as not given.
        var (range, step, points) = (spread.Range ?? -1.0, spread.Step ?? -1.0, spread.Points ?? -1);
        (range, step, points) = (points <= 0, range < 0.0, step <= 0.0) switch
        {
            (true, true, true) => (0.0, 0.0, 1),
            (_, true, false) => (step, step, 2),
            (true, false, true) => (range, range, 2),
            (true, false, false) => (range, step, (int)Math.Ceiling(range / step)),
            (false, true, true) => (1.0, 1.0 / points, points),
            (false, false, true) => (range, range / (Math.Max(points, 2) - 1), Math.Max(points, 2)),
            _ => (range, step, points),
        };
        return range <= 0.0 || step <= 0.0 || points <= 0 ? new(0.0, 0.0, 1) : new(range, step, points);
    }

    /// <summary>A point, from the middle.</summary>
    /// <param name="i">Which, from 0.</param>
    /// <returns>Its distance from the middle.</returns>
    public double this[int i] => Step * i - Range / 2.0;

    /// <summary>The share of a circle's rule that a point makes: together with the other direction's, 1/4 is the edge.</summary>
    /// <param name="i">Which, from 0.</param>
    /// <returns>The square of its distance, but for a correction of an even number of points. A single point has none: not a number.</returns>
    public double RoundnessAt(int i)
    {
        var distance = this[i];
        return (distance * distance - Step * Step / 4.0 * (1 - Points % 2)) / Range / Range;
    }
}
