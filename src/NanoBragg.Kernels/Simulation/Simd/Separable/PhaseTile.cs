namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>The scratch memory of one thread: a tile of pixels, the phases of its columns and rows, and its sums.</summary>
/// <typeparam name="T">The element of the phases.</typeparam>
/// <remarks>
/// Columns are sub-pixel columns, all with the same place in their pixels side by side: column <c>sub · Width + pixel</c>, so that the lanes of a register
/// are neighbouring pixels for any oversampling. Rows are sub-pixel rows from top to bottom.
/// </remarks>
internal unsafe struct PhaseTile<T>
    where T : unmanaged
{
    /// <summary>The widest register, elements; columns and rows are filled in by two of them.</summary>
    public const int Pad = 2 * 64 / sizeof(float);

    /// <summary>Arrays of a column: direction less the centre's, and 2π times the first three terms of its series along the rows less the centre's; x, y, z each.</summary>
    public const int ColumnArrays = 12;

    /// <summary>Arrays of a row: direction at the centre column less the centre's; x, y, z.</summary>
    public const int RowArrays = 3;

    /// <summary>Values of a register of columns in <see cref="ColumnPhases"/>: phase factor and its first three differences; real and imaginary, for a, b, c.</summary>
    public const int ColumnPhaseVectors = 24;

    /// <summary>Arrays of a row in <see cref="RowPhases"/>: real and minus the imaginary part, for a, b, c.</summary>
    public const int RowPhaseArrays = 6;

    /// <summary>Evaluations that are summed in <see cref="Sums"/>' element before they are added to <see cref="WideSums"/>.</summary>
    public const int Batch = 64;

    private readonly TileShape _shape;

    /// <summary>Lays a tile out over <see cref="Bytes"/> bytes, aligned to 64.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="shape">The largest tile.</param>
    /// <param name="sets">Sets of phases.</param>
    public PhaseTile(byte* memory, TileShape shape, int sets)
    {
        _shape = shape;
        var next = memory;
        Directions = (double*)Take(ref next, Math.Max(ColumnArrays * ColumnStride, RowArrays * RowStride) * sizeof(double));
        Columns = (T*)Take(ref next, ColumnArrays * ColumnStride * sizeof(T));
        Rows = (T*)Take(ref next, RowArrays * RowStride * sizeof(T));
        ColumnPhases = (T*)Take(ref next, sets * ColumnPhaseVectors * ColumnStride * sizeof(T));
        RowPhases = (T*)Take(ref next, sets * RowPhaseArrays * RowStride * sizeof(T));
        Orientations = (T*)Take(ref next, sets * Tile.OrientationStride * Batch * sizeof(T));
        Places = (T*)Take(ref next, shape.Width * sizeof(T));
        Sums = (T*)Take(ref next, SumRows * shape.Width * sizeof(T));
        Factors = (double*)Take(ref next, FactorSurface<Lanes512<double>>.Points * FactorStride * sizeof(double));
        WideSums = (double*)Take(ref next, shape.Width * shape.Height * sizeof(double));
        LoadedBatch = -1;
    }

    /// <summary>Gets the bytes of a tile.</summary>
    /// <param name="shape">The largest tile.</param>
    /// <param name="sets">Sets of phases.</param>
    public static int Bytes(TileShape shape, int sets)
    {
        var tile = new PhaseTile<T>(null, shape, sets);
        return (int)((byte*)tile.WideSums - (byte*)null) + Aligned(shape.Width * shape.Height * sizeof(double));
    }

    /// <summary>Gets the distance between column arrays, elements.</summary>
    public readonly int ColumnStride => ((_shape.Width * _shape.Oversample) + Pad - 1) / Pad * Pad;

    /// <summary>Gets the distance between row arrays, elements.</summary>
    public readonly int RowStride => ((_shape.Height * _shape.Oversample) + Pad - 1) / Pad * Pad;

    /// <summary>Gets the distance between arrays of <see cref="Factors"/>.</summary>
    public readonly int FactorStride => (_shape.Height + 7) / 8 * 8;

    /// <summary>Gets the rows of <see cref="Sums"/>: sub-pixel rows, an even number.</summary>
    public readonly int SumRows => ((_shape.Height * _shape.Oversample) + 1) / 2 * 2;

    /// <summary>The column and the row of the first pixel.</summary>
    public int Fast, Slow;

    /// <summary>The tile's pixels along the slow axis.</summary>
    public int Height;

    /// <summary>The direction from the sample to the tile's centre, a unit vector.</summary>
    public double CentreX, CentreY, CentreZ;

    /// <summary>Scratch: directions before they are rounded to <typeparamref name="T"/>.</summary>
    public double* Directions;

    /// <summary>Arrays of <see cref="ColumnStride"/>: see <see cref="ColumnArrays"/>.</summary>
    public T* Columns;

    /// <summary>Arrays of <see cref="RowStride"/>: see <see cref="RowArrays"/>.</summary>
    public T* Rows;

    /// <summary>For each set the phases of the columns for one evaluation, register by register: see <see cref="ColumnPhaseVectors"/>.</summary>
    public T* ColumnPhases;

    /// <summary>For each set the phases of the rows for one evaluation: arrays of <see cref="RowStride"/>, see <see cref="RowPhaseArrays"/>.</summary>
    public T* RowPhases;

    /// <summary>For each set a batch of evaluations: a/λ, b/λ, c/λ (x, y, z each) and the fractions of h, k, l at the tile's centre.</summary>
    public T* Orientations;

    /// <summary>What <see cref="FactorSurface{TLanes}"/> says of each pixel row, in arrays of <see cref="FactorStride"/>.</summary>
    public double* Factors;

    /// <summary>Where each pixel of a row is, as <see cref="FactorSurface{TLanes}"/> wants it.</summary>
    public T* Places;

    /// <summary>For each sub-pixel row and pixel the sum over evaluations of the squared lattice factor; rows of <see cref="TileShape.Width"/>.</summary>
    public T* Sums;

    /// <summary>Each pixel's sum over the batches before.</summary>
    public double* WideSums;

    /// <summary>Which batch <see cref="Orientations"/> holds, by its first evaluation; -1 where it holds none.</summary>
    public int LoadedBatch;

    /// <summary>Gets the tile's rows, sub-pixels.</summary>
    public readonly int SubRows => Height * _shape.Oversample;

    private static byte* Take(ref byte* next, int bytes)
    {
        var taken = next;
        next += Aligned(bytes);
        return taken;
    }

    private static int Aligned(int bytes) => (bytes + 63) / 64 * 64;
}
