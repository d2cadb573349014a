namespace NanoBragg.Tool.Bench;

/// <summary>How many steps a picture may have, so that the suite takes about a minute on two processors.</summary>
/// <param name="Simd">For a picture that the SIMD back end draws.</param>
/// <param name="Reference">For one that is handed to Reference.</param>
internal sealed record StepBudget(long Simd, long Reference)
{
    /// <summary>Steps that Reference draws, at most, only to be compared with.</summary>
    public const long Comparison = 5_000_000;

    // Below, whole tiles would leave nothing; above, they leave what is measured as it is in the whole picture.
    private const int Tile = 64;
    private const int Least = 8;

    /// <summary>Gets the usual budget.</summary>
    public static StepBudget Usual { get; } = new(150_000_000, 2_000_000);

    /// <summary>Makes the budget that a user asks for.</summary>
    /// <param name="steps">Steps of a picture at most, 0 for whole pictures, or null for the usual ones.</param>
    /// <exception cref="UserError">It is below 0.</exception>
    public static StepBudget Of(long? steps) => steps switch
    {
        null => Usual,
        < 0 => throw new UserError("--steps is the most steps that a picture may have, or 0 for whole pictures"),
        0 => new(long.MaxValue, long.MaxValue),
        { } most => new(most, most),
    };

    /// <summary>Gets the edge of the square, in the middle of a picture, that has no more steps than are allowed.</summary>
    /// <param name="steps">Steps at most.</param>
    /// <param name="stepsPerPixel">Steps of a pixel.</param>
    /// <param name="whole">Edge of the whole picture, pixels.</param>
    /// <returns>Pixels: the whole edge, or a multiple of 64, or of 8 where it is less than 64; at least 8.</returns>
    public static int Edge(long steps, long stepsPerPixel, int whole)
    {
        var most = Math.Sqrt(steps / (double)stepsPerPixel);
        if (most >= whole)
        {
            return whole;
        }

        var unit = most >= Tile ? Tile : Least;
        return Math.Min(whole, Math.Max(Least, (int)most / unit * unit));
    }
}
