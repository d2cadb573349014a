namespace NanoBragg.Tool.Bench;

/// <summary>How far a picture is from the right one.</summary>
/// <param name="Sum">Relative difference of the sums.</param>
/// <param name="Pixel">Largest relative difference of a pixel that has more than 1 % of the brightest one's value.</param>
/// <param name="OneMinusCorrelation">1 - r, where r is the correlation of the pixels; NaN where all pixels of a picture are equal.</param>
internal sealed record PictureErrors(double Sum, double Pixel, double OneMinusCorrelation)
{
    private const double Bright = 0.01;

    /// <summary>Compares a picture with the right one.</summary>
    /// <param name="picture">The picture, photons per pixel.</param>
    /// <param name="right">The right one, of as many pixels.</param>
    /// <returns>The differences.</returns>
    /// <exception cref="ArgumentException">One has more pixels than the other, or there are none.</exception>
    public static PictureErrors Between(double[] picture, double[] right)
    {
        if (picture.Length != right.Length || picture.Length == 0)
        {
            throw new ArgumentException($"{picture.Length} pixels cannot be compared with {right.Length}.", nameof(picture));
        }

        var (sum, rightSum, brightest) = (0.0, 0.0, 0.0);
        for (var i = 0; i < picture.Length; i++)
        {
            sum += picture[i];
            rightSum += right[i];
            brightest = Math.Max(brightest, right[i]);
        }

        var (mean, rightMean) = (sum / picture.Length, rightSum / right.Length);
        var (squares, rightSquares, worst) = (0.0, 0.0, 0.0);
        for (var i = 0; i < picture.Length; i++)
        {
            squares += (picture[i] - mean) * (picture[i] - mean);
            rightSquares += (right[i] - rightMean) * (right[i] - rightMean);
            worst = right[i] > Bright * brightest ? Math.Max(worst, Math.Abs(picture[i] - right[i]) / right[i]) : worst;
        }

        return new(Math.Abs(sum - rightSum) / Math.Abs(rightSum), worst, OneMinus(picture, mean, Math.Sqrt(squares), right, rightMean, Math.Sqrt(rightSquares)));
    }

    /// <summary>Half the squared distance of what the correlation multiplies: 1 - r itself would leave nothing but rounding.</summary>
    private static double OneMinus(double[] picture, double mean, double length, double[] right, double rightMean, double rightLength)
    {
        var distance = 0.0;
        for (var i = 0; i < picture.Length; i++)
        {
            var difference = ((picture[i] - mean) / length) - ((right[i] - rightMean) / rightLength);
            distance += difference * difference;
        }

        return distance / 2;
    }
}
