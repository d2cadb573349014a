namespace NanoBragg.Kernels.Imaging;

/// <summary>Figures of a whole picture, by which it can be told from another.</summary>
/// <param name="Sum">Sum in double precision, row by row, photons.</param>
/// <param name="Mean">Sum over the number of pixels, photons per pixel.</param>
/// <param name="StandardDeviation">Population standard deviation, photons per pixel.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="MaximumFast">Fast coordinate of the largest value; of equal ones the first in row order.</param>
/// <param name="MaximumSlow">Slow coordinate of the largest value; of equal ones the first in row order.</param>
/// <param name="NonzeroPixels">Pixels that are not 0.</param>
public readonly record struct ImageStatistics(
    double Sum, double Mean, double StandardDeviation, float Minimum, float Maximum, int MaximumFast, int MaximumSlow, int NonzeroPixels);
