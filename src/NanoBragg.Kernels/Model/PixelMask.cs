namespace NanoBragg.Kernels.Model;

/// <summary>Which pixels of a detector are left out of the simulation: they stay 0.</summary>
public sealed class PixelMask
{
    private readonly bool[] _skipped;

    /// <summary>Makes the mask of a mask image: a pixel of value 0 is skipped.</summary>
    /// <param name="fastPixels">Pixels along the fast axis.</param>
    /// <param name="slowPixels">Pixels along the slow axis.</param>
    /// <param name="values">The image, row-major, slow axis outer.</param>
    /// <exception cref="ArgumentException">There are not as many values as pixels.</exception>
    public PixelMask(int fastPixels, int slowPixels, ReadOnlySpan<ushort> values)
    {
        if (fastPixels < 1 || slowPixels < 1 || values.Length != (long)fastPixels * slowPixels)
        {
            throw new ArgumentException($"{values.Length} values do not make {slowPixels} rows of {fastPixels} pixels.", nameof(values));
        }

        (FastPixels, SlowPixels, _skipped) = (fastPixels, slowPixels, new bool[values.Length]);
        for (var i = 0; i < values.Length; i++)
        {
            _skipped[i] = values[i] == 0;
        }
    }

    /// <summary>Gets the number of pixels along the fast axis.</summary>
    public int FastPixels { get; }

    /// <summary>Gets the number of pixels along the slow axis.</summary>
    public int SlowPixels { get; }

    /// <summary>Whether a pixel is left out.</summary>
    /// <param name="fast">Fast coordinate, on the detector.</param>
    /// <param name="slow">Slow coordinate, on the detector.</param>
    /// <returns>True if it is.</returns>
    public bool Skips(int fast, int slow) => _skipped[slow * FastPixels + fast];
}
