using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;

namespace NanoBragg.Tool.Bench;

/// <summary>The pictures of a case that others are compared with, each drawn when it is first asked for.</summary>
/// <param name="prepared">The case.</param>
/// <param name="threads">Threads that draw.</param>
internal sealed class RightPictures(PreparedCase prepared, int threads)
{
    private readonly Lazy<SimulationPlan> _middle = new(prepared.Middle);
    private double[]? _reference;
    private double[]? _direct;

    /// <summary>Gets the picture that SIMD draws in double, each phase by itself.</summary>
    public double[] Direct => _direct ??= Draw(new SimdBackEnd(SimdPrecision.Double, threads), prepared.Plan);

    /// <summary>
    /// Compares a back end's pictures with the right one: Reference's of the whole where that is soon drawn, or else SIMD's in double, which itself is compared
    /// with Reference's middle, and so is what is the same picture or is drawn by Reference anyway.
    /// </summary>
    /// <param name="precision">The back end's arithmetic.</param>
    /// <param name="backEnd">The back end.</param>
    /// <param name="picture">What it draws, in double.</param>
    /// <param name="timed">What it drew when it was timed.</param>
    /// <returns>The errors.</returns>
    public RowErrors Compare(SimdPrecision precision, SimdBackEnd backEnd, double[] picture, float[] timed)
    {
        var isSmall = prepared.Steps <= StepBudget.Comparison;
        var withReference = isSmall || prepared.Plan.ReferenceOnly is not null || IsDirect(picture);
        var errors = withReference
            ? PictureErrors.Between(isSmall ? picture : Draw(backEnd, _middle.Value), _reference ??= Draw(new ReferenceBackEnd(threads), _middle.Value))
            : PictureErrors.Between(picture, Direct);
        return new(
            withReference ? "reference" : "simd-double",
            withReference ? _middle.Value.RenderedPixels : prepared.Pixels,
            errors.Sum,
            errors.Pixel,
            errors.OneMinusCorrelation,
            ErrorBounds.Of(precision).Hold(errors) && IsRounded(timed, picture));
    }

    /// <summary>Whether a picture is <see cref="Direct"/>, bit for bit.</summary>
    /// <param name="picture">The picture.</param>
    public bool IsDirect(double[] picture) => picture.AsSpan().SequenceEqual(Direct);

    /// <summary>Draws a picture in double.</summary>
    /// <param name="backEnd">Who draws.</param>
    /// <param name="plan">What it shows.</param>
    /// <returns>The picture.</returns>
    public static double[] Draw(IBackEnd backEnd, SimulationPlan plan)
    {
        var image = new double[plan.FastPixels * plan.SlowPixels];
        backEnd.Render(plan, image);
        return image;
    }

    // A last bit is left to back ends that sum up in other ways for other elements.
    private static bool IsRounded(float[] timed, double[] picture)
    {
        for (var i = 0; i < timed.Length; i++)
        {
            if (!(Math.Abs(timed[i] - picture[i]) <= (1.2e-7 * Math.Abs(picture[i])) + float.Epsilon))
            {
                return false;
            }
        }

        return true;
    }
}
