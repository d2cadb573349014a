using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Tool.Bench;

/// <summary>What an arithmetic promises (<see cref="SimdPrecision"/>, docs/kernels.md); infinity where it promises nothing.</summary>
/// <param name="Sum">Of the sum.</param>
/// <param name="Pixel">Of pixels above 1 % of the brightest.</param>
/// <param name="OneMinusCorrelation">Of 1 - r.</param>
internal sealed record ErrorBounds(double Sum, double Pixel, double OneMinusCorrelation)
{
    /// <summary>Gets the bounds of an arithmetic.</summary>
    /// <param name="precision">The arithmetic.</param>
    public static ErrorBounds Of(SimdPrecision precision) => precision switch
    {
        SimdPrecision.Double => new(1e-8, double.PositiveInfinity, 1e-12),
        SimdPrecision.DoubleFast => new(1e-6, 2e-5, double.PositiveInfinity),
        _ => new(3e-6, 1e-4, 1e-10),
    };

    /// <summary>Whether errors are within the bounds; NaN is not.</summary>
    /// <param name="errors">The errors.</param>
    public bool Hold(PictureErrors errors) => errors.Sum <= Sum && errors.Pixel <= Pixel && errors.OneMinusCorrelation <= OneMinusCorrelation;
}
