using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>One picture being drawn: threads take bands of tiles from it until none is left.</summary>
internal abstract unsafe class RenderJob
{
    /// <summary>Draws bands until none is left, on the calling thread.</summary>
    /// <param name="worker">Which of the job's threads is calling, from 0.</param>
    public abstract void Work(int worker);
}

/// <summary>A picture of <typeparamref name="TPixel"/>.</summary>
/// <typeparam name="TDoubles">A register of doubles, for the geometry.</typeparam>
/// <typeparam name="TPixels">A register of pixels.</typeparam>
/// <typeparam name="TPixel"><see langword="float"/> or <see langword="double"/>.</typeparam>
/// <param name="plan">The plan.</param>
/// <param name="kernel">The inner loop.</param>
/// <param name="image">The picture.</param>
/// <param name="memory">Scratch memory: <see cref="Tile.Bytes"/> for each thread.</param>
/// <remarks>A pixel's value depends on its own tile alone, so it does not depend on which thread draws it.</remarks>
internal sealed unsafe class RenderJob<TDoubles, TPixels, TPixel>(SimulationPlan plan, LatticeKernel kernel, TPixel* image, byte* memory) : RenderJob
    where TDoubles : struct, ILanes<TDoubles, double>
    where TPixels : struct, ILanes<TPixels, TPixel>
    where TPixel : unmanaged
{
    private readonly DetectorGeometry[] _layers = DetectorGeometry.OfLayers(plan);
    private int _nextRow;

    /// <inheritdoc/>
    public override void Work(int worker)
    {
        var tile = new Tile(memory + ((nint)worker * Tile.Bytes));
        for (; ; )
        {
            tile.Slow = Interlocked.Add(ref _nextRow, Tile.Height) - Tile.Height;
            if (tile.Slow >= plan.SlowPixels)
            {
                return;
            }

            tile.Rows = Math.Min(Tile.Height, plan.SlowPixels - tile.Slow);
            for (tile.Fast = 0; tile.Fast < plan.FastPixels; tile.Fast += Tile.Width)
            {
                Draw(ref tile);
            }
        }
    }

    private void Draw(ref Tile tile)
    {
        new Span<double>(tile.Sums, tile.Pixels).Clear();
        for (var layer = 0; layer < _layers.Length; layer++)
        {
            Add(ref tile, in _layers[layer], layer == 0);
        }

        Store(in tile);
    }

    private void Add(ref Tile tile, in DetectorGeometry detector, bool isFirst)
    {
        detector.Centre(ref tile);
        var evaluations = plan.Sources.Count * plan.OrientationCount;
        for (var first = 0; first < evaluations; first += Tile.Batch)
        {
            var count = Math.Min(Tile.Batch, evaluations - first);
            kernel.Prepare(ref tile, plan, first, count);
            for (var subSlow = 0; subSlow < plan.Oversample; subSlow++)
            {
                for (var subFast = 0; subFast < plan.Oversample; subFast++)
                {
                    detector.Directions<TDoubles>(in tile, subFast, subSlow);
                    if (isFirst && first + subSlow + subFast == 0)
                    {
                        detector.Factors<TDoubles>(in tile);
                    }

                    kernel.Accumulate(in tile, count);
                }
            }
        }
    }

    private void Store(in Tile tile)
    {
        Scale(tile.Sums, tile.Factor, tile.Pixels);
        var columns = Math.Min(Tile.Width, plan.FastPixels - tile.Fast);
        for (var row = 0; row < tile.Rows; row++)
        {
            Copy(tile.Sums + row * Tile.Width, columns, image + ((long)(tile.Slow + row) * plan.FastPixels) + tile.Fast);
        }
    }

    /// <summary>Multiplies each sum by its pixel's factor.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Scale(double* sums, double* factors, int pixels)
    {
        for (var end = sums + pixels; sums < end; sums += TDoubles.Count, factors += TDoubles.Count)
        {
            TDoubles.Store(TDoubles.LoadDoubles(sums) * TDoubles.LoadDoubles(factors), sums);
        }
    }

    /// <summary>Rounds a row of the tile to the picture's element.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Copy(double* values, int count, TPixel* target)
    {
        var i = 0;
        for (; i <= count - TPixels.Count; i += TPixels.Count)
        {
            TPixels.Store(TPixels.LoadDoubles(values + i), target + i);
        }

        for (; i < count; i++)
        {
            target[i] = typeof(TPixel) == typeof(float) ? Unsafe.BitCast<float, TPixel>((float)values[i]) : Unsafe.BitCast<double, TPixel>(values[i]);
        }
    }
}
