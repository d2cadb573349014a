using System.Diagnostics;
using System.Numerics;
using ILGPU;
using ILGPU.Runtime;
using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Simulation.Ilgpu;

/// <summary>One picture on an accelerator: what it reads and writes there, and its launches, band by band of rows.</summary>
/// <typeparam name="TLattice">The crystal's outline.</typeparam>
internal sealed class IlgpuJob<TLattice> : IDisposable
    where TLattice : unmanaged, ILattice
{
    // A launch of this length is seen by nobody, and a driver that guards its display leaves it alone.
    private const double LaunchSeconds = 0.2;

    // So few that any number of registers a thread fits, which groups of ILGPU's own choice do not always mind.
    private const int GroupSize = 128;

    private readonly Accelerator _accelerator;
    private readonly SimulationPlan _plan;
    private readonly RegionRows _region;
    private readonly int _width;
    private readonly PictureFigures _picture;
    private readonly TLattice _lattice;
    private readonly List<IDisposable> _buffers = [];
    private readonly ArrayView<Source> _sources;
    private readonly ArrayView<double> _orientations, _squares, _image;
    private readonly Action<Index1D, PictureFigures, TLattice, int, ArrayView<Source>, ArrayView<double>, ArrayView<double>, ArrayView<double>> _kernel;

    /// <summary>Prepares a picture.</summary>
    /// <param name="accelerator">The accelerator.</param>
    /// <param name="plan">What the picture shows.</param>
    /// <param name="region">The pixels that are drawn, at least one.</param>
    /// <param name="lattice">The crystal's lattice factor.</param>
    /// <param name="poisons">Whether the image on the accelerator is filled with what is no number.</param>
    public IlgpuJob(Accelerator accelerator, SimulationPlan plan, in RegionRows region, TLattice lattice, bool poisons)
    {
        (_accelerator, _plan, _region, _lattice, _width) = (accelerator, plan, region, lattice, region.EndFast - region.FirstFast);

        // Whoever calls may be on another thread than the one that opened the accelerator.
        accelerator.Bind();
        var squares = plan.StructureFactors?.Padded<double>(plan.DefaultStructureFactor, squared: true);
        _picture = new(plan, region.FirstFast, _width, squares);
        _kernel = accelerator.LoadImplicitlyGroupedStreamKernel<Index1D, PictureFigures, TLattice, int, ArrayView<Source>, ArrayView<double>, ArrayView<double>, ArrayView<double>>(
            PixelKernel.Draw, Math.Min(GroupSize, accelerator.MaxNumThreadsPerGroup));
        try
        {
            _sources = Copy<Source>([.. plan.Sources]);
            _orientations = Copy(plan.Orientations);
            _squares = Copy(squares is null ? [plan.DefaultStructureFactor] : squares.ToArray());
            var pixels = (int)region.Pixels;
            _image = poisons ? Copy(Enumerable.Repeat(double.NaN, pixels).ToArray()) : Room<double>(pixels);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Draws the picture.</summary>
    /// <param name="image">Where to: the whole picture, of which the region is written.</param>
    /// <param name="firstSteps">Steps of the first launch at most; those after it follow from its time.</param>
    /// <param name="cancellation">Asked before each launch.</param>
    /// <typeparam name="TPixel">Kind of number.</typeparam>
    /// <returns>The time of the launches, s.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public double Draw<TPixel>(TPixel[] image, long firstSteps, CancellationToken cancellation)
        where TPixel : unmanaged, IBinaryFloatingPointIeee754<TPixel>
    {
        var rows = _region.EndSlow - _region.FirstSlow;
        var (seconds, wanted) = (0.0, firstSteps / ((double)_width * _plan.StepsPerPixel * _plan.Sensor.Count));
        for (var row = 0; row < rows;)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = (int)Math.Clamp(wanted, 1.0, rows - row);
            var band = _image.SubView((long)row * _width, (long)count * _width);
            var started = Stopwatch.GetTimestamp();
            _kernel(count * _width, _picture, _lattice, _region.FirstSlow + row, _sources, _orientations, _squares, band);
            _accelerator.Synchronize();
            var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            ReadBack(band, _region.FirstSlow + row, count, image);
            (seconds, wanted, row) = (seconds + took, count * LaunchSeconds / Math.Max(took, 1e-6), row + count);
        }

        return seconds;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffers.ForEach(static buffer => buffer.Dispose());

    private ArrayView<T> Copy<T>(T[] values)
        where T : unmanaged
    {
        var view = Room<T>(values.Length);
        view.CopyFromCPU(values);
        return view;
    }

    private ArrayView<T> Room<T>(long length)
        where T : unmanaged
    {
        var buffer = _accelerator.Allocate1D<T>(length);
        _buffers.Add(buffer);
        return buffer.View;
    }

    private void ReadBack<TPixel>(ArrayView<double> band, int firstRow, int rows, TPixel[] image)
        where TPixel : unmanaged, IBinaryFloatingPointIeee754<TPixel>
    {
        var values = new double[rows * _width];
        band.CopyToCPU(values);
        for (var row = 0; row < rows; row++)
        {
            var target = image.AsSpan(((firstRow + row) * _plan.FastPixels) + _region.FirstFast, _width);
            for (var i = 0; i < _width; i++)
            {
                target[i] = TPixel.CreateTruncating(values[(row * _width) + i]);
            }
        }
    }
}
