namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>The size of a tile within which phases are taken apart into those of columns and those of rows.</summary>
/// <param name="Width">Pixels along the fast axis, a multiple of 16.</param>
/// <param name="Height">Pixels along the slow axis.</param>
/// <param name="Oversample">Sub-pixels per pixel and axis.</param>
internal readonly record struct TileShape(int Width, int Height, int Oversample)
{
    /// <summary>The most sub-pixels along an axis, so that a tile stays in the first level of cache; the narrowest tile is allowed whatever its sub-pixels.</summary>
    public const int MostSubpixels = 128;

    private const int Narrowest = 16;

    private const int HeightStep = 4;

    // Counted in the code: vector operations for a register of sub-pixels and one evaluation (core), for a register of columns, of rows, and for a tile and
    // an evaluation; and what a tile takes once. Of 16 lanes, whatever the machine's, so that all machines draw the same bits.
    private const double Lanes = 16;
    private const double CoreOperations = 30;
    private const double ColumnOperations = 190;
    private const double RowOperations = 60;
    private const double AnchorOperations = 300;
    private const double ColumnGeometry = 200;
    private const double RowGeometry = 400;
    private const double TileGeometry = 2000;

    /// <summary>Chooses the fastest tile whose errors stay within bounds.</summary>
    /// <param name="plan">What is drawn.</param>
    /// <param name="bounds">What a tile may cost in accuracy.</param>
    /// <returns>The tile, or null where even the smallest is too large: very close detectors, very long cells.</returns>
    public static TileShape? Choose(SimulationPlan plan, in PhaseBounds bounds)
    {
        TileShape? best = null;
        var least = double.PositiveInfinity;
        foreach (var width in (ReadOnlySpan<int>)[Narrowest, 32, 64, 128])
        {
            if (width != Narrowest && width * plan.Oversample > MostSubpixels)
            {
                break;
            }

            // Higher is faster and less accurate: the highest that is allowed.
            var (steps, most) = (0, Math.Min(MostSubpixels / (plan.Oversample * HeightStep), (plan.SlowPixels + HeightStep - 1) / HeightStep));
            while (steps < most)
            {
                var middle = (steps + most + 1) / 2;
                (steps, most) = bounds.Allow(new(width, HeightStep * middle, plan.Oversample)) ? (middle, most) : (steps, middle - 1);
            }

            var highest = new TileShape(width, HeightStep * steps, plan.Oversample);
            if (steps > 0 && highest.Cost((double)plan.Sources.Count * plan.OrientationCount) is var cost && cost < least)
            {
                (least, best) = (cost, highest);
            }
        }

        return best;
    }

    private double Cost(double evaluations)
    {
        double columns = Width * Oversample, rows = Height * Oversample;
        var tables = (ColumnOperations / rows) + (RowOperations / columns) + (AnchorOperations * Lanes / (columns * rows));
        var geometry = (ColumnGeometry / rows) + (RowGeometry / columns) + (TileGeometry * Lanes / (columns * rows));
        return CoreOperations + tables + (geometry / evaluations);
    }
}
