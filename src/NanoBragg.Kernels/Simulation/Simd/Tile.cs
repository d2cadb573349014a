namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>The scratch memory of one thread: a tile of <see cref="Width"/> by at most <see cref="Height"/> pixels, row-major with a row length of <see cref="Width"/>.</summary>
/// <remarks>
/// Everything that a thread touches while it draws a tile, about 40 KiB, so that it stays in the first two levels of cache.
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
    public const int OrientationStride = 12;

    /// <summary>The scratch memory's size, bytes.</summary>
    public const int Bytes = (6 * Size + Batch * OrientationStride) * sizeof(double);

    /// <summary>Gets the column of the first pixel.</summary>
    public int Fast;

    /// <summary>Gets the row of the first pixel.</summary>
    public int Slow;

    /// <summary>Gets the number of rows.</summary>
    public int Rows;

    /// <summary>Gets the direction from the sample to the tile's centre, a unit vector; <see cref="X"/>, <see cref="Y"/>, <see cref="Z"/> are relative to it.</summary>
    public double CentreX, CentreY, CentreZ;

    /// <summary>Gets the difference of each pixel's diffracted direction (of one sub-pixel) from that of the centre.</summary>
    public double* X, Y, Z;

    /// <summary>Gets the reciprocal of the distance of each pixel (of one sub-pixel) from the sample, 1/m.</summary>
    public double* ReciprocalDistance;

    /// <summary>Gets each pixel's solid angle times polarisation times scale, taken at the first sub-pixel.</summary>
    public double* Factor;

    /// <summary>Gets each pixel's sum over sub-pixels, sources and orientations of the squared lattice factor.</summary>
    public double* Sums;

    /// <summary>
    /// Gets a batch of orientations, in the kernel's element type: a/λ, b/λ, c/λ (x, y, z each) and the fractions of h, k, l at the tile's centre.
    /// </summary>
    public void* Orientations;

    /// <summary>Gets which batch <see cref="Orientations"/> holds, by its first orientation; -1 where it holds none.</summary>
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
