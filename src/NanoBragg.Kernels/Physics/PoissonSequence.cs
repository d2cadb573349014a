namespace NanoBragg.Kernels.Physics;

/// <summary>
/// The reference program's photon counts: Poisson deviates of Numerical Recipes in their three regimes (physics.md section 19). Its float32 roundings are
/// part of the result: one bit of difference in one mean may shift everything that is drawn after it.
/// </summary>
/// <param name="random">Where the numbers come from. It has been started.</param>
public sealed class PoissonSequence(RandomSequence random)
{
    // Above this the rejection method would not end; a Gaussian is close enough.
    private const double GaussianAbove = 1.0e6;
    private const double DirectBelow = 12.0;

    private static readonly double[] LogGammaTerms =
        [76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5];

    private float? _spareGaussian;

    /// <summary>Draws a number of photons.</summary>
    /// <param name="mean">Their expected number.</param>
    /// <returns>The number: whole, except above a million; NaN for NaN.</returns>
    public float Next(float mean) =>
        mean > GaussianAbove ? (float)(mean + Math.Sqrt(mean) * NextGaussian())
        : mean < DirectBelow ? NextDirect(mean)
        : NextByRejection(mean);

    /// <summary>Draws a number of a Gaussian of variance 1: the polar Box-Muller method, which makes two at a time.</summary>
    /// <returns>The number.</returns>
    internal float NextGaussian()
    {
        if (_spareGaussian is { } spare)
        {
            _spareGaussian = null;
            return spare;
        }

        float first, second, square;
        do
        {
            first = (float)(2.0 * random.Next() - 1.0);
            second = (float)(2.0 * random.Next() - 1.0);
            square = first * first + second * second;
        }
        while (square >= 1.0f || square == 0.0f);

        var factor = (float)Math.Sqrt(-2.0 * Math.Log(square) / square);
        _spareGaussian = first * factor;
        return second * factor;
    }

    /// <summary>Logarithm of the gamma function, by Lanczos' series.</summary>
    /// <param name="argument">Above 0.</param>
    /// <returns>ln Γ, rounded to float32.</returns>
    internal static float LogGamma(float argument)
    {
        double x = argument;
        var y = x;
        var shifted = x + 5.5;
        shifted -= (x + 0.5) * Math.Log(shifted);
        var series = 1.000000000190015;
        foreach (var term in LogGammaTerms)
        {
            series += term / ++y;
        }

        return (float)(-shifted + Math.Log(2.5066282746310005 * series / x));
    }

    // Adds up exponential delays, as a product of uniform deviates.
    private float NextDirect(float mean)
    {
        var end = (float)Math.Exp(-mean);
        var (count, product) = (-1.0f, 1.0f);
        do
        {
            count++;
            product *= random.Next();
        }
        while (product > end);

        return count;
    }

    // Compares with a Lorentzian that lies above the distribution everywhere.
    private float NextByRejection(float mean)
    {
        var width = (float)Math.Sqrt(2.0 * mean);
        var logarithm = (float)Math.Log(mean);
        var norm = mean * logarithm - LogGamma((float)(mean + 1.0));
        float count, ratio;
        do
        {
            float lorentzian;
            do
            {
                lorentzian = (float)Math.Tan(Math.PI * random.Next());
                count = width * lorentzian + mean;
            }
            while (count < 0.0f);

            count = MathF.Floor(count);
            ratio = (float)(0.9 * (1.0 + lorentzian * lorentzian) * Math.Exp(count * logarithm - LogGamma((float)(count + 1.0)) - norm));
        }
        while (random.Next() > ratio);

        return count;
    }
}
