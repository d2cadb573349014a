namespace NanoBragg.Tool.Bench;

/// <summary>What a step of the plain algorithm costs, by which kernels that compute it otherwise are compared.</summary>
internal static class StepCost
{
    private const int ScalarProduct = 5; // three multiplications, two additions
    private const int Sine = 12; // x², five multiply-adds of an odd polynomial, times x; bringing x into range is not counted
    private const int SineQuotient = 2 + Sine + Sine + 1; // πh and N·πh, two sines, a division
    private const int Intensity = 6; // two to multiply the three quotients to L, three for F·F·L·L, one to add it to the pixel

    /// <summary>
    /// Floating-point operations of a step, a multiply-add being two: the indices h, k and l, the quotient sin(Nπh)/sin(πh) for each, and the square
    /// of the amplitude added to the pixel. The same for every case, so round and Gaussian spots and interpolation count like a block; what a pixel takes
    /// once is not counted.
    /// </summary>
    public const int FloatingPointOperations = (3 * ScalarProduct) + (3 * SineQuotient) + Intensity;
}
