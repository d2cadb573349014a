using System.Numerics;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation.OpenCl;

/// <summary>One picture on a device: what it reads and writes there, and its launches, band by band of tiles.</summary>
/// <typeparam name="T">The element.</typeparam>
internal sealed unsafe class OpenClJob<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A launch of this length is seen by nobody, and a driver that guards its display leaves it alone.
    private const double LaunchSeconds = 0.2;

    private readonly OpenClSession _session;
    private readonly KernelHandle _kernel;
    private readonly ProgramVariant _variant;
    private readonly SimulationPlan _plan;
    private readonly RegionRows _region;
    private readonly PictureFigures<T> _picture;
    private readonly int _tileColumns, _tileRows, _evaluationsAtOnce;
    private readonly long _evaluations;
    private readonly Quad<T>[] _rows;
    private readonly List<BufferHandle> _buffers = [];
    private readonly BufferHandle _tiles, _evaluationRows, _image;
    private readonly BufferHandle? _carried, _squares;

    /// <summary>Prepares a picture.</summary>
    /// <param name="session">The device.</param>
    /// <param name="program">The program for the picture.</param>
    /// <param name="variant">For what it is compiled.</param>
    /// <param name="plan">What the picture shows.</param>
    /// <param name="region">The pixels that are drawn, at least one.</param>
    /// <param name="evaluationsAtOnce">Evaluations of a launch at most.</param>
    /// <param name="poisons">Whether the device's image is filled with what is no number.</param>
    /// <exception cref="OpenClException">The device has not enough memory.</exception>
    public OpenClJob(
        OpenClSession session, LatticeProgram program, ProgramVariant variant, SimulationPlan plan, in RegionRows region, int evaluationsAtOnce, bool poisons)
    {
        (_session, _kernel, _variant, _plan, _region) = (session, program.Kernel, variant, plan, region);
        var (width, height) = (region.EndFast - region.FirstFast, region.EndSlow - region.FirstSlow);
        (_tileColumns, _tileRows) = ((width + Tile.Width - 1) / Tile.Width, TileRows(region, variant.TileHeight));
        _evaluations = (long)plan.Sources.Count * plan.OrientationCount;
        _evaluationsAtOnce = (int)Math.Min(_evaluations, evaluationsAtOnce);
        _rows = new Quad<T>[EvaluationRows.Rows * _evaluationsAtOnce];
        var squares = plan.StructureFactors?.Padded<double>(plan.DefaultStructureFactor, squared: true);
        _picture = new(plan, variant, squares);
        try
        {
            var pixels = (long)height * plan.FastPixels;
            _tiles = Keep(session.Copy<Quad<T>>(TileCentres.Of<T>(plan, (region.FirstFast, region.FirstSlow), (_tileColumns, _tileRows), variant.TileHeight), "the tiles"));
            EvaluationRows.Fill<T>(plan, 0, _rows);
            _evaluationRows = Keep(session.Copy<Quad<T>>(_rows, "the orientations"));
            _image = Keep(poisons ? session.Copy<T>(Enumerable.Repeat(T.NaN, (int)pixels).ToArray(), "the image") : session.Room<T>(pixels, "the image"));
            _carried = IsInParts ? Keep(session.Room<T>(2 * pixels, "the sums")) : null;
            _squares = squares is null ? null : Keep(session.Copy<T>(Elements(squares), "the structure factors"));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the rows of tiles of a picture.</summary>
    /// <param name="region">The pixels that are drawn.</param>
    /// <param name="tileHeight">Pixels of a tile along the slow axis.</param>
    public static int TileRows(in RegionRows region, int tileHeight) => (region.EndSlow - region.FirstSlow + tileHeight - 1) / tileHeight;

    private bool IsInParts => _evaluations > _evaluationsAtOnce;

    /// <summary>Draws rows of tiles until none is left.</summary>
    /// <param name="take">Takes the next rows, no more than are wanted; other devices take theirs, too.</param>
    /// <param name="image">Where to: the whole picture, of which the rows that are taken are written.</param>
    /// <param name="firstSteps">Steps of the first launch at most; those after it follow from its time.</param>
    /// <param name="cancellation">Asked before each launch.</param>
    /// <typeparam name="TPixel">Kind of number.</typeparam>
    /// <returns>The time of the kernels by the device's clock, s.</returns>
    /// <exception cref="OpenClException">The device fails.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public double Draw<TPixel>(Func<double, (int First, int Count)> take, TPixel[] image, long firstSteps, CancellationToken cancellation)
        where TPixel : unmanaged, IBinaryFloatingPointIeee754<TPixel>
    {
        SetArguments();
        var stepsOfRow = (double)_tileColumns * Tile.Width * _variant.TileHeight * _plan.StepsPerPixel * _plan.Sensor.Count;
        var (seconds, wanted) = (0.0, firstSteps / stepsOfRow);
        while (take(Math.Max(wanted, 1.0)) is { Count: > 0 } rows)
        {
            var took = Band(rows.First, rows.Count, cancellation);
            ReadBack(rows.First, rows.Count, image);
            (seconds, wanted) = (seconds + took, rows.Count * LaunchSeconds / Math.Max(took, 1e-6));
        }

        return seconds;
    }

    /// <summary>Draws the whole picture and leaves it on the device.</summary>
    /// <returns>The time of the kernels by the device's clock, s.</returns>
    /// <exception cref="OpenClException">The device fails.</exception>
    public double DrawAll()
    {
        SetArguments();
        return Band(0, _tileRows, CancellationToken.None);
    }

    /// <summary>Reads the whole picture.</summary>
    /// <param name="image">Where to, row by row.</param>
    /// <typeparam name="TPixel">Kind of number.</typeparam>
    /// <exception cref="OpenClException">The device fails.</exception>
    public void ReadAll<TPixel>(TPixel[] image)
        where TPixel : unmanaged, IBinaryFloatingPointIeee754<TPixel> => ReadBack(0, _tileRows, image);

    /// <inheritdoc/>
    public void Dispose() => _buffers.ForEach(static buffer => buffer.Dispose());

    private static T[] Elements(PaddedGrid<double> squares)
    {
        var elements = new T[(long)squares.Count.H * squares.Count.K * squares.Count.L];
        for (var i = 0L; i < elements.LongLength; i++)
        {
            elements[i] = T.CreateTruncating(squares.Values[i]);
        }

        return elements;
    }

    private BufferHandle Keep(BufferHandle buffer)
    {
        _buffers.Add(buffer);
        return buffer;
    }

    private void SetArguments()
    {
        DeviceLaunch.Set(_kernel, 0, _picture);
        DeviceLaunch.Set(_kernel, 2, _tiles);
        DeviceLaunch.Set(_kernel, 3, _evaluationRows);
        DeviceLaunch.Set(_kernel, 4, _carried ?? _image); // where nothing is carried, it is never touched
        DeviceLaunch.Set(_kernel, 5, _image);
        if (_squares is not null)
        {
            DeviceLaunch.Set(_kernel, 6, _squares);
        }
    }

    private double Band(int firstRow, int rows, CancellationToken cancellation)
    {
        var launch = new LaunchFigures
        {
            TileColumns = _tileColumns,
            FirstTile = firstRow * _tileColumns,
            Tiles = _tileRows * _tileColumns,
            FirstFast = _region.FirstFast,
            EndFast = _region.EndFast,
            EndRow = _region.EndSlow - _region.FirstSlow,
            Pitch = _plan.FastPixels,
            Oversample = _plan.Oversample,
            Layers = _plan.Sensor.Count,
        };
        var seconds = 0.0;
        for (var first = 0L; first < _evaluations; first += _evaluationsAtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            launch.Evaluations = (int)Math.Min(_evaluationsAtOnce, _evaluations - first);
            launch.GoesOn = first > 0 ? 1 : 0;
            launch.IsToGoOn = first + launch.Evaluations < _evaluations ? 1 : 0;
            if (IsInParts)
            {
                Upload(first, launch.Evaluations);
            }

            DeviceLaunch.Set(_kernel, 1, launch);
            seconds += Launch(rows * _tileColumns);
        }

        return seconds;
    }

    private void Upload(long first, int count)
    {
        var rows = _rows.AsSpan(0, EvaluationRows.Rows * count);
        EvaluationRows.Fill(_plan, first, rows);
        _session.CopiedBytes += rows.Length * sizeof(Quad<T>);
        fixed (Quad<T>* source = rows)
        {
            OpenClException.Check(
                OpenClLibrary.Write(_session.Queue, _evaluationRows, 1, 0, (nuint)rows.Length * (nuint)sizeof(Quad<T>), source, 0, null, null), "handing over the orientations");
        }
    }

    private double Launch(int tiles) => DeviceLaunch.Run(_session, _kernel, (nuint)_variant.Items * (nuint)tiles, (nuint)_variant.Items, "drawing");

    private void ReadBack<TPixel>(int firstRow, int rows, TPixel[] image)
        where TPixel : unmanaged, IBinaryFloatingPointIeee754<TPixel>
    {
        var first = firstRow * _variant.TileHeight;
        var count = (Math.Min(first + (rows * _variant.TileHeight), _region.EndSlow - _region.FirstSlow) - first) * _plan.FastPixels;
        var target = image.AsSpan((_region.FirstSlow + first) * _plan.FastPixels, count);
        var values = typeof(T) == typeof(TPixel) ? default : new T[count];
        _session.CopiedBytes += (long)count * sizeof(T);
        fixed (void* direct = target, converted = values)
        {
            OpenClException.Check(
                OpenClLibrary.Read(
                    _session.Queue, _image, 1, (nuint)first * (nuint)_plan.FastPixels * (nuint)sizeof(T), (nuint)count * (nuint)sizeof(T),
                    values is null ? direct : converted, 0, null, null),
                "reading the picture");
        }

        for (var i = 0; values is not null && i < count; i++)
        {
            target[i] = TPixel.CreateTruncating(values[i]);
        }
    }
}
