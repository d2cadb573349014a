using System.Globalization;
using NanoBragg.Kernels.Imaging;

namespace NanoBragg.Kernels.Benchmarks;

/// <summary>
/// What a scenario's picture must show, computed once by the Reference back end, whose bits are those of the C program.
/// </summary>
/// <param name="Sum">Sum over all pixels.</param>
/// <param name="Maximum">Largest pixel.</param>
/// <param name="MaximumSlow">Row of the largest pixel, first in row order.</param>
/// <param name="MaximumFast">Column of the largest pixel.</param>
internal sealed record KnownPicture(double Sum, double Maximum, int MaximumSlow, int MaximumFast)
{
    /// <summary>Compares a picture with what is known and returns its figures.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="sumTolerance">Largest relative difference of the sum.</param>
    /// <param name="peakTolerance">Largest relative difference of the maximum; pixels this close to it may hold it.</param>
    /// <returns>Sum and maximum as measured.</returns>
    /// <exception cref="InvalidOperationException">The picture is wrong; the message says in which figure.</exception>
    public IReadOnlyDictionary<string, double> Verify(DiffractionImage image, double sumTolerance, double peakTolerance)
    {
        var statistics = image.Statistics();
        Require("sum", statistics.Sum, Sum, sumTolerance);
        Require("maximum", statistics.Maximum, Maximum, peakTolerance);
        Require("value at the known maximum", image.Pixels[(MaximumSlow * image.FastPixels) + MaximumFast], Maximum, peakTolerance);
        return new Dictionary<string, double> { ["sum"] = statistics.Sum, ["maximum"] = statistics.Maximum };
    }

    private static void Require(string what, double value, double known, double tolerance)
    {
        if (!(Math.Abs(value - known) <= tolerance * Math.Abs(known)))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"the picture is wrong: {what} is {value:R}, known is {known:R} (allowed {tolerance:R} relative)"));
        }
    }
}
