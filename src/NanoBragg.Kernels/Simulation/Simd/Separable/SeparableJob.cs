using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>A picture drawn tile by tile, each evaluation's phases taken apart into those of the tile's columns and those of its rows.</summary>
/// <typeparam name="TDoubles">A register of doubles, for the geometry.</typeparam>
/// <typeparam name="TLanes">A register of phases.</typeparam>
/// <typeparam name="T">The element of phases.</typeparam>
/// <typeparam name="TPixels">A register of pixels.</typeparam>
/// <typeparam name="TPixel"><see langword="float"/> or <see langword="double"/>.</typeparam>
/// <param name="plan">The plan.</param>
/// <param name="shape">The tiles' size.</param>
/// <param name="kernel">The inner loop.</param>
/// <param name="image">The picture.</param>
/// <param name="memory">Scratch memory: <see cref="PhaseTile{T}.Bytes"/> for each thread.</param>
internal sealed unsafe class SeparableJob<TDoubles, TLanes, T, TPixels, TPixel>(SimulationPlan plan, TileShape shape, SeparableKernel<T> kernel, TPixel* image, byte* memory) : RenderJob
    where TDoubles : struct, ILanes<TDoubles, double>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
    where TPixels : struct, ILanes<TPixels, TPixel>
    where TPixel : unmanaged
{
    private readonly SimulationPlan[] _layers = plan.Layers();
    private readonly DetectorGeometry _detector = new(plan);
    private readonly int _evaluations = plan.Sources.Count * plan.OrientationCount;
    private readonly bool _isSingle = kernel.Finishes && plan.StepsPerPixel * plan.Sensor.Count == 1 && shape.Height <= PhaseTile<T>.RowFactorStride;
    private int _nextRow;

    /// <inheritdoc/>
    public override void Work(int worker)
    {
        var tile = new PhaseTile<T>(memory + ((nint)worker * PhaseTile<T>.Bytes(shape, kernel)), shape, kernel);
        for (var pixel = 0; pixel < shape.Width; pixel++)
        {
            tile.Places[pixel] = Orientations<T>.Rounded(FactorSurface<TDoubles>.Place(pixel, shape.Width));
        }

        for (; ; )
        {
            tile.Slow = Interlocked.Add(ref _nextRow, shape.Height) - shape.Height;
            if (tile.Slow >= plan.SlowPixels)
            {
                return;
            }

            tile.Height = Math.Min(shape.Height, plan.SlowPixels - tile.Slow);
            for (tile.Fast = 0; tile.Fast < plan.FastPixels; tile.Fast += shape.Width)
            {
                Draw(ref tile);
            }
        }
    }

    private void Draw(ref PhaseTile<T> tile)
    {
        // Whole registers of pixels; those past the picture's edge are computed and not written.
        var columns = Math.Min(shape.Width, (plan.FastPixels - tile.Fast + TLanes.Count - 1) / TLanes.Count * TLanes.Count);
        if (_isSingle && typeof(T) == typeof(TPixel) && columns <= plan.FastPixels - tile.Fast && tile.Height % 2 == 0)
        {
            DrawAtOnce(ref tile, columns);
            return;
        }

        var wide = _evaluations * _layers.Length > PhaseTile<T>.Batch;
        if (wide)
        {
            new Span<double>(tile.WideSums, shape.Width * tile.Height).Clear();
        }
        else
        {
            new Span<T>(tile.Sums, shape.Width * tile.SubRows).Clear();
        }

        Prefetch(image + ((long)tile.Slow * plan.FastPixels) + tile.Fast, plan.FastPixels, tile.Height, columns);
        foreach (var layer in _layers)
        {
            Place(ref tile, layer);
            Add(ref tile, columns, wide);
        }

        Store(in tile, columns, wide);
    }

    /// <summary>Draws pixels of a single step each, with no sums between.</summary>
    private void DrawAtOnce(ref PhaseTile<T> tile, int columns)
    {
        var target = (T*)(image + ((long)tile.Slow * plan.FastPixels) + tile.Fast);
        Place(ref tile, _layers[0]);
        Orientations<double>.Prepare(plan, 0, 1, new(tile.CentreX, tile.CentreY, tile.CentreZ), tile.LoadedBatch == 0, tile.Orientations);
        tile.LoadedBatch = 0;
        kernel.Prepare(in tile, shape.Width, tile.Orientations);
        FactorSurface<TDoubles>.Rows(in _detector, (tile.Fast, shape.Width), (tile.Slow, tile.Height), tile.Factors, tile.FactorStride);
        for (var i = 0; i < FactorSurface<TDoubles>.Points; i++)
        {
            Round(tile.Factors + (i * tile.FactorStride), tile.RowFactors + (i * PhaseTile<T>.RowFactorStride), tile.Height);
        }

        for (var pixel = 0; pixel < columns; pixel += TLanes.Count)
        {
            kernel.Finish(in tile, tile.ColumnTables + (kernel.ColumnVectors * pixel), tile.Places + pixel, target + pixel, plan.FastPixels);
        }
    }

    private void Add(ref PhaseTile<T> tile, int columns, bool wide)
    {
        for (var first = 0; first < _evaluations; first += PhaseTile<T>.Batch)
        {
            var count = Math.Min(PhaseTile<T>.Batch, _evaluations - first);
            if (wide)
            {
                new Span<T>(tile.Sums, shape.Width * tile.SubRows).Clear();
            }

            Orientations<double>.Prepare(plan, first, count, new(tile.CentreX, tile.CentreY, tile.CentreZ), tile.LoadedBatch == first, tile.Orientations);
            tile.LoadedBatch = first;
            for (var i = 0; i < count; i++)
            {
                Evaluate(in tile, tile.Orientations + (Tile.OrientationStride * i), columns);
            }

            if (wide)
            {
                Widen(tile.Sums, tile.WideSums, shape, tile.Height, columns);
            }
        }
    }

    private void Place(ref PhaseTile<T> tile, SimulationPlan layer)
    {
        Span<Vector3D> centre = stackalloc Vector3D[5];
        double fast = plan.Oversample * (tile.Fast + (0.5 * shape.Width)), slow = plan.Oversample * (tile.Slow + (0.5 * tile.Height));
        RowExpansion.At(layer, fast, slow, centre);
        (tile.CentreX, tile.CentreY, tile.CentreZ) = (centre[0].X, centre[0].Y, centre[0].Z);
        var stride = tile.ColumnStride;
        for (var sub = 0; sub < plan.Oversample; sub++)
        {
            var first = (plan.Oversample * (double)tile.Fast) + sub + 0.5;
            TileDirections<TDoubles>.Columns(layer, (first, plan.Oversample), slow, 0.5 * (tile.SubRows - 1), centre, shape.Width, tile.ColumnDirections + (sub * shape.Width), stride);
        }

        RowDifferences<T>.Write(tile.SubRows, tile.Differences);
        Round(tile.ColumnDirections, tile.Columns, PhaseTile<T>.ColumnArrays * stride);
        TileDirections<TDoubles>.Rows(layer, fast, (plan.Oversample * (double)tile.Slow) + 0.5, centre[0], tile.RowStride, tile.RowDirections, tile.RowStride);
        Round(tile.RowDirections, tile.Rows, PhaseTile<T>.RowArrays * tile.RowStride);
    }

    private void Evaluate(in PhaseTile<T> tile, double* orientation, int columns)
    {
        kernel.Prepare(in tile, shape.Width * plan.Oversample, orientation);
        for (var sub = 0; sub < plan.Oversample; sub++)
        {
            for (var pixel = 0; pixel < columns; pixel += TLanes.Count)
            {
                var column = tile.ColumnTables + (kernel.ColumnVectors * ((sub * shape.Width) + pixel));
                kernel.Accumulate(in tile, column, orientation, tile.Sums + pixel, shape.Width);
            }
        }
    }

    private void Store(in PhaseTile<T> tile, int columns, bool wide)
    {
        FactorSurface<TDoubles>.Rows(in _detector, (tile.Fast, shape.Width), (tile.Slow, tile.Height), tile.Factors, tile.FactorStride);

        // Straight into the picture, unless its elements are others or registers would reach beyond the row's end.
        var target = image + ((long)tile.Slow * plan.FastPixels) + tile.Fast;
        var count = Math.Min(columns, plan.FastPixels - tile.Fast);
        var isDirect = typeof(T) == typeof(TPixel) && count == columns;
        var scaled = isDirect ? (T*)target : tile.Sums;
        var width = isDirect ? plan.FastPixels : shape.Width;
        if (wide)
        {
            Scale(tile.WideSums, shape, tile.Places, tile.Factors, tile.FactorStride, tile.Height, columns, scaled, width);
        }
        else
        {
            Scale(tile.Sums, shape, tile.Places, tile.Factors, tile.FactorStride, tile.Height, columns, scaled, width);
        }

        for (var row = 0; !isDirect && row < tile.Height; row++)
        {
            Copy(tile.Sums + (row * shape.Width), target + ((long)row * plan.FastPixels), count);
        }
    }

    /// <summary>Asks for the picture's memory before the tile is computed, so that it is there when the tile is stored.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Prefetch(TPixel* target, nint width, int rows, int columns)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            for (var pixel = 0; pixel < columns; pixel += 64 / sizeof(TPixel))
            {
                Sse.Prefetch0(target + pixel);
            }

            target += width;
        }
    }

    /// <summary>Sums each pixel's sub-pixel rows and multiplies by its factor.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Scale(T* sums, TileShape shape, T* places, double* factors, int stride, int rows, int columns, T* target, nint width)
    {
        for (var row = 0; row < rows; row++)
        {
            TLanes f0 = TLanes.Broadcast(factors[row]), f1 = TLanes.Broadcast(factors[row + stride]), f2 = TLanes.Broadcast(factors[row + (2 * stride)]);
            TLanes f3 = TLanes.Broadcast(factors[row + (3 * stride)]), f4 = TLanes.Broadcast(factors[row + (4 * stride)]);
            for (var pixel = 0; pixel < columns; pixel += TLanes.Count)
            {
                var sum = PixelSum(sums + pixel, shape);
                TLanes.Store(sum * Polynomial(TLanes.Load(places + pixel), f0, f1, f2, f3, f4), target + pixel);
            }

            sums += shape.Width * shape.Oversample;
            target += width;
        }
    }

    /// <summary>Multiplies each pixel's sum by its factor.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Scale(double* wideSums, TileShape shape, T* places, double* factors, int stride, int rows, int columns, T* target, nint width)
    {
        for (var row = 0; row < rows; row++)
        {
            TLanes f0 = TLanes.Broadcast(factors[row]), f1 = TLanes.Broadcast(factors[row + stride]), f2 = TLanes.Broadcast(factors[row + (2 * stride)]);
            TLanes f3 = TLanes.Broadcast(factors[row + (3 * stride)]), f4 = TLanes.Broadcast(factors[row + (4 * stride)]);
            for (var pixel = 0; pixel < columns; pixel += TLanes.Count)
            {
                TLanes.Store(TLanes.LoadDoubles(wideSums + pixel) * Polynomial(TLanes.Load(places + pixel), f0, f1, f2, f3, f4), target + pixel);
            }

            wideSums += shape.Width;
            target += width;
        }
    }

    /// <summary>Sums the sub-pixel rows of a register of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes PixelSum(T* sums, TileShape shape)
    {
        var sum = TLanes.Load(sums);
        for (var sub = 1; sub < shape.Oversample; sub++)
        {
            sum = TLanes.AddLoaded(sum, sums + (sub * shape.Width));
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Polynomial(TLanes x, TLanes f0, TLanes f1, TLanes f2, TLanes f3, TLanes f4) =>
        TLanes.MultiplyAdd(TLanes.MultiplyAdd(TLanes.MultiplyAdd(TLanes.MultiplyAdd(f4, x, f3), x, f2), x, f1), x, f0);

    /// <summary>Adds a batch's sums, sub-pixel rows together, to those of the batches before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Widen(T* sums, double* wideSums, TileShape shape, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var pixel = 0; pixel < columns; pixel += TLanes.Count)
            {
                var sum = PixelSum(sums + pixel, shape);
                TLanes.AddToDoubles(sum, wideSums + pixel);
            }

            sums += shape.Width * shape.Oversample;
            wideSums += shape.Width;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Round(double* values, T* target, int count)
    {
        for (var i = 0; i < count; i += TLanes.Count)
        {
            TLanes.Store(TLanes.LoadDoubles(values + i), target + i);
        }
    }

    /// <summary>Copies a row of the tile to the picture.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Copy(T* values, TPixel* target, int count)
    {
        var i = 0;
        if (typeof(T) == typeof(TPixel))
        {
            for (; i <= count - TLanes.Count; i += TLanes.Count)
            {
                TLanes.Store(TLanes.Load(values + i), (T*)(target + i));
            }
        }
        else if (typeof(T) == typeof(double))
        {
            for (; i <= count - TPixels.Count; i += TPixels.Count)
            {
                TPixels.Store(TPixels.LoadDoubles((double*)(values + i)), target + i);
            }
        }

        for (; i < count; i++)
        {
            var value = typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(values[i]) : Unsafe.BitCast<T, double>(values[i]);
            target[i] = typeof(TPixel) == typeof(float) ? Unsafe.BitCast<float, TPixel>((float)value) : Unsafe.BitCast<double, TPixel>(value);
        }
    }
}
