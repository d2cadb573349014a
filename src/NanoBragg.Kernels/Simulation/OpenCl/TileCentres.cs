using System.Numerics;
using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>The directions to the centres of a picture's tiles, as lattice.cl reads them.</summary>
internal static class TileCentres
{
    // Below, one thread is faster than several.
    private const int Few = 64;

    /// <summary>Computes the centres.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="first">The first tile's first pixel along the fast and the slow axis.</param>
    /// <param name="tiles">Tiles along the fast and the slow axis.</param>
    /// <param name="tileHeight">Pixels of a tile along the slow axis.</param>
    /// <typeparam name="T">The element.</typeparam>
    /// <returns>For each layer of the sensor, row and column: the unit vector and the reciprocal of the distance (1/m), then what rounding took from the vector.</returns>
    public static Quad<T>[] Of<T>(SimulationPlan plan, (int Fast, int Slow) first, (int Columns, int Rows) tiles, int tileHeight)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (columns, rows) = tiles;
        var layers = plan.Layers();
        var centres = new Quad<T>[2L * layers.Length * rows * columns];
        var options = new ParallelOptions { MaxDegreeOfParallelism = rows < Few ? 1 : -1 };
        Parallel.For(0, layers.Length * rows, options, line =>
        {
            var (fast, slow, origin) = (plan.FastAxis, plan.SlowAxis, layers[line / rows].OriginMetres);
            var s = plan.PixelSizeMetres * (first.Slow + (tileHeight * ((line % rows) + 0.5)));
            for (var column = 0; column < columns; column++)
            {
                var f = plan.PixelSizeMetres * (first.Fast + (Tile.Width * (column + 0.5)));
                var centre = new Vector3D(
                    (f * fast.X) + (s * slow.X) + origin.X, (f * fast.Y) + (s * slow.Y) + origin.Y, (f * fast.Z) + (s * slow.Z) + origin.Z);
                var direction = centre.Unitised();
                var place = 2 * (((long)line * columns) + column);
                centres[place] = new(direction, 1.0 / centre.Length);
                centres[place + 1] = new(Quad<T>.Lost(direction), 0.0);
            }
        });
        return centres;
    }
}
