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

    /// <summary>Arrays of a column: direction less the centre's, and the first three terms of its series along the rows less the centre's, as <see cref="TileDirections{TLanes}"/> has them; x, y, z each.</summary>
    public const int ColumnArrays = 12;

    /// <summary>Arrays of a row: direction at the centre column less the centre's; x, y, z.</summary>
    public const int RowArrays = 3;

    /// <summary>Distance between the arrays of <see cref="RowFactors"/>: as many rows as a tile of whole pixels has at most, and known to the compiler.</summary>
    public const int RowFactorStride = TileShape.MostSubpixels;

    /// <summary>Evaluations that are summed in <see cref="Sums"/>' element before they are added to <see cref="WideSums"/>.</summary>
    public const int Batch = 64;

    private readonly TileShape _shape;

    /// <summary>Lays a tile out over <see cref="Bytes"/> bytes, aligned to 64.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="shape">The largest tile.</param>
    /// <param name="kernel">Whose tables it has room for.</param>
    public PhaseTile(byte* memory, TileShape shape, SeparableKernel<T> kernel)
    {
        _shape = shape;
        var next = memory;
        ColumnDirections = (double*)Take(ref next, ColumnArrays * ColumnStride * sizeof(double));
        RowDirections = (double*)Take(ref next, RowArrays * RowStride * sizeof(double));
        Columns = (T*)Take(ref next, ColumnArrays * ColumnStride * sizeof(T));
        Rows = (T*)Take(ref next, RowArrays * RowStride * sizeof(T));
        Differences = (T*)Take(ref next, RowDifferences<T>.Count * sizeof(T));
        ColumnTables = (T*)Take(ref next, kernel.ColumnVectors * ColumnStride * sizeof(T));
        RowTables = (T*)Take(ref next, kernel.RowArrays * RowStride * sizeof(T));
        Orientations = (double*)Take(ref next, Tile.OrientationStride * Batch * sizeof(double));
        Places = (T*)Take(ref next, shape.Width * sizeof(T));
        Weights = (T*)Take(ref next, (SumRows + 2) * Pad * sizeof(T));
        Sums = (T*)Take(ref next, SumRows * shape.Width * sizeof(T));
        Factors = (double*)Take(ref next, FactorSurface<Lanes512<double>>.Points * FactorStride * sizeof(double));
        RowFactors = (T*)Take(ref next, FactorSurface<Lanes512<double>>.Points * RowFactorStride * sizeof(T));
        WideSums = (double*)Take(ref next, shape.Width * shape.Height * sizeof(double));
        LoadedBatch = -1;
    }

    /// <summary>Gets the bytes of a tile.</summary>
    /// <param name="shape">The largest tile.</param>
    /// <param name="kernel">Whose tables it has room for.</param>
    public static int Bytes(TileShape shape, SeparableKernel<T> kernel)
    {
        var tile = new PhaseTile<T>(null, shape, kernel);
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

    /// <summary>Arrays of <see cref="ColumnStride"/>: see <see cref="ColumnArrays"/>.</summary>
    public double* ColumnDirections;

    /// <summary>Arrays of <see cref="RowStride"/>: see <see cref="RowArrays"/>.</summary>
    public double* RowDirections;

    /// <summary><see cref="ColumnDirections"/>, rounded.</summary>
    public T* Columns;

    /// <summary><see cref="RowDirections"/>, rounded.</summary>
    public T* Rows;

    /// <summary>See <see cref="RowDifferences{T}"/>.</summary>
    public T* Differences;

    /// <summary>The tables of the columns for one evaluation, register by register: <see cref="SeparableKernel{T}.ColumnVectors"/> each.</summary>
    public T* ColumnTables;

    /// <summary>The tables of the rows for one evaluation: arrays of <see cref="RowStride"/>, <see cref="SeparableKernel{T}.RowArrays"/> of them.</summary>
    public T* RowTables;

    /// <summary>A batch of evaluations: see <see cref="Orientations{T}"/>.</summary>
    public double* Orientations;

    /// <summary>What <see cref="FactorSurface{TLanes}"/> says of each pixel row, in arrays of <see cref="FactorStride"/>.</summary>
    public double* Factors;

    /// <summary><see cref="Factors"/>, rounded, in arrays of <see cref="RowFactorStride"/>.</summary>
    public T* RowFactors;

    /// <summary>Where each pixel of a row is, as <see cref="FactorSurface{TLanes}"/> wants it.</summary>
    public T* Places;

    /// <summary>For each sub-pixel row the squared structure factors of a register of columns, where reflections differ; rows in groups of up to four.</summary>
    public T* Weights;

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
