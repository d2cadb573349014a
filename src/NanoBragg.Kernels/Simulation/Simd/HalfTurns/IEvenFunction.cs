namespace NanoBragg.Kernels.Simulation.Simd.HalfTurns;

/// <summary>A function of half turns that is even, as polynomials in u = r², 0 ≤ u ≤ 1/4.</summary>
/// <remarks>
/// The coefficients are Chebyshev fits (mpmath.chebyfit). That for double is of sixth degree, over its leading coefficient, by Knuth's adaptation of the coefficients
/// (The Art of Computer Programming, section 4.6.4): with z = (u + a₀) u + a₁ and w = (u + a₂) z + a₃ it is (w + z + a₄) w + a₅, three multiply-adds and four additions, which are other units' work,
/// instead of six multiply-adds. Of the three real adaptations the one is here that rounds least. Float would lose too much by it, and has Horner's scheme of fifth degree.
/// </remarks>
internal interface IEvenFunction
{
    /// <summary>Gets the leading coefficient in double.</summary>
    static abstract double Leading { get; }

    /// <summary>Gets a₀.</summary>
    static abstract double A0 { get; }

    /// <summary>Gets a₁.</summary>
    static abstract double A1 { get; }

    /// <summary>Gets a₂.</summary>
    static abstract double A2 { get; }

    /// <summary>Gets a₃.</summary>
    static abstract double A3 { get; }

    /// <summary>Gets a₄.</summary>
    static abstract double A4 { get; }

    /// <summary>Gets a₅.</summary>
    static abstract double A5 { get; }

    /// <summary>Gets float's coefficient of u⁵.</summary>
    static abstract double C5 { get; }

    /// <summary>Gets float's coefficient of u⁴.</summary>
    static abstract double C4 { get; }

    /// <summary>Gets float's coefficient of u³.</summary>
    static abstract double C3 { get; }

    /// <summary>Gets float's coefficient of u².</summary>
    static abstract double C2 { get; }

    /// <summary>Gets float's coefficient of u.</summary>
    static abstract double C1 { get; }

    /// <summary>Gets float's constant.</summary>
    static abstract double C0 { get; }
}

/// <summary>2 cos πr: 6e-12 off at most and exact at 0, 4e-10 in float, but for rounding, which is 7e-13 in double.</summary>
internal readonly struct TwiceCosine : IEvenFunction
{
    public static double Leading => 0.0037051805089499557;

    public static double A0 => -7.4485555714082045806;

    public static double A1 => 43.066855217393574817;

    public static double A2 => -0.010720697621458262619;

    public static double A3 => -660.12326795099878359;

    public static double A4 => 1102.3275798446349217;

    public static double A5 => 320797.62987812447903;

    public static double C5 => -0.048791864195100888947;

    public static double C4 => 0.46987413719017302004;

    public static double C3 => -2.6704238987811006769;

    public static double C2 => 8.1174183095262685076;

    public static double C1 => -9.8696042738578912742;

    public static double C0 => 2.0;
}

/// <summary>sin(πr) / r: relative errors of at most 8e-14, 5e-11 in float, but for rounding, which is 7e-14 in double.</summary>
internal readonly struct SineOverTurns : IEvenFunction
{
    public static double Leading => 0.00044749208490771010666;

    public static double A0 => -13.230876699828590399;

    public static double A1 => 124.24915405696311896;

    public static double A2 => 4.5027920917684717175;

    public static double A3 => -1594.7897288084400754;

    public static double A4 => 1556.0260165208468739;

    public static double A5 => 674754.7975612229742;

    public static double C5 => -0.0070283038552030959896;

    public static double C4 => 0.082050350201472475149;

    public static double C3 => -0.59925218653158298044;

    public static double C2 => 2.5501633179384269082;

    public static double C1 => -5.1677127645930000195;

    public static double C0 => 3.1415926535361320314;
}
