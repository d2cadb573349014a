using NanoBragg.Kernels.Imaging;
using Shouldly;

namespace NanoBragg.Kernels.Tests;

/// <summary>How far a fast picture may be from the reference one (physics.md section 22 for double).</summary>
internal static class SimdTolerance
{
    /// <summary>Double: brightest 64 within 1e-8, bright ones within 1e-6, sum within 1e-8, 1 - r at most 1e-12.</summary>
    public static void ShouldBeWithinDouble(double[] actual, double[] expected)
    {
        var maximum = expected.Max();
        foreach (var i in Brightest(expected))
        {
            Math.Abs(actual[i] - expected[i]).ShouldBeLessThanOrEqualTo(1e-8 * expected[i], $"bright pixel {i}");
        }

        for (var i = 0; i < expected.Length; i++)
        {
            var tolerance = expected[i] >= 1e-6 * maximum ? 1e-6 * expected[i] : 1e-9 * maximum;
            (Math.Abs(actual[i] - expected[i]) <= tolerance).ShouldBeTrue($"pixel {i}: {actual[i]:R} for {expected[i]:R}");
        }

        RelativeSum(actual, expected).ShouldBeLessThanOrEqualTo(1e-8, "sum");
        OneMinusCorrelation(actual, expected).ShouldBeLessThanOrEqualTo(1e-12, "1 - r");
    }

    /// <summary>The golden's samples within the gates of fast kernels: the brightest 64 before the store within 1e-8, and its sum, the place of the maximum and the pixels that are not 0.</summary>
    public static void ShouldBeGolden(GoldenCase golden, DiffractionImage stored, double[] image)
    {
        foreach (var (i, sample) in golden.Samples.Index())
        {
            var place = sample.Slow * golden.FastPixels + sample.Fast;
            double expected = sample.Stored;
            var tolerance = expected >= 1e-6 * golden.Maximum ? 1e-6 * expected : 1e-9 * golden.Maximum;
            Math.Abs(stored.Pixels[place] - expected).ShouldBeLessThanOrEqualTo(tolerance, sample.ToString());
            if (i < 64)
            {
                Math.Abs(image[place] - sample.BeforeStore).ShouldBeLessThanOrEqualTo(1e-8 * sample.BeforeStore, sample.ToString());
            }
        }

        var statistics = stored.Statistics();
        statistics.Sum.ShouldBe(golden.Sum, Math.Max(1e-8 * golden.Sum, double.Epsilon));
        (statistics.MaximumFast, statistics.MaximumSlow).ShouldBe((golden.MaximumFast, golden.MaximumSlow));
        statistics.NonzeroPixels.ShouldBe(golden.NonzeroPixels);
    }

    /// <summary>Fast double: pixels above 1 % of the maximum within 2e-5, sum within 1e-6 of many pixels, 1 - r at most 1e-11.</summary>
    public static void ShouldBeWithinFastDouble(double[] actual, double[] expected) => ShouldBeWithin(actual, expected, 2e-5, 1e-6, 1e-11);

    /// <summary>Float: pixels above 1 % of the maximum within 1e-4, sum within 3e-6 of many pixels, 1 - r at most 1e-10.</summary>
    public static void ShouldBeWithinFloat(double[] actual, double[] expected) => ShouldBeWithin(actual, expected, 1e-4, 3e-6, 1e-10);

    private static void ShouldBeWithin(double[] actual, double[] expected, double peaks, double sum, double oneMinusCorrelation)
    {
        var maximum = expected.Max();
        for (var i = 0; i < expected.Length; i++)
        {
            var tolerance = expected[i] > 0.01 * maximum ? peaks * expected[i] : 0.1 * peaks * maximum;
            (Math.Abs(actual[i] - expected[i]) <= tolerance).ShouldBeTrue($"pixel {i}: {actual[i]:R} for {expected[i]:R}");
        }

        RelativeSum(actual, expected).ShouldBeLessThanOrEqualTo(expected.Length < 1000 ? 7 * sum : sum, "sum");
        OneMinusCorrelation(actual, expected).ShouldBeLessThanOrEqualTo(oneMinusCorrelation, "1 - r");
    }

    public static double RelativeSum(double[] actual, double[] expected) => Math.Abs(actual.Sum() - expected.Sum()) / expected.Sum();

    /// <summary>1 - r, computed from standardised differences so that it does not drown in rounding; 0 for a picture without variation.</summary>
    public static double OneMinusCorrelation(double[] actual, double[] expected)
    {
        double meanA = actual.Average(), meanE = expected.Average();
        var sigmaA = Math.Sqrt(actual.Sum(v => (v - meanA) * (v - meanA)));
        var sigmaE = Math.Sqrt(expected.Sum(v => (v - meanE) * (v - meanE)));
        return sigmaA == 0.0 || sigmaE == 0.0
            ? 0.0
            : 0.5 * actual.Zip(expected).Sum(p => Math.Pow(((p.First - meanA) / sigmaA) - ((p.Second - meanE) / sigmaE), 2.0));
    }

    private static IEnumerable<int> Brightest(double[] image) =>
        Enumerable.Range(0, image.Length).OrderByDescending(i => image[i]).Take(64);
}
