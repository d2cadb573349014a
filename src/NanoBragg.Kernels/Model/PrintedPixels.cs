namespace NanoBragg.Kernels.Model;

/// <summary>Which pixels the reference program prints (<c>-printout</c>, <c>-printout_pixel</c>).</summary>
/// <param name="Fast">Fast coordinate of the only pixel; below 0 for all.</param>
/// <param name="Slow">Slow coordinate of the only pixel.</param>
public readonly record struct PrintedPixels(int Fast, int Slow)
{
    /// <summary>Gets all pixels.</summary>
    public static PrintedPixels All { get; } = new(-1, -1);

    /// <summary>Whether a pixel is printed.</summary>
    /// <param name="fast">Fast coordinate.</param>
    /// <param name="slow">Slow coordinate.</param>
    /// <returns>True if it is.</returns>
    public bool Contains(int fast, int slow) => Fast < 0 || (fast == Fast && slow == Slow);
}
