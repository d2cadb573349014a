namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>
/// The scratch memory of one thread: a tile of <see cref="Width"/> by at most <see cref="Height"/> pixels, row-major, <see cref="Width"/> a row.
/// </summary>
/// <remarks>
/// Everything that a thread touches while it draws a tile, about 36 KiB, so that it stays in the first two levels of cache.
/// Tiles overhang the picture's right edge: those pixels are computed and not written.
/// </remarks>
internal unsafe struct Tile
{
    /// <summary>Pixels along the fast axis: two registers of sixteen floats.</summary>
    public const int Width = 32;

    /// <summary>Most pixels along the slow axis.</summary>
    public const int Height = 8;

    /// <summary>Most pixels.</summary>
    public const int Size = Width * Height;

    /// <summary>Orientations that are summed in registers before the sums are added to <see cref="Sums"/>.</summary>
    public const int Batch = 256;

    /// <summary>Elements of <see cref="Orientations"/> for one orientation.</summary>
    public const int OrientationStride = 16;

    /// <summary>The scratch memory's size, bytes.</summary>
    public const int Bytes = (6 * Size + Batch * OrientationStride) * sizeof(double);

    /// <summary>The column of the first pixel.</summary>
    public int Fast;

    /// <summary>The row of the first pixel.</summary>
    public int Slow;

    /// <summary>The number of rows.</summary>
    public int Rows;

    /// <summary>The direction from the sample to the tile's centre, a unit vector.</summary>
    public double CentreX, CentreY, CentreZ;

    /// <summary>The difference of each pixel's diffracted direction (of one sub-pixel) from that of the centre.</summary>
    public double* X, Y, Z;

    /// <summary>The reciprocal of the distance of each pixel (of one sub-pixel) from the sample, 1/m.</summary>
    public double* ReciprocalDistance;

    /// <summary>Each pixel's solid angle times polarisation times scale, taken at the first sub-pixel.</summary>
    public double* Factor;

    /// <summary>Each pixel's sum over sub-pixels, sources and orientations of the squared lattice factor.</summary>
    public double* Sums;

    /// <summary>
    /// A batch of orientations, in the kernel's element type: a/λ, b/λ, c/λ (x, y, z each) and the fractions of h, k, l at the tile's centre, and their whole numbers.
    /// </summary>
    public void* Orientations;

    /// <summary>Which batch <see cref="Orientations"/> holds, by its first orientation; -1 where it holds none.</summary>
    public int LoadedBatch;

    /// <summary>Lays a tile out over <see cref="Bytes"/> bytes, aligned to 64.</summary>
    /// <param name="memory">The memory.</param>
    public Tile(void* memory)
    {
        X = (double*)memory;
        Y = X + Size;
        Z = Y + Size;
        ReciprocalDistance = Z + Size;
        Factor = ReciprocalDistance + Size;
        Sums = Factor + Size;
        Orientations = Sums + Size;
        LoadedBatch = -1;
    }

    /// <summary>Gets the number of pixels.</summary>
    public readonly int Pixels => Width * Rows;
}
